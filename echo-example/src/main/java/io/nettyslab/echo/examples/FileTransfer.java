package io.nettyslab.echo.examples;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.stream.ChunkedNioFile;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.nettyslab.SlabByteBufAllocator;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * A file sent to whoever connects, read chunk by chunk into slab buffers. The next chunk is read when the socket has
 * taken the last ones, so memory stays small however large the file and however slow the receiver.
 */
public final class FileTransfer {

    private static final int CHUNK = 64 << 10;
    private static final int SAMPLE_SIZE = 20_000_001; // of the file made up if none is named

    private FileTransfer() {}

    /**
     * Sends a file to itself.
     *
     * @param args the file, or nothing for one that is made up
     * @throws IOException if the file cannot be read or comes out changed
     */
    public static void main(String[] args) throws IOException {
        if (args.length > 0) {
            if (!Files.isReadable(Path.of(args[0]))) {
                System.err.println("error: cannot read " + args[0]);
                System.exit(2);
            }
            run(Path.of(args[0]), System.out);
            return;
        }
        Path sample = Files.createTempFile("slab-example", ".bin");
        try {
            byte[] bytes = new byte[SAMPLE_SIZE];
            new Random(1).nextBytes(bytes);
            run(Files.write(sample, bytes), System.out);
        } finally {
            Files.delete(sample);
        }
    }

    static void run(Path file, PrintStream out) throws IOException {
        SlabByteBufAllocator allocator =
                SlabByteBufAllocator.builder().maxMemory(4 << 20).build();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (allocator) {
            Channel server = serve(file, group, allocator);
            try (Socket socket = new Socket()) {
                socket.connect(server.localAddress());
                Sum received = Sum.of(new CheckedInputStream(socket.getInputStream(), new CRC32C()));
                Sum sent = Sum.of(new CheckedInputStream(Files.newInputStream(file), new CRC32C()));
                if (!received.equals(sent)) {
                    throw new IOException("sent " + sent + " but received " + received);
                }
                out.printf("%,d bytes arrived with the right checksum %08x%n", sent.length, sent.checksum);
            }
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
        CameHome.report(allocator, out);
    }

    private static Channel serve(Path file, EventLoopGroup group, SlabByteBufAllocator allocator) {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new ChunkedWriteHandler(), new Sender(file));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    private static final class Sender extends ChannelInboundHandlerAdapter {
        private final Path file;

        Sender(Path file) {
            this.file = file;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) throws IOException {
            // The chunk handler closes the file, sent or not.
            ctx.writeAndFlush(new ChunkedNioFile(FileChannel.open(file), CHUNK))
                    .addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close(); // the receiver sees the end too early
        }
    }

    private record Sum(long length, long checksum) {
        static Sum of(CheckedInputStream in) throws IOException {
            try (in) {
                return new Sum(
                        in.transferTo(java.io.OutputStream.nullOutputStream()),
                        in.getChecksum().getValue());
            }
        }

        @Override
        public String toString() {
            return String.format("%,d bytes with checksum %08x", length, checksum);
        }
    }
}
