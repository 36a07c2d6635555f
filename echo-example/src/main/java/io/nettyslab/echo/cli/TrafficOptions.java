package io.nettyslab.echo.cli;

import io.nettyslab.echo.load.LoadSettings;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.text.Units;
import java.net.InetSocketAddress;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What a load sends. */
final class TrafficOptions {

    private static final int MAX_CONNECTIONS = 60_000; // one client address has no more ports
    private static final int MAX_DEPTH = 1 << 16;
    private static final int MAX_MESSAGE_SIZE = 16 << 20;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--connections",
            paramLabel = "<n>",
            defaultValue = "64",
            description = "connections, all opened before the first byte (default: ${DEFAULT-VALUE})")
    private int connections;

    @Option(
            names = "--message-size",
            paramLabel = "<size>",
            defaultValue = "1024",
            converter = SizeConverter.class,
            description = "bytes of a message, 1 to 16m (default: ${DEFAULT-VALUE})")
    private long messageSize;

    @Option(
            names = "--depth",
            paramLabel = "<n>",
            defaultValue = "8",
            description = "most messages on their way in one connection (default: ${DEFAULT-VALUE})")
    private int depth;

    @Option(
            names = "--rate",
            paramLabel = "<n>",
            description = "messages per second over all connections, on a timetable; latency then counts from the"
                    + " time a message should have been sent (default: send when an answer is back)")
    private Double rate;

    @Option(
            names = "--seed",
            paramLabel = "<n>",
            defaultValue = "1",
            description = "decides the bytes sent (default: ${DEFAULT-VALUE})")
    private long seed;

    LoadSettings settings(TransportKind transport, EchoAllocator allocator, InetSocketAddress address, int eventLoops) {
        check("--connections", connections, 1, MAX_CONNECTIONS);
        check("--message-size", messageSize, 1, MAX_MESSAGE_SIZE);
        check("--depth", depth, 1, MAX_DEPTH);
        if (rate != null && !(rate > 0 && rate <= 1e9)) {
            throw usage("--rate: " + rate + " (expected: more than 0, at most 1e9)");
        }
        return new LoadSettings(
                transport,
                allocator,
                address,
                eventLoops,
                connections,
                (int) messageSize,
                depth,
                rate == null ? 0 : rate,
                seed);
    }

    private void check(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw usage(name + ": " + value + " (expected: " + Units.count(min) + " to " + Units.count(max) + ")");
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
