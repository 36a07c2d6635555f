package io.nettyslab.echo.scale;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** Sends each message back: at once, or, while it holds messages, when the next one comes. */
final class EmbeddedEcho extends ChannelInboundHandlerAdapter {

    /** User event: keep the message that comes next until another one comes. */
    static final Object HOLD = "HOLD";

    /** User event: let go of what is kept and answer at once again. */
    static final Object LET_GO = "LET_GO";

    private boolean holding;
    private Object held; // null if none

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        Object answer = msg;
        if (holding) {
            answer = held;
            held = msg;
        }
        if (answer != null) {
            ctx.write(answer, ctx.voidPromise());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        holding = event == HOLD;
        if (!holding) {
            ReferenceCountUtil.release(held);
            held = null;
        }
    }
}
