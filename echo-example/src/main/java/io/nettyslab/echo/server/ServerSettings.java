package io.nettyslab.echo.server;

import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.protocol.Frames;
import io.nettyslab.echo.protocol.ProtocolKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * What a server is started with. The setters return this object; a server reads it once, at its start. Ranges are
 * checked where the values come in.
 */
public final class ServerSettings {

    final TransportKind transport;
    final EchoAllocator allocator;
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    int readBuffer; // bytes, 0 for Netty's choice
    int eventLoops = Runtime.getRuntime().availableProcessors();
    ProtocolKind protocol = ProtocolKind.RAW;
    int maxMessage = Frames.DEFAULT_MAX_MESSAGE;

    /**
     * Begins with the defaults: the raw protocol on a free port of the loopback address.
     *
     * @param transport how bytes travel
     * @param allocator where the memory of all channels comes from
     */
    public ServerSettings(TransportKind transport, EchoAllocator allocator) {
        this.transport = transport;
        this.allocator = allocator;
    }

    /** Where to listen; port 0 takes a free one. */
    public ServerSettings address(InetSocketAddress address) {
        this.address = address;
        return this;
    }

    /** Threads that serve connections, at least 1. */
    public ServerSettings eventLoops(int eventLoops) {
        this.eventLoops = eventLoops;
        return this;
    }

    /** Bytes read from a connection at once; 0 leaves it to Netty, which adapts. */
    public ServerSettings readBuffer(int readBuffer) {
        this.readBuffer = readBuffer;
        return this;
    }

    /** Returns what makes every read as long as asked for, {@code null} if nothing was asked. */
    RecvByteBufAllocator fixedReads() {
        return readBuffer == 0 ? null : new FixedRecvByteBufAllocator(readBuffer);
    }

    public ServerSettings protocol(ProtocolKind protocol) {
        this.protocol = protocol;
        return this;
    }

    /** Largest message in bytes, 1 to {@link Frames#MOST_MAX_MESSAGE}. */
    public ServerSettings maxMessage(int maxMessage) {
        this.maxMessage = maxMessage;
        return this;
    }
}
