package io.nettyslab.echo.server;

import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.ServerTls;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.protocol.Frames;
import io.nettyslab.echo.protocol.ProtocolKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

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
    ServerTls tls; // null for none
    int acceptThreads;
    int workers;
    int backlog; // 0 for the system's choice
    int maxConnections = Integer.MAX_VALUE;
    Duration receiveTimeout = Duration.ZERO;
    Duration idleTimeout = Duration.ZERO;
    ServerListener listener; // null for nobody

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

    /** Largest message, or line, in bytes, 1 to {@link Frames#MOST_MAX_MESSAGE}; nothing to the raw protocol. */
    public ServerSettings maxMessage(int maxMessage) {
        this.maxMessage = maxMessage;
        return this;
    }

    /** Encrypts every connection; {@code null} for none. */
    public ServerSettings tls(ServerTls tls) {
        this.tls = tls;
        return this;
    }

    /** Threads that only accept, each with a listening socket of its own; 0 leaves it to the event loops. */
    public ServerSettings acceptThreads(int acceptThreads) {
        this.acceptThreads = acceptThreads;
        return this;
    }

    /** Threads that answer framed messages; 0 leaves it to the event loops. */
    public ServerSettings workers(int workers) {
        this.workers = workers;
        return this;
    }

    /** Connections that the system completes before they are accepted; 0 for its own choice. */
    public ServerSettings backlog(int backlog) {
        this.backlog = backlog;
        return this;
    }

    /** Most connections at once, at least 1. Those above it are closed at once. */
    public ServerSettings maxConnections(int maxConnections) {
        this.maxConnections = maxConnections;
        return this;
    }

    /** Time without a byte in the middle of a message after which a connection ends; zero for none. */
    public ServerSettings receiveTimeout(Duration receiveTimeout) {
        this.receiveTimeout = receiveTimeout;
        return this;
    }

    /** Time without any traffic after which a connection ends; zero for none. */
    public ServerSettings idleTimeout(Duration idleTimeout) {
        this.idleTimeout = idleTimeout;
        return this;
    }

    /** Hears what happens; {@code null} for nobody. */
    public ServerSettings listener(ServerListener listener) {
        this.listener = listener;
        return this;
    }
}
