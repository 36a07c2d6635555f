package io.nettyslab.echo.cli;

import io.nettyslab.echo.net.ServerTls;
import io.nettyslab.echo.net.TlsEngine;
import io.nettyslab.echo.protocol.Frames;
import io.nettyslab.echo.protocol.ProtocolKind;
import io.nettyslab.echo.server.ServerSettings;
import io.nettyslab.echo.text.Units;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What the bytes of a connection mean to the server. */
final class ProtocolOptions {

    private static final int DEFAULT_MAX_LINE = 4096;
    private static final int MAX_WORKERS = 1024;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--protocol",
            paramLabel = "<protocol>",
            defaultValue = "raw",
            description = "raw: bytes go back as they come; framed: messages with their length in front; line: lines of"
                    + " text, for telnet (default: ${DEFAULT-VALUE})")
    private ProtocolKind protocol;

    @Option(
            names = "--max-message",
            paramLabel = "<size>",
            converter = SizeConverter.class,
            description = "largest message, 1 to 1g (default: 1m), or longest line (default: 4k)")
    private Long maxMessage;

    @Option(
            names = "--workers",
            paramLabel = "<n>",
            defaultValue = "0",
            description =
                    "framed only: threads that answer messages, up to 1,024, whose replies are then put back in order;"
                            + " 0 answers on the event loops (default: ${DEFAULT-VALUE})")
    private int workers;

    @Option(names = "--tls", description = "encrypt, with a certificate made at the start")
    private boolean tls;

    @Option(
            names = "--tls-engine",
            paramLabel = "<engine>",
            description =
                    "${COMPLETION-CANDIDATES} (default: openssl if netty-tcnative is on the class path, else jdk)")
    private TlsEngine engine;

    void apply(ServerSettings settings) {
        settings.protocol(protocol).maxMessage(maxMessage()).workers(workers());
        if (tls) {
            settings.tls(ServerTls.selfSigned(engine != null ? engine : TlsEngine.best()));
        } else if (engine != null) {
            throw Ranges.usage(spec, "--tls-engine belongs to --tls");
        }
    }

    ProtocolKind kind() {
        return protocol;
    }

    private int maxMessage() {
        if (maxMessage == null) {
            return protocol == ProtocolKind.LINE ? DEFAULT_MAX_LINE : Frames.DEFAULT_MAX_MESSAGE;
        }
        if (protocol == ProtocolKind.RAW) {
            throw Ranges.usage(spec, "--max-message belongs to --protocol framed and line, not to raw");
        }
        Ranges.check(spec, "--max-message", maxMessage, 1, Frames.MOST_MAX_MESSAGE);
        return maxMessage.intValue();
    }

    private int workers() {
        if (workers != 0 && protocol != ProtocolKind.FRAMED) {
            throw Ranges.usage(spec, "--workers belongs to --protocol framed, not to " + protocol);
        }
        Ranges.check(spec, "--workers", workers, 0, MAX_WORKERS);
        return workers;
    }

    /** Says in some words what a client meets. */
    String describe() {
        String limit = protocol == ProtocolKind.RAW ? "" : ", up to " + Units.bytes(maxMessage());
        return "protocol " + protocol + ": " + protocol.meaning() + limit
                + (workers == 0 ? "" : ", answered by " + workers + " workers");
    }
}
