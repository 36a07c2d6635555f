package io.nettyslab.echo.testing;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.nettyslab.echo.net.TransportKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** An echo server that does one thing wrong, once in each connection, after some traffic. */
public final class FaultyServer implements AutoCloseable {

    /** What it does wrong with the bytes of one read. */
    public enum Fault {
        FLIPPED_BIT {
            @Override
            ByteBuf apply(ByteBuf right) {
                return right.setByte(right.readerIndex(), right.getByte(right.readerIndex()) ^ 1);
            }
        },
        LOST_BYTE {
            @Override
            ByteBuf apply(ByteBuf right) {
                return right.skipBytes(1);
            }
        },
        DOUBLED_BYTE {
            @Override
            ByteBuf apply(ByteBuf right) {
                return Unpooled.wrappedBuffer(right.copy(right.readerIndex(), 1), right);
            }
        },
        SWAPPED_WORDS {
            @Override
            ByteBuf apply(ByteBuf right) {
                long first = right.getLong(right.readerIndex());
                right.setLong(right.readerIndex(), right.getLong(right.readerIndex() + 8));
                return right.setLong(right.readerIndex() + 8, first);
            }
        },
        ADDED_BYTES {
            @Override
            ByteBuf apply(ByteBuf right) {
                return Unpooled.wrappedBuffer(right, Unpooled.copiedBuffer(new byte[1 << 20]));
            }
        },
        CLOSED_CONNECTION {
            @Override
            ByteBuf apply(ByteBuf right) {
                right.release();
                return null;
            }
        };

        abstract ByteBuf apply(ByteBuf right);
    }

    private static final int READS_BEFORE = 20;

    private final EventLoopGroup group = TransportKind.NIO.newGroup(1, "faulty-server");
    private final Channel listener;

    public FaultyServer(Fault fault) {
        listener = new ServerBootstrap()
                .group(group)
                .channel(TransportKind.NIO.serverChannel())
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new FaultyHandler(fault));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static final class FaultyHandler extends ChannelInboundHandlerAdapter {
        private final Fault fault;
        private int reads;

        FaultyHandler(Fault fault) {
            this.fault = fault;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ByteBuf answer = ++reads == READS_BEFORE ? fault.apply((ByteBuf) msg) : (ByteBuf) msg;
            if (answer == null) {
                ctx.close();
            } else {
                ctx.writeAndFlush(answer);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close(); // the client leaves as soon as it sees the fault
        }
    }
}
