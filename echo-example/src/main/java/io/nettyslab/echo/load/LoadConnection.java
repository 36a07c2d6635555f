package io.nettyslab.echo.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.nettyslab.echo.protocol.Frames;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * One connection of the load: keeps up to {@code depth} messages on their way and has what comes back checked. All
 * state belongs to the connection's event loop; the client talks to it through {@linkplain Command user events}.
 *
 * <p>Messages are parts of one endless {@link BytePattern}, so the check needs no copy of what was sent. A message
 * larger than {@link #PIECE} is sent in pieces, and nothing is written while the channel is not writable: the client
 * needs little more memory than the channel's high water mark, whatever size and depth are asked for.
 */
final class LoadConnection extends SimpleChannelInboundHandler<ByteBuf> {

    /** What the client tells a connection. */
    enum Command {
        /** Look whether the client sends or has paused. Paused, messages that were begun are completed. */
        LOOK
    }

    /** Largest buffer the client asks for: as much as Netty reads at once. */
    static final int PIECE = 64 << 10;

    /** Unsent messages are recorded one by one up to so many, and in as many groups beyond. */
    private static final long MOST_GROUPS = 1000;

    private final LoadClient client;
    private final LoopStats stats;
    private final BytePattern pattern;
    private final MessagePlan plan; // of what is sent
    private final ReplyReader replies;
    private final int prefixBytes;
    private final long messages; // after which the connection is done
    private final int number;
    private final int attempt;
    private final long[] startTimes; // of the messages on their way, by message number modulo depth

    private ChannelHandlerContext context;
    private Timetable timetable; // null in a closed loop
    private boolean sending;
    private boolean ended;
    private boolean pumping;
    private boolean wakeUpScheduled;
    private long begun; // messages
    private long completed; // messages
    private long sent; // bytes of messages
    private int unsent; // bytes of the latest message that are not written yet
    private long readTime; // of the current read, 0 if nobody has looked at the clock yet

    LoadConnection(LoadClient client, LoadSettings settings, LoopStats stats, int number, int attempt) {
        LoadTraffic traffic = settings.traffic();
        this.client = client;
        this.stats = stats;
        this.number = number;
        this.attempt = attempt;
        this.pattern = new BytePattern(traffic.seed(), number);
        this.plan = new MessagePlan(traffic, number);
        this.replies = new ReplyReader(settings, number, pattern, stats, this::completed);
        this.prefixBytes = settings.wire().protocol() == LoadProtocol.FRAMED ? Frames.LENGTH_BYTES : 0;
        this.messages = traffic.messages() == 0 ? Long.MAX_VALUE : traffic.messages();
        this.startTimes = new long[traffic.depth()];
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        if (!ctx.channel().isActive()) {
            end(); // closed before there was anybody to tell
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == Command.LOOK && !ended) {
            look();
        }
        ctx.fireUserEventTriggered(event);
    }

    private void look() {
        if (client.isSending() && !sending && begun < messages) {
            sending = true;
            // A new timetable each time: what was not sent while the load paused is not owed.
            timetable = client.rate() > 0 ? client.timetable(number) : null;
            pump();
        } else if (!client.isSending()) {
            sending = false;
        }
        reportIfIdle();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf msg) {
        readTime = 0;
        client.received(msg.readableBytes());
        String fault = replies.read(msg, sent);
        if (fault != null) {
            client.fail(number, fault);
        }
    }

    private void completed(int size) {
        if (readTime == 0) {
            readTime = System.nanoTime();
        }
        stats.record(readTime - startTimes[(int) (completed % startTimes.length)], size);
        completed++;
        client.echoed();
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
            writePiece();
            wrote = true;
        }
        return wrote;
    }

    private void writePiece() {
        int done = plan.size() - unsent;
        int prefix = done == 0 ? prefixBytes : 0;
        int length = Math.min(unsent, PIECE - prefix);
        ByteBuf piece = context.alloc().directBuffer(prefix + length, prefix + length);
        if (prefix > 0) {
            piece.writeInt(plan.size());
        }
        pattern.write(piece, plan.position() + done, length);
        sent += length;
        unsent -= length;
        if (unsent == 0) {
            plan.advance();
        }
        context.write(piece, context.voidPromise());
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
        sending = begun < messages;
        client.begun();
        unsent = plan.size();
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
            recordUnsent();
            client.nothingUnderWay(number, begun < messages);
        }
    }

    /**
     * Messages that were due, but for which there was no place because others had not come back. That they are not sent
     * does not make them quick: each has waited at least until now.
     */
    private void recordUnsent() {
        if (timetable != null) {
            long now = System.nanoTime();
            long unsent = Math.min(timetable.dueBefore(client.pausedAt()), messages - begun);
            long groups = Math.min(unsent, MOST_GROUPS); // of what a rate out of reach owes there may be billions
            for (long group = 0; group < groups; group++) {
                long first = Math.round((double) unsent * group / groups);
                long end = Math.round((double) unsent * (group + 1) / groups);
                stats.recordUnsent(now - timetable.next((first + end) / 2), end - first);
            }
        }
        timetable = null;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        long received = replies.received();
        String what = "closed by the server, " + (sent - received) + " of " + sent + " bytes have not come back";
        if (received > 0) {
            client.fail(number, what);
        } else {
            client.closedUnanswered(number, attempt, begun, what);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A reset is how some systems end a connection, and a write after its end: the close that follows is reported.
        if (!(cause instanceof IOException)) {
            client.fail(number, cause.toString());
        }
        ctx.close();
    }
}
