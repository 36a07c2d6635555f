package io.nettyslab.echo.protocol;

import static io.nettyslab.echo.protocol.Telnet.ARE_YOU_THERE;
import static io.nettyslab.echo.protocol.Telnet.DO;
import static io.nettyslab.echo.protocol.Telnet.DONT;
import static io.nettyslab.echo.protocol.Telnet.ECHO;
import static io.nettyslab.echo.protocol.Telnet.ERASE_CHARACTER;
import static io.nettyslab.echo.protocol.Telnet.ERASE_LINE;
import static io.nettyslab.echo.protocol.Telnet.IAC;
import static io.nettyslab.echo.protocol.Telnet.INTERRUPT;
import static io.nettyslab.echo.protocol.Telnet.SUBNEGOTIATION;
import static io.nettyslab.echo.protocol.Telnet.SUBNEGOTIATION_END;
import static io.nettyslab.echo.protocol.Telnet.SUPPRESS_GO_AHEAD;
import static io.nettyslab.echo.protocol.Telnet.WILL;
import static io.nettyslab.echo.protocol.Telnet.WONT;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Takes telnet's commands out of what was read and answers them; what remains is what was typed. Commands may be split
 * over reads in any way. Data stays in the buffer it was read into and moves up where commands were.
 *
 * <p>The server offers to echo and to suppress go-ahead, which brings telnet clients to send each key at once, and
 * refuses every other option. A client without telnet, such as {@code nc}, ignores the offer and is served as well.
 */
public final class TelnetDecoder extends ChannelInboundHandlerAdapter {

    private static final byte[] OFFER = {
        (byte) IAC, (byte) WILL, ECHO, (byte) IAC, (byte) WILL, SUPPRESS_GO_AHEAD,
    };
    private static final byte[] HERE = "\r\n[yes]\r\n".getBytes(US_ASCII);

    private enum State {
        DATA,
        COMMAND, // after IAC
        OPTION, // after IAC and a verb
        SUBNEGOTIATION,
        SUBNEGOTIATION_COMMAND // after IAC in there
    }

    private State state = State.DATA;
    private int verb; // of the option that comes next
    private boolean echo = true;
    private boolean suppressGoAhead = true;
    private ByteBuf answers; // to the commands of one read, null if there are none

    /** Tells whether the client leaves it to the server to show what is typed. */
    boolean echoes() {
        return echo;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(ctx.alloc().directBuffer(OFFER.length).writeBytes(OFFER), ctx.voidPromise());
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof ByteBuf read)) {
            ctx.fireChannelRead(msg);
            return;
        }
        try {
            strip(ctx, read);
        } catch (Throwable e) { // no memory
            read.release();
            throw e;
        } finally {
            sendAnswers(ctx);
        }
        ctx.fireChannelRead(read);
    }

    private void strip(ChannelHandlerContext ctx, ByteBuf read) {
        if (state == State.DATA && read.indexOf(read.readerIndex(), read.writerIndex(), (byte) IAC) < 0) {
            return;
        }
        int to = read.readerIndex();
        for (int from = to; from < read.writerIndex(); from++) {
            int data = take(ctx, read.getUnsignedByte(from));
            if (data >= 0) {
                read.setByte(to++, data);
            }
        }
        read.writerIndex(to);
    }

    /** Takes one byte; returns what it says to the line, -1 for nothing. */
    private int take(ChannelHandlerContext ctx, int b) {
        switch (state) {
            case DATA:
                if (b != IAC) {
                    return b;
                }
                state = State.COMMAND;
                return -1;
            case COMMAND:
                return command(ctx, b);
            case OPTION:
                state = State.DATA;
                option(ctx, b);
                return -1;
            case SUBNEGOTIATION:
                if (b == IAC) {
                    state = State.SUBNEGOTIATION_COMMAND;
                }
                return -1;
            default:
                state = b == SUBNEGOTIATION_END ? State.DATA : State.SUBNEGOTIATION;
                return -1;
        }
    }

    private int command(ChannelHandlerContext ctx, int command) {
        state = State.DATA;
        switch (command) {
            case IAC:
                return IAC;
            case DO, DONT, WILL, WONT:
                verb = command;
                state = State.OPTION;
                return -1;
            case SUBNEGOTIATION:
                state = State.SUBNEGOTIATION;
                return -1;
            case ERASE_CHARACTER:
                return LineEditor.BACKSPACE;
            case ERASE_LINE, INTERRUPT:
                return LineEditor.ERASE_LINE;
            case ARE_YOU_THERE:
                answers(ctx).writeBytes(HERE);
                return -1;
            default:
                return -1; // go-ahead, no-operation and the like ask for nothing
        }
    }

    /** Answers only what changes something or must be refused; answering confirmations would go on for ever. */
    private void option(ChannelHandlerContext ctx, int option) {
        if (verb == WILL) {
            answer(ctx, DONT, option);
        } else if (verb == DO || verb == DONT) {
            boolean wanted = verb == DO;
            switch (option) {
                case ECHO -> {
                    confirm(ctx, echo != wanted, wanted, option);
                    echo = wanted;
                }
                case SUPPRESS_GO_AHEAD -> {
                    confirm(ctx, suppressGoAhead != wanted, wanted, option);
                    suppressGoAhead = wanted;
                }
                default -> confirm(ctx, wanted, false, option);
            }
        }
    }

    private void confirm(ChannelHandlerContext ctx, boolean needed, boolean on, int option) {
        if (needed) {
            answer(ctx, on ? WILL : WONT, option);
        }
    }

    private void answer(ChannelHandlerContext ctx, int answer, int option) {
        answers(ctx).writeByte(IAC).writeByte(answer).writeByte(option);
    }

    private ByteBuf answers(ChannelHandlerContext ctx) {
        if (answers == null) {
            answers = ctx.alloc().directBuffer();
        }
        return answers;
    }

    private void sendAnswers(ChannelHandlerContext ctx) {
        if (answers != null) {
            ByteBuf buffer = answers;
            answers = null;
            ctx.write(buffer, ctx.voidPromise());
        }
    }
}
