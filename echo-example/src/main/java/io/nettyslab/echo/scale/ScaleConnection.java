package io.nettyslab.echo.scale;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/**
 * A connection that is idle but for pulses: then it sends some messages, each when the one before has come back. All
 * state belongs to its event loop.
 */
final class ScaleConnection extends SimpleChannelInboundHandler<ByteBuf> {

    private final Pulse.Results results;
    private final int number;

    private Pulse pulse; // null while idle
    private int remaining; // messages of the pulse that are not back yet
    private long begunAt;
    private long sent; // bytes
    private long received; // bytes
    private boolean failed;

    ScaleConnection(Pulse.Results results, int number) {
        this.results = results;
        this.number = number;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Pulse begun) {
            if (failed || !ctx.channel().isActive()) {
                begun.done();
                return;
            }
            pulse = begun;
            remaining = begun.messages();
            send(ctx, begun.messageSize());
        } else if (event instanceof Pulse.Half half) {
            ctx.channel().config().setAutoRead(false); // nor does it ever read the answer
            send(ctx, half.bytes());
        }
    }

    private void send(ChannelHandlerContext ctx, int length) {
        ByteBuf message = ctx.alloc().directBuffer(length, length);
        for (int i = 0; i < length; i++) {
            message.writeByte(byteAt(sent + i));
        }
        sent += length;
        begunAt = System.nanoTime();
        ctx.writeAndFlush(message, ctx.voidPromise());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf msg) {
        if (received + msg.readableBytes() > sent) {
            fail("more bytes came back than were sent");
            return;
        }
        for (; msg.isReadable(); received++) {
            if (msg.readByte() != byteAt(received)) {
                fail("wrong byte at offset " + received);
                return;
            }
        }
        if (received == sent && pulse != null) {
            completeMessage(ctx);
        }
    }

    /** Differs from byte to byte and from connection to connection: a prime as step, the golden ratio as spread. */
    private byte byteAt(long position) {
        return (byte) ((position * 0x01000193 + number * 0x9E3779B9L) >>> 16);
    }

    private void completeMessage(ChannelHandlerContext ctx) {
        results.echoed(System.nanoTime() - begunAt);
        if (--remaining > 0) {
            send(ctx, pulse.messageSize());
        } else {
            endPulse();
        }
    }

    private void endPulse() {
        if (pulse != null) {
            Pulse ended = pulse;
            pulse = null;
            ended.done();
        }
    }

    private void fail(String message) {
        if (!failed) {
            failed = true;
            results.fail("connection " + number + ": " + message);
        }
        endPulse();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail("closed by the server");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause.toString());
        ctx.close();
    }
}
