package io.nettyslab.echo.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Stands between decoder and answer: each message of a connection gets a sequence number and is answered on a worker
 * thread, and the replies leave in the order of these numbers, whichever worker is done first. Refusals and events take
 * a number too, so the end of a connection comes after its last reply.
 *
 * <p>A worker makes a reply of its own, as a service would that computes something. So requests are allocated by an
 * event loop and released by a worker, and replies the other way round.
 *
 * <p>A client that sends faster than workers answer is held up like one that does not read: while too much is with the
 * workers, the channel counts as not writable.
 */
public final class WorkerHandler extends ChannelInboundHandlerAdapter {

    private static final int WRITABILITY_INDEX = 1; // one of those Netty leaves to its users

    private final Executor workers;
    private final AtomicLong transmissions;
    private final LongConsumer onWork;
    private final InOrder<Object> done = new InOrder<>();
    private long nextNumber;
    private int bytesAtWork;
    private boolean full;
    private boolean flushScheduled;

    /**
     * Makes a handler for one connection.
     *
     * @param workers runs on other threads; the handler relies on no order
     * @param transmissions number of replies so far, shared by all connections of a server
     * @param onWork called on the worker's thread with each message's number, from 1
     */
    public WorkerHandler(Executor workers, AtomicLong transmissions, LongConsumer onWork) {
        this.workers = workers;
        this.transmissions = transmissions;
        this.onWork = onWork;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        long number = nextNumber++;
        if (msg instanceof ByteBuf message) {
            submit(ctx, number, message);
        } else {
            put(ctx, number, msg);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        put(ctx, nextNumber++, new Event(event));
    }

    private record Event(Object event) {}

    private record Failure(Throwable cause) {}

    private void submit(ChannelHandlerContext ctx, long number, ByteBuf message) {
        int length = message.readableBytes();
        long id = transmissions.incrementAndGet();
        workers.execute(() -> {
            Object outcome = work(ctx, number, id, message);
            ctx.executor().execute(() -> {
                atWork(ctx, -length);
                put(ctx, number, outcome);
            });
        });
        atWork(ctx, length);
    }

    private Object work(ChannelHandlerContext ctx, long number, long id, ByteBuf message) {
        try {
            onWork.accept(number + 1);
            int length = Frames.HEADER_BYTES + message.readableBytes();
            ByteBuf reply = ctx.alloc().directBuffer(length, length);
            return Frames.writeReplyHeader(reply, id, message.readableBytes()).writeBytes(message);
        } catch (Throwable e) { // no memory
            return new Failure(e);
        } finally {
            message.release();
        }
    }

    private void put(ChannelHandlerContext ctx, long number, Object outcome) {
        done.put(number, outcome);
        for (Object next = done.poll(); next != null; next = done.poll()) {
            passOn(ctx, next);
        }
    }

    private void passOn(ChannelHandlerContext ctx, Object next) {
        if (next instanceof ByteBuf reply) {
            ctx.write(reply, ctx.voidPromise());
            scheduleFlush(ctx);
        } else if (next instanceof Event event) {
            ctx.fireUserEventTriggered(event.event());
        } else if (next instanceof Failure failure) {
            ctx.fireExceptionCaught(failure.cause());
        } else {
            ctx.fireChannelRead(next);
            scheduleFlush(ctx);
        }
    }

    /** One flush for all replies that are ready by then. */
    private void scheduleFlush(ChannelHandlerContext ctx) {
        if (!flushScheduled) {
            flushScheduled = true;
            ctx.executor().execute(() -> {
                flushScheduled = false;
                ctx.flush();
            });
        }
    }

    /** The marks are those of the outbound buffer, which the replies fill next. */
    private void atWork(ChannelHandlerContext ctx, int bytes) {
        bytesAtWork += bytes;
        var marks = ctx.channel().config().getWriteBufferWaterMark();
        if (full ? bytesAtWork <= marks.low() : bytesAtWork > marks.high()) {
            full = !full;
            ChannelOutboundBuffer outbound = ctx.channel().unsafe().outboundBuffer();
            if (outbound != null) { // null once the channel is closed
                outbound.setUserDefinedWritability(WRITABILITY_INDEX, !full);
            }
        }
    }
}
