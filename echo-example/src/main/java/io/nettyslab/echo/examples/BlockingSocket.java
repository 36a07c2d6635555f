package io.nettyslab.echo.examples;

import io.netty.buffer.ByteBuf;
import io.nettyslab.SlabByteBufAllocator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** The allocator without event loops: both ends are plain threads on blocking sockets of the JDK. */
public final class BlockingSocket {

    private static final int MESSAGES = 300;
    private static final int MESSAGE_SIZE = 10_000;

    private BlockingSocket() {}

    public static void main(String[] args) throws Exception {
        run(System.out);
    }

    static void run(PrintStream out) throws IOException {
        SlabByteBufAllocator allocator =
                SlabByteBufAllocator.builder().maxMemory(4 << 20).build();
        try (allocator;
                ServerSocketChannel listener =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            CompletableFuture<Void> server = CompletableFuture.runAsync(() -> serve(listener, allocator));
            try (SocketChannel socket = SocketChannel.open(listener.getLocalAddress())) {
                exchange(socket, allocator);
            }
            server.join();
        }
        out.printf("%,d messages of %,d bytes came back right%n", MESSAGES, MESSAGE_SIZE);
        CameHome.report(allocator, out);
    }

    /** Sends everything back until the other side closes. */
    private static void serve(ServerSocketChannel listener, SlabByteBufAllocator allocator) {
        ByteBuf buffer = allocator.directBuffer(64 << 10);
        try (SocketChannel socket = listener.accept()) {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true); // else half an echo may wait for the other half
            while (buffer.clear().writeBytes(socket, buffer.capacity()) >= 0) { // one read, straight into the slab
                writeFully(buffer, socket);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            buffer.release();
        }
    }

    private static void exchange(SocketChannel socket, SlabByteBufAllocator allocator) throws IOException {
        Random random = new Random(1);
        byte[] message = new byte[MESSAGE_SIZE];
        for (int i = 0; i < MESSAGES; i++) {
            random.nextBytes(message);
            ByteBuf request = allocator.directBuffer(MESSAGE_SIZE).writeBytes(message);
            ByteBuf reply = allocator.directBuffer(MESSAGE_SIZE);
            try {
                writeFully(request, socket);
                while (reply.isWritable() && reply.writeBytes(socket, reply.writableBytes()) >= 0) {
                    // until the reply is whole, or the server has closed
                }
                if (!reply.equals(request.resetReaderIndex())) {
                    throw new IOException("message " + i + " came back changed");
                }
            } finally {
                request.release();
                reply.release();
            }
        }
    }

    /** A blocking socket takes all bytes at once, but nothing promises that. */
    private static void writeFully(ByteBuf buffer, SocketChannel socket) throws IOException {
        while (buffer.isReadable()) {
            buffer.readBytes(socket, buffer.readableBytes());
        }
    }
}
