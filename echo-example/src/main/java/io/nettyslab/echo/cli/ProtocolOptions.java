package io.nettyslab.echo.cli;

import io.nettyslab.echo.protocol.Frames;
import io.nettyslab.echo.protocol.ProtocolKind;
import io.nettyslab.echo.server.ServerSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What the bytes of a connection mean to the server. */
final class ProtocolOptions {

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--protocol",
            paramLabel = "<protocol>",
            defaultValue = "raw",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private ProtocolKind protocol;

    @Option(
            names = "--max-message",
            paramLabel = "<size>",
            converter = SizeConverter.class,
            description = "framed only: largest message, 1 to 1g (default: 1m)")
    private Long maxMessage;

    void apply(ServerSettings settings) {
        settings.protocol(protocol);
        if (maxMessage != null) {
            if (protocol == ProtocolKind.RAW) {
                throw usage("--max-message belongs to --protocol framed, not to " + protocol);
            }
            if (maxMessage < 1 || maxMessage > Frames.MOST_MAX_MESSAGE) {
                throw usage("--max-message: " + maxMessage + " (expected: 1 to " + Frames.MOST_MAX_MESSAGE + ")");
            }
            settings.maxMessage(maxMessage.intValue());
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
