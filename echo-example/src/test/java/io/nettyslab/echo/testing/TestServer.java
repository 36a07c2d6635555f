package io.nettyslab.echo.testing;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.nettyslab.echo.net.TransportKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A server on loopback, with one event loop and a handler for each connection. */
abstract class TestServer implements AutoCloseable {

    private final EventLoopGroup group;
    private final Channel listener;

    TestServer(String name, Supplier<ChannelHandler> handler) {
        group = TransportKind.NIO.newGroup(1, name);
        listener = new ServerBootstrap()
                .group(group)
                .channel(TransportKind.NIO.serverChannel())
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(handler.get());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    public final InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    public final int port() {
        return address().getPort();
    }

    @Override
    public final void close() {
        listener.close().syncUninterruptibly();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
