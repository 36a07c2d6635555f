package io.nettyslab.echo.cli;

import io.nettyslab.echo.net.TransportKind;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How bytes travel, and on how many threads. */
final class TransportOptions {

    static final int MAX_EVENT_LOOPS = 1024;

    private static final int MAX_READ_BUFFER = 16 << 20;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--transport",
            paramLabel = "<transport>",
            description = "${COMPLETION-CANDIDATES} (default: epoll if available, else nio)")
    private TransportKind transport;

    @Option(
            names = "--event-loops",
            paramLabel = "<n>",
            description = "threads that serve connections, 1 to 1,024 (default: number of cores)")
    private Integer eventLoops;

    @Option(
            names = "--read-buffer",
            paramLabel = "<size>",
            converter = SizeConverter.class,
            description = "bytes read from a socket at once, 1 to 16m (default: Netty adapts it)")
    private Long readBuffer;

    TransportKind transport() {
        return transport != null ? transport : TransportKind.best();
    }

    int eventLoops() {
        if (eventLoops == null) {
            return Runtime.getRuntime().availableProcessors();
        }
        Ranges.check(spec, "--event-loops", eventLoops, 1, MAX_EVENT_LOOPS);
        return eventLoops;
    }

    /** Returns how much is read at once, 0 to leave it to Netty. */
    int readBuffer() {
        if (readBuffer != null) {
            Ranges.check(spec, "--read-buffer", readBuffer, 1, MAX_READ_BUFFER);
        }
        return readBuffer == null ? 0 : readBuffer.intValue();
    }
}
