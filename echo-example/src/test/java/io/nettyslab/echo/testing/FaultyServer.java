package io.nettyslab.echo.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** An echo server that does one thing wrong, once in each connection, after some traffic. */
public final class FaultyServer extends TestServer {

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

    public FaultyServer(Fault fault) {
        super("faulty-server", () -> new FaultyHandler(fault));
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
