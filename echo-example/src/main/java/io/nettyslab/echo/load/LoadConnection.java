package io.nettyslab.echo.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.TimeUnit;

/**
 * One connection of the load: keeps up to {@code depth} messages on their way and checks what comes back. All state
 * belongs to the connection's event loop; the client talks to it through {@linkplain Command user events}.
 *
 * <p>Messages are parts of one endless {@link BytePattern}, so the check needs no copy of what was sent. A message
 * larger than {@link #PIECE} is sent in pieces, and nothing is written while the channel is not writable: the client
 * needs little more memory than the channel's high water mark, whatever size and depth are asked for.
 */
final class LoadConnection extends SimpleChannelInboundHandler<ByteBuf> {

    /** What the client tells a connection. */
    enum Command {
        /** Begin sending. */
        SEND,
        /** Begin no further message; those begun are completed. */
        PAUSE
    }

    /** Largest buffer the client asks for: as much as Netty reads at once. */
    static final int PIECE = 64 << 10;

    private final LoadClient client;
    private final LoadSettings settings;
    private final LoopStats stats;
    private final BytePattern pattern;
    private final int number;
    private final Timetable timetable; // null in a closed loop
    private final long[] startTimes; // of the messages on their way, by message number modulo depth

    private ChannelHandlerContext context;
    private boolean sending;
    private boolean pumping;
    private boolean wakeUpScheduled;
    private long begun; // messages
    private long completed; // messages
    private long sent; // bytes
    private long received; // bytes
    private int unsent; // bytes of the latest message that are not written yet

    LoadConnection(LoadClient client, LoadSettings settings, LoopStats stats, int number) {
        this.client = client;
        this.settings = settings;
        this.stats = stats;
        this.number = number;
        this.pattern = new BytePattern(settings.seed(), number);
        this.timetable = settings.openLoop() ? new Timetable(settings, number) : null;
        this.startTimes = new long[settings.depth()];
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == Command.SEND) {
            sending = true;
            if (timetable != null) {
                timetable.restart(System.nanoTime());
            }
            pump();
        } else if (event == Command.PAUSE) {
            sending = false;
            reportIfIdle();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf msg) {
        int length = msg.readableBytes();
        if (received + length > sent) {
            client.fail("connection " + number + ": " + (received + length) + " bytes came back, but only " + sent
                    + " were sent");
            return;
        }
        int different = pattern.firstDifference(msg, received);
        if (different >= 0) {
            client.fail(difference(msg, different));
            return;
        }
        received += length;
        completeMessages();
    }

    private String difference(ByteBuf msg, int index) {
        long offset = received + index;
        return String.format(
                "connection %d: wrong byte at offset %d: expected 0x%02x, got 0x%02x",
                number, offset, pattern.byteAt(offset), msg.getByte(msg.readerIndex() + index));
    }

    private void completeMessages() {
        if (received - completed * settings.messageSize() < settings.messageSize()) {
            return;
        }
        long now = System.nanoTime();
        long wholeMessages = received / settings.messageSize();
        client.echoed(wholeMessages - completed);
        for (; completed < wholeMessages; completed++) {
            stats.record(now - startTimes[(int) (completed % startTimes.length)]);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        pump();
        reportIfIdle();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        pump();
    }

    /** Sends whatever may be sent now. A flush can change the writability, which calls this method again. */
    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (writePieces()) {
                context.flush();
            }
        } finally {
            pumping = false;
        }
    }

    private boolean writePieces() {
        Channel channel = context.channel();
        boolean wrote = false;
        while (channel.isWritable() && (unsent > 0 || beginMessage())) {
            int length = Math.min(unsent, PIECE);
            ByteBuf piece = context.alloc().directBuffer(length, length);
            pattern.write(piece, sent, length);
            sent += length;
            unsent -= length;
            context.write(piece, context.voidPromise());
            wrote = true;
        }
        return wrote;
    }

    private boolean beginMessage() {
        if (!sending || begun - completed == startTimes.length) {
            return false;
        }
        long now = System.nanoTime();
        long start = timetable == null ? now : timetable.next();
        if (start - now > 0) {
            wakeUpIn(start - now);
            return false;
        }
        if (timetable != null) {
            timetable.advance();
        }
        startTimes[(int) (begun % startTimes.length)] = start;
        begun++;
        unsent = settings.messageSize();
        return true;
    }

    private void wakeUpIn(long nanos) {
        if (wakeUpScheduled) {
            return;
        }
        wakeUpScheduled = true;
        context.executor().schedule(this::wakeUp, nanos, TimeUnit.NANOSECONDS);
    }

    private void wakeUp() {
        wakeUpScheduled = false;
        try {
            pump();
        } catch (Throwable e) { // a task's exception would only be logged
            context.pipeline().fireExceptionCaught(e);
        }
    }

    private void reportIfIdle() {
        if (!sending && begun == completed) {
            client.idle(number);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        client.fail("connection " + number + ": closed by the server, " + (sent - received) + " of " + sent
                + " bytes have not come back");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        client.fail("connection " + number + ": " + cause);
        ctx.close();
    }
}
