package io.nettyslab.echo.load;

import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.TransportKind;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * What a load client does.
 *
 * @param transport how bytes travel
 * @param allocator where the client's own buffers come from
 * @param address of the server; may be unresolved
 * @param eventLoops threads of the client
 * @param connections number of connections
 * @param ramp time between the opening of one connection and the next; if zero, all are opened as fast as possible
 * @param retries how often a connection that is refused, or closed before its first answer, is tried again
 * @param timeout how long the client waits when nothing comes back, and for a connect
 * @param wire how bytes are sent
 * @param traffic what is sent
 */
public record LoadSettings(
        TransportKind transport,
        EchoAllocator allocator,
        InetSocketAddress address,
        int eventLoops,
        int connections,
        Duration ramp,
        int retries,
        Duration timeout,
        LoadWire wire,
        LoadTraffic traffic) {

    String target() {
        return address.getHostString() + ":" + address.getPort();
    }
}
