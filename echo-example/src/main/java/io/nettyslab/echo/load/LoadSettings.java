package io.nettyslab.echo.load;

import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.TransportKind;
import java.net.InetSocketAddress;

/**
 * What a load client does.
 *
 * @param transport how bytes travel
 * @param allocator where the client's own buffers come from
 * @param address of the server; may be unresolved
 * @param eventLoops threads of the client
 * @param connections number of connections, all opened before the first byte is sent
 * @param messageSize bytes of a message
 * @param depth most messages on their way in one connection
 * @param rate messages per second over all connections, sent on a timetable (open loop); 0 sends the next message
 *     when one has come back (closed loop)
 * @param seed decides all bytes sent
 */
public record LoadSettings(
        TransportKind transport,
        EchoAllocator allocator,
        InetSocketAddress address,
        int eventLoops,
        int connections,
        int messageSize,
        int depth,
        double rate,
        long seed) {

    public boolean openLoop() {
        return rate > 0;
    }

    /**
     * Returns the time between two messages of one connection in an open loop.
     *
     * @return nanoseconds
     */
    double nanosBetweenMessages() {
        return 1e9 * connections / rate;
    }
}
