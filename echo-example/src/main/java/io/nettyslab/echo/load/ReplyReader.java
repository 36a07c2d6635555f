package io.nettyslab.echo.load;

import io.netty.buffer.ByteBuf;
import io.nettyslab.echo.protocol.Frames;
import io.nettyslab.echo.text.Units;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/**
 * Takes apart what comes back on one connection and checks every byte of it against the {@link MessagePlan}, however
 * messages are split over reads. The first thing that is wrong ends it.
 */
final class ReplyReader {

    /** What a server may say about an error; the rest is cut off. */
    private static final int MAX_ERROR_TEXT = 1024;

    private final BytePattern pattern;
    private final MessagePlan plan;
    private final LoopStats stats;
    private final ReplyHeader header; // null for raw bytes
    private final IntConsumer onMessage; // gets its size
    private long received; // bytes of messages
    private int receivedOfMessage;
    private boolean inHeader;
    private ByteArrayOutputStream errorText; // of the server, null unless it has sent some
    private long errorTextLeft;

    ReplyReader(LoadSettings settings, int connection, BytePattern pattern, LoopStats stats, IntConsumer onMessage) {
        this.pattern = pattern;
        this.plan = new MessagePlan(settings.traffic(), connection);
        this.stats = stats;
        this.onMessage = onMessage;
        this.header = settings.wire().protocol() == LoadProtocol.FRAMED ? new ReplyHeader() : null;
        this.inHeader = header != null;
    }

    /** Returns the bytes of messages that came back, without headers. */
    long received() {
        return received;
    }

    /**
     * Checks one read.
     *
     * @param in bytes as they came
     * @param sent bytes of messages sent so far
     * @return what is wrong, {@code null} if all is right
     */
    String read(ByteBuf in, long sent) {
        String fault = null;
        while (fault == null && in.isReadable()) {
            if (errorText != null) {
                fault = readErrorText(in);
            } else if (inHeader) {
                fault = readHeader(in, sent);
            } else {
                fault = readMessage(in, sent);
            }
        }
        return fault;
    }

    private String readHeader(ByteBuf in, long sent) {
        if (!header.read(in)) {
            return null;
        }
        inHeader = false;
        long length = header.messageLength();
        long id = header.id();
        header.reset();
        if (id == Frames.ERROR_ID && length > 0) {
            errorText = new ByteArrayOutputStream();
            errorTextLeft = length;
            return null;
        }
        if (received == sent) {
            return "a reply of " + length + " bytes came, but nothing was asked";
        }
        if (length != plan.size()) {
            return "a reply of " + length + " bytes came back for a message of " + plan.size();
        }
        if (id <= 0) {
            return "transmission id " + id + " (expected: above 0)";
        }
        return stats.addId(id) ? null : "transmission id " + id + " came twice";
    }

    private String readErrorText(ByteBuf in) {
        while (errorTextLeft > 0 && in.isReadable() && errorText.size() < MAX_ERROR_TEXT) {
            errorText.write(in.readByte());
            errorTextLeft--;
        }
        return errorTextLeft == 0 || errorText.size() == MAX_ERROR_TEXT
                ? "the server says: " + errorText.toString(StandardCharsets.UTF_8)
                : null;
    }

    private String readMessage(ByteBuf in, long sent) {
        long due = Math.min(plan.size() - receivedOfMessage, sent - received);
        if (due == 0) {
            return (received + in.readableBytes()) + " bytes came back, but only " + sent + " were sent";
        }
        int length = (int) Math.min(in.readableBytes(), due);
        long position = plan.position() + receivedOfMessage;
        int different = pattern.firstDifference(in, length, position);
        if (different >= 0) {
            return Units.format(
                    "wrong byte at offset %d: expected 0x%02x, got 0x%02x",
                    received + different,
                    pattern.byteAt(position + different),
                    in.getByte(in.readerIndex() + different));
        }
        in.skipBytes(length);
        received += length;
        receivedOfMessage += length;
        if (receivedOfMessage == plan.size()) {
            onMessage.accept(receivedOfMessage);
            receivedOfMessage = 0;
            inHeader = header != null;
            plan.advance();
        }
        return null;
    }
}
