package io.nettyslab.echo.examples;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.nettyslab.SlabByteBufAllocator;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** An echo server for datagrams. Each one is read into a slot of its own, and the same slot is sent back. */
public final class Datagrams {

    /**
     * A datagram that does not fit is cut off, so a read buffer must hold the largest that is expected. This one is
     * fixed; the adaptive default would shrink with small datagrams and cut the next large one.
     */
    private static final int LARGEST = 2048;

    private static final int COUNT = 1000;
    private static final int MILLIS_TO_ANSWER = 200;
    private static final int ATTEMPTS = 10;

    private Datagrams() {}

    public static void main(String[] args) throws Exception {
        run(System.out);
    }

    static void run(PrintStream out) throws IOException {
        boolean epoll = Epoll.isAvailable();
        SlabByteBufAllocator allocator =
                SlabByteBufAllocator.builder().maxMemory(4 << 20).build();
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        try (allocator) {
            InetSocketAddress server = (InetSocketAddress) new Bootstrap()
                    .group(group)
                    .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                    .option(ChannelOption.ALLOCATOR, allocator)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST))
                    .handler(new Echo())
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .syncUninterruptibly()
                    .channel()
                    .localAddress();
            int again = exchange(server);
            out.printf("%,d datagrams came back right over %s, %d sent again%n", COUNT, epoll ? "epoll" : "NIO", again);
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
        CameHome.report(allocator, out);
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            DatagramPacket received = (DatagramPacket) msg;
            ctx.write(new DatagramPacket(received.content(), received.sender())); // its buffer goes with it
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }
    }

    /** Datagrams may get lost, even on one machine: what is not answered is sent again. Returns how many were. */
    private static int exchange(InetSocketAddress server) throws IOException {
        int again = 0;
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server);
            socket.setSoTimeout(MILLIS_TO_ANSWER);
            for (int number = 0; number < COUNT; number++) {
                byte[] message = Arrays.copyOf(
                        ByteBuffer.allocate(4).putInt(number).array(), 4 + number * (LARGEST - 4) / COUNT);
                int attempts = 1;
                while (!isAnswered(socket, message)) {
                    if (attempts++ == ATTEMPTS) {
                        throw new IOException("datagram " + number + " is not answered");
                    }
                    again++;
                }
            }
        }
        return again;
    }

    private static boolean isAnswered(DatagramSocket socket, byte[] message) throws IOException {
        socket.send(new java.net.DatagramPacket(message, message.length));
        java.net.DatagramPacket reply = new java.net.DatagramPacket(new byte[LARGEST], LARGEST);
        try {
            do { // past late answers to what was sent twice
                socket.receive(reply);
            } while (!Arrays.equals(Arrays.copyOf(reply.getData(), reply.getLength()), message));
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
