package io.nettyslab.echo.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Makes lines of keys: shows each key, lets backspace take it back, and hands on the line when it is complete. A line
 * ends with CR LF, CR NUL, LF or CR. Memory is held only while a line is being typed.
 */
public final class LineEditor extends ChannelInboundHandlerAdapter implements Unfinished {

    static final int BACKSPACE = 8;
    static final int ERASE_LINE = 21; // Ctrl-U
    private static final int DELETE = 127;
    private static final int SMALLEST = 64; // bytes a line begins with

    private final TelnetDecoder telnet;
    private final int maxLine;
    private ByteBuf line; // null while it is empty
    private ByteBuf shown; // what the keys of one read show, null if nothing
    private long lines;
    private boolean afterCarriageReturn;
    private boolean secure;
    private boolean ended;

    /**
     * Makes an editor for one connection.
     *
     * @param telnet knows whether keys are to be shown
     * @param maxLine most bytes of a line
     */
    public LineEditor(TelnetDecoder telnet, int maxLine) {
        this.telnet = telnet;
        this.maxLine = maxLine;
    }

    /** Shows the keys of the next line as {@code *} only. */
    void secureNextLine() {
        secure = true;
    }

    @Override
    public int unfinishedBytes() {
        return line == null ? 0 : line.readableBytes();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof ByteBuf keys)) {
            ctx.fireChannelRead(msg);
            return;
        }
        try {
            while (keys.isReadable() && !ended) {
                take(ctx, keys.readUnsignedByte());
            }
        } finally {
            keys.release();
            show(ctx);
        }
    }

    private void take(ChannelHandlerContext ctx, int key) {
        boolean secondOfTwo = afterCarriageReturn && (key == '\n' || key == 0);
        afterCarriageReturn = key == '\r';
        if (secondOfTwo) {
            return;
        }
        switch (key) {
            case '\r', '\n' -> complete(ctx);
            case BACKSPACE, DELETE -> erase(ctx);
            case ERASE_LINE -> {
                while (line != null) {
                    erase(ctx);
                }
            }
            default -> {
                if (key >= ' ' || key == '\t') {
                    add(ctx, key);
                }
            }
        }
    }

    private void add(ChannelHandlerContext ctx, int key) {
        if (line == null) {
            line = ctx.alloc().directBuffer(SMALLEST);
        } else if (line.readableBytes() == maxLine) {
            ended = true;
            show(ctx);
            ctx.fireChannelRead(new Refusal("line: more than " + maxLine + " bytes (expected: 0 to " + maxLine + ")"));
            return;
        }
        line.writeByte(key);
        if (telnet.echoes()) {
            echo(ctx, key);
        }
    }

    private void echo(ChannelHandlerContext ctx, int key) {
        if (!secure) {
            showBytes(ctx, key == '\t' ? ' ' : key); // of a width that one backspace takes back
            if (key == Telnet.IAC) {
                showBytes(ctx, key);
            }
        } else if (!isContinuation(key)) {
            showBytes(ctx, '*');
        }
    }

    /** Takes back one character, which in UTF-8 may be several bytes. */
    private void erase(ChannelHandlerContext ctx) {
        if (line == null) {
            return;
        }
        int end = line.writerIndex() - 1;
        while (end > 0 && isContinuation(line.getUnsignedByte(end))) {
            end--;
        }
        line.writerIndex(end);
        if (end == 0) {
            dropLine();
        }
        if (telnet.echoes()) {
            showBytes(ctx, BACKSPACE, ' ', BACKSPACE);
        }
    }

    /** Tells whether a byte is inside a character of UTF-8. */
    static boolean isContinuation(int b) {
        return (b & 0xC0) == 0x80;
    }

    private void complete(ChannelHandlerContext ctx) {
        if (telnet.echoes()) {
            showBytes(ctx, '\r', '\n');
        }
        show(ctx);
        ByteBuf text = line != null ? line : ctx.alloc().directBuffer(SMALLEST);
        line = null;
        boolean hidden = secure;
        secure = false;
        ctx.fireChannelRead(new Line(++lines, text, hidden));
    }

    private void showBytes(ChannelHandlerContext ctx, int... bytes) {
        if (shown == null) {
            shown = ctx.alloc().directBuffer();
        }
        for (int b : bytes) {
            shown.writeByte(b);
        }
    }

    private void show(ChannelHandlerContext ctx) {
        if (shown != null) {
            ByteBuf buffer = shown;
            shown = null;
            ctx.write(buffer, ctx.voidPromise());
        }
    }

    private void dropLine() {
        if (line != null) {
            line.release();
            line = null;
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ended |= event instanceof End;
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        dropLine();
        if (shown != null) {
            shown.release();
            shown = null;
        }
    }
}
