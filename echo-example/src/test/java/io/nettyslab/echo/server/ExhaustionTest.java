package io.nettyslab.echo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.nettyslab.OverflowPolicy;
import io.nettyslab.SlabExhaustedError;
import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.SlabSettings;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.testing.EchoSocket;
import io.nettyslab.echo.testing.Transports;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A read for which there is no memory is one connection's misfortune. Not with io_uring, where Netty lets an error end
 * the event loop: see docs/decisions/0008-exhaustion.md.
 */
class ExhaustionTest {

    private static final int SLAB_SIZE = 1 << 20;

    private final EchoAllocator slabs =
            AllocatorKind.SLAB.create(new SlabSettings((long) SLAB_SIZE, SLAB_SIZE, OverflowPolicy.FAIL));

    private final List<ByteBuf> stock = new CopyOnWriteArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        releaseAll();
        await().until(() -> slabs.figures().buffersInUse() == 0); // the last ones go home with their connections
        slabs.close();
    }

    /** Takes all that nobody keeps ready. */
    private void takeAll() {
        for (int size = SLAB_SIZE / 2; size > 0; size /= 2) {
            try {
                for (; ; ) {
                    stock.add(slabs.allocator().directBuffer(size));
                }
            } catch (SlabExhaustedError full) {
                // then smaller ones
            }
        }
    }

    private void releaseAll() {
        stock.forEach(ByteBuf::release);
        stock.clear();
    }

    /** Returns whether a new connection is ended without an answer, cleanly or by a reset: its byte was not read. */
    private static boolean isRefused(EchoServer server) throws IOException {
        try (EchoSocket unlucky = new EchoSocket(server.address())) {
            unlucky.output().write(42);
            unlucky.receive(1);
            return false;
        } catch (EOFException | SocketException ended) {
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource(value = TransportKind.class, names = "IO_URING", mode = EnumSource.Mode.EXCLUDE)
    void noMemoryForARead_endsThatConnection_andTheOthersGoOn(TransportKind transport) throws Exception {
        Transports.assumeAvailable(transport);
        EchoServer server = EchoServer.start(new ServerSettings(transport, slabs).eventLoops(1));
        try (server;
                EchoSocket calm = new EchoSocket(server.address())) {
            calm.assertServed();
            // The event loop keeps slots ready until it gets to give them up.
            await().until(() -> {
                takeAll();
                return isRefused(server);
            });
            assertThat(slabs.figures().failedAllocations()).isPositive();
            releaseAll();
            calm.assertServed();
            try (EchoSocket later = new EchoSocket(server.address())) {
                later.assertServed();
            }
        }
        assertThat(server.figures().traffic().errors()).isPositive();
    }

    /** Reads, and lets everything that goes wrong pass. */
    private static final class Careless extends ChannelInboundHandlerAdapter {

        private final List<Throwable> caught;

        Careless(List<Throwable> caught) {
            this.caught = caught;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            caught.add(cause);
        }
    }

    @ParameterizedTest
    @EnumSource(value = TransportKind.class, names = "IO_URING", mode = EnumSource.Mode.EXCLUDE)
    void noMemoryForARead_isTheEndOfAConnection_whoseHandlersDoNotCare(TransportKind transport) throws Exception {
        Transports.assumeAvailable(transport);
        List<Throwable> caught = new CopyOnWriteArrayList<>();
        takeAll();
        EventLoopGroup group = transport.newGroup(1, "careless");
        try {
            Channel server = new ServerBootstrap()
                    .group(group)
                    .channel(transport.serverChannel())
                    .childOption(ChannelOption.ALLOCATOR, slabs.allocator())
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new Careless(caught));
                        }
                    })
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .sync()
                    .channel();
            try (EchoSocket unlucky = new EchoSocket((InetSocketAddress) server.localAddress())) {
                unlucky.output().write(42);
                assertEnded(unlucky);
            }
            assertThat(caught).hasSize(1).first().isInstanceOf(SlabExhaustedError.class);
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private static void assertEnded(EchoSocket socket) throws IOException {
        try {
            assertThat(socket.receiveAll()).isEmpty();
        } catch (SocketException reset) {
            // its byte was not read
        }
    }
}
