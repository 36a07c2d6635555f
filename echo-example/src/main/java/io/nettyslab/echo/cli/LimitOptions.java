package io.nettyslab.echo.cli;

import io.nettyslab.echo.protocol.ProtocolKind;
import io.nettyslab.echo.server.ServerSettings;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How many connections a server takes, and for how long. */
final class LimitOptions {

    private static final int MAX_ACCEPT_THREADS = 64;
    private static final Duration LONGEST = Duration.ofDays(1);

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--max-connections",
            paramLabel = "<n>",
            description = "most connections at once, 1 or more; others are closed at once and counted (default: no"
                    + " limit)")
    private Integer maxConnections;

    @Option(
            names = "--backlog",
            paramLabel = "<n>",
            description = "connections that may wait to be accepted, 1 or more (default: the system's choice)")
    private Integer backlog;

    @Option(
            names = "--accept-threads",
            paramLabel = "<n>",
            defaultValue = "0",
            description = "threads that only accept, each on a listening socket of its own, up to 64; 0 accepts on the"
                    + " event loops (default: ${DEFAULT-VALUE})")
    private int acceptThreads;

    @Option(
            names = "--receive-timeout",
            paramLabel = "<time>",
            defaultValue = "0s",
            converter = DurationConverter.class,
            description = "framed and line only: end a connection after so long without a byte in the middle of a"
                    + " message, up to 24h, 0s for never (default: ${DEFAULT-VALUE})")
    private Duration receiveTimeout;

    @Option(
            names = "--idle-timeout",
            paramLabel = "<time>",
            defaultValue = "0s",
            converter = DurationConverter.class,
            description = "end a connection after so long without any traffic, up to 24h, 0s for never (default:"
                    + " ${DEFAULT-VALUE})")
    private Duration idleTimeout;

    void apply(ServerSettings settings, ProtocolKind protocol) {
        Ranges.check(spec, "--accept-threads", acceptThreads, 0, MAX_ACCEPT_THREADS);
        settings.acceptThreads(acceptThreads);
        if (maxConnections != null) {
            Ranges.check(spec, "--max-connections", maxConnections, 1, Integer.MAX_VALUE);
            settings.maxConnections(maxConnections);
        }
        if (backlog != null) {
            Ranges.check(spec, "--backlog", backlog, 1, Integer.MAX_VALUE);
            settings.backlog(backlog);
        }
        if (protocol == ProtocolKind.RAW && !receiveTimeout.isZero()) {
            throw Ranges.usage(
                    spec,
                    "--receive-timeout belongs to --protocol framed and line, not to raw, which knows no messages");
        }
        settings.receiveTimeout(checked("--receive-timeout", receiveTimeout));
        settings.idleTimeout(checked("--idle-timeout", idleTimeout));
    }

    private Duration checked(String name, Duration time) {
        if (time.compareTo(LONGEST) > 0) {
            throw Ranges.refusal(spec, name, time, "0s to 24h");
        }
        return time;
    }
}
