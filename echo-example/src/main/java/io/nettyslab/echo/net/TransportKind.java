package io.nettyslab.echo.net;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.StandardSocketOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Netty's ways to move bytes between sockets and buffers. */
public enum TransportKind {
    /** The JDK's selector; works everywhere. Reads through the buffer's NIO view. */
    NIO(NioServerSocketChannel.class, NioSocketChannel.class) {
        @Override
        public Optional<String> unavailability() {
            return Optional.empty();
        }

        @Override
        IoHandlerFactory ioHandler(int connections) {
            return NioIoHandler.newFactory();
        }
    },

    /** Linux epoll through JNI. Reads to the buffer's memory address. */
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class) {
        @Override
        public Optional<String> unavailability() {
            return reason(Epoll.isAvailable() ? null : Epoll.unavailabilityCause());
        }

        @Override
        IoHandlerFactory ioHandler(int connections) {
            return EpollIoHandler.newFactory();
        }
    },

    /** Linux io_uring through JNI. The kernel keeps the buffer until the read completes. */
    IO_URING(IoUringServerSocketChannel.class, IoUringSocketChannel.class) {
        @Override
        public Optional<String> unavailability() {
            return reason(IoUring.isAvailable() ? null : IoUring.unavailabilityCause());
        }

        @Override
        IoHandlerFactory ioHandler(int connections) {
            // A queue that is too short overflows: Netty warns, and the kernel has to keep the rest meanwhile.
            int completions = Math.min(connections * COMPLETIONS_OF_A_CONNECTION, MAX_COMPLETIONS);
            return completions <= DEFAULT_COMPLETIONS
                    ? IoUringIoHandler.newFactory()
                    : IoUringIoHandler.newFactory(
                            new IoUringIoHandlerConfig().setCqSize(Integer.highestOneBit(2 * completions - 1)));
        }
    };

    /** Generous: each waits, reads, writes and closes, and a multishot poll completes again and again. */
    private static final int COMPLETIONS_OF_A_CONNECTION = 64;

    private static final int DEFAULT_COMPLETIONS = 4096; // Netty's
    private static final int MAX_COMPLETIONS = 1 << 16; // Linux allows no more

    private final Class<? extends ServerChannel> serverChannel;
    private final Class<? extends SocketChannel> clientChannel;

    TransportKind(Class<? extends ServerChannel> serverChannel, Class<? extends SocketChannel> clientChannel) {
        this.serverChannel = serverChannel;
        this.clientChannel = clientChannel;
    }

    /**
     * Tells why this transport cannot run on this machine.
     *
     * @return the reason, empty if it can run
     */
    public abstract Optional<String> unavailability();

    abstract IoHandlerFactory ioHandler(int connections);

    /**
     * Returns the transport taken when none is asked for: epoll where it is available, else NIO.
     *
     * <p>Not io_uring, although it is the newest: many containers forbid its system calls, and in this example it was
     * within a tenth of epoll with messages of 1 KiB but far slower with messages of one byte.
     *
     * @return an available transport
     */
    public static TransportKind best() {
        return EPOLL.unavailability().isEmpty() ? EPOLL : NIO;
    }

    /**
     * Returns the transports that can run on this machine.
     *
     * @return in the order of their declaration, never empty
     */
    public static List<TransportKind> available() {
        return Arrays.stream(values())
                .filter(kind -> kind.unavailability().isEmpty())
                .toList();
    }

    /**
     * Starts event loops of this transport. Their threads are Netty's own and daemons.
     *
     * @param threads number of event loops, one thread each
     * @param name prefix of the threads' names
     * @return a new group
     * @throws EchoFailure if the transport is not available
     */
    public EventLoopGroup newGroup(int threads, String name) {
        return newGroup(threads, 0, name);
    }

    /**
     * Starts event loops that are ready for a known number of connections.
     *
     * @param threads number of event loops, one thread each
     * @param connections of all event loops together
     * @param name prefix of the threads' names
     * @return a new group
     * @throws EchoFailure if the transport is not available
     */
    public EventLoopGroup newGroup(int threads, int connections, String name) {
        unavailability().ifPresent(reason -> {
            throw new EchoFailure("transport " + this + " is not available here: " + reason);
        });
        return new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory(name, true), ioHandler(connections / threads + 1));
    }

    public Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }

    public Class<? extends SocketChannel> clientChannel() {
        return clientChannel;
    }

    /**
     * Returns the option that lets several sockets listen on one port; the system spreads connections over them.
     *
     * @return the option for server channels of this transport
     */
    public ChannelOption<Boolean> reusePort() {
        return switch (this) {
            case NIO -> NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);
            case EPOLL -> UnixChannelOption.SO_REUSEPORT;
            case IO_URING -> IoUringChannelOption.SO_REUSEPORT;
        };
    }

    /** The name as it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Native loading fails in layers; the innermost cause is the one that names the missing thing. */
    private static Optional<String> reason(Throwable cause) {
        if (cause == null) {
            return Optional.empty();
        }
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Optional.of(String.valueOf(root.getMessage()).lines().findFirst().orElse("unknown reason"));
    }
}
