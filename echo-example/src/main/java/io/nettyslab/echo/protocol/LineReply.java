package io.nettyslab.echo.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Answers lines: each comes back with the number of its session and its own. {@code secure} hides the next line,
 * {@code quit} ends the connection.
 */
public final class LineReply extends ChannelInboundHandlerAdapter {

    private static final byte IAC = (byte) Telnet.IAC;

    private final long session;
    private final LineEditor editor;

    /**
     * Makes a handler for one connection.
     *
     * @param session number of the connection
     * @param editor where the lines come from
     */
    public LineReply(long session, LineEditor editor) {
        this.session = session;
        this.editor = editor;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        say(ctx, "echo-example, session " + session + ". 'secure' hides the next line, 'quit' ends.\r\n");
        ctx.flush();
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof Refusal refusal) {
            say(ctx, "\r\nerror: " + refusal.text() + "\r\n");
            ctx.pipeline().fireUserEventTriggered(End.LAST_ANSWER);
            return;
        }
        Line line = (Line) msg;
        ByteBuf text = line.text();
        try {
            answer(ctx, line);
        } catch (Throwable e) { // no memory
            text.release();
            throw e;
        }
    }

    /** The last write takes the text over; nothing after it throws. */
    private void answer(ChannelHandlerContext ctx, Line line) {
        ByteBuf text = line.text();
        boolean quit = !line.secure() && isWord(text, "quit");
        if (line.secure()) {
            mask(text);
        } else if (quit) {
            replace(text, "bye");
        } else if (isWord(text, "secure")) {
            editor.secureNextLine();
            replace(text, "the next line stays hidden");
        }
        escape(text);
        text.writeByte('\r').writeByte('\n');
        say(ctx, "session " + session + " line " + line.number() + ": ");
        ctx.write(text, ctx.voidPromise());
        if (quit) {
            ctx.pipeline().fireUserEventTriggered(End.LAST_ANSWER);
        }
    }

    private static boolean isWord(ByteBuf text, String word) {
        return text.readableBytes() == word.length() && text.toString(UTF_8).equals(word);
    }

    private static void replace(ByteBuf text, String by) {
        ByteBufUtil.writeUtf8(text.clear(), by);
    }

    /** One star for each character, in the same memory. */
    private static void mask(ByteBuf text) {
        int to = 0;
        for (int from = 0; from < text.writerIndex(); from++) {
            if (!LineEditor.isContinuation(text.getByte(from))) {
                text.setByte(to++, '*');
            }
        }
        text.writerIndex(to);
    }

    /** A byte 255 must be sent twice. From the end, so that nothing is overwritten before it has moved. */
    private static void escape(ByteBuf text) {
        int end = text.writerIndex();
        int extra = 0;
        for (int i = 0; i < end; i++) {
            extra += text.getByte(i) == IAC ? 1 : 0;
        }
        if (extra == 0) {
            return;
        }
        text.writeZero(extra);
        for (int from = end - 1, to = end + extra - 1; from >= 0; from--) {
            byte b = text.getByte(from);
            text.setByte(to--, b);
            if (b == IAC) {
                text.setByte(to--, b);
            }
        }
    }

    private static void say(ChannelHandlerContext ctx, String text) {
        ctx.write(ByteBufUtil.writeUtf8(ctx.alloc(), text), ctx.voidPromise());
    }
}
