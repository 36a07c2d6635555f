package io.nettyslab.echo.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.nettyslab.echo.protocol.Refusal;
import io.nettyslab.echo.protocol.Unfinished;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends connections on which nothing happens. The receive timeout is the time without a byte in the middle of a
 * message; time in which the server itself does not read does not count. The idle timeout is the time in which
 * nothing at all is received or sent.
 */
final class Timeouts extends IdleStateHandler {

    private final Duration receive;
    private final Duration idle;
    private final Unfinished unfinished;

    /** A timeout of zero is none. */
    Timeouts(Duration receive, Duration idle, Unfinished unfinished) {
        super(receive.toNanos(), 0, idle.toNanos(), TimeUnit.NANOSECONDS);
        this.receive = receive;
        this.idle = idle;
        this.unfinished = unfinished;
    }

    @Override
    protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) {
        if (event.state() == IdleState.ALL_IDLE) {
            refuse(ctx, "idle timeout: nothing received or sent for " + seconds(idle));
        } else if (unfinished.unfinishedBytes() > 0 && ctx.channel().config().isAutoRead()) {
            refuse(
                    ctx,
                    "receive timeout: no byte for " + seconds(receive) + ", " + unfinished.unfinishedBytes()
                            + " bytes of a message wait for the rest");
        }
    }

    private static void refuse(ChannelHandlerContext ctx, String text) {
        ctx.fireChannelRead(new Refusal(text));
        ctx.fireChannelReadComplete();
    }

    private static String seconds(Duration time) {
        return time.toMillis() / 1e3 + " s";
    }
}
