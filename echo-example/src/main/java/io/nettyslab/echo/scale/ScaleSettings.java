package io.nettyslab.echo.scale;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.TransportKind;
import java.time.Duration;
import java.util.List;

/**
 * What a run over sockets does.
 *
 * @param transport of server and clients
 * @param allocator of the server
 * @param eventLoops of the server, 1 or more
 * @param readBuffer of the server's connections, in bytes; 0 leaves it to Netty
 * @param connections open at one time, 1 or more, within the file limit
 * @param halfOpen how many of them stop in the middle of a message later, 0 to {@code connections - 1}
 * @param messages that every connection sends in a pulse, 1 or more
 * @param messageSize bytes of each, 2 or more
 * @param timeLimit when to give up
 */
public record ScaleSettings(
        TransportKind transport,
        AllocatorKind allocator,
        int eventLoops,
        int readBuffer,
        int connections,
        int halfOpen,
        int messages,
        int messageSize,
        Duration timeLimit) {

    /** The bound of the slabs: 3.4 KiB a connection, far less than a read buffer for each. */
    public static final String MAX_MEMORY = "64m";

    /** A heap that need not grow much, so that resident memory shows live data rather than room for garbage. */
    public static final List<String> SERVER_FLAGS = List.of("-Xms64m", "-Xmx1g");

    /** Connections that warm the server up. What they cost belongs to the start, not to each connection. */
    static final int FIRST_CONNECTIONS = 100;

    int firstConnections() {
        return Math.min(FIRST_CONNECTIONS, connections - halfOpen);
    }

    /**
     * Guesses how long a run takes.
     *
     * @return for the progress bar
     */
    Duration estimate() {
        return Duration.ofMillis(6000 + connections / 2L);
    }
}
