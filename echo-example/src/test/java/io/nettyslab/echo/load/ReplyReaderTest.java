package io.nettyslab.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nettyslab.echo.net.TransportKind;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplyReaderTest {

    private static final int SENT = 1_000_000; // bytes under way, more than any test answers

    private final BytePattern pattern = new BytePattern(1, 0);
    private final LoopStats stats = new LoopStats();
    private final List<Integer> messages = new ArrayList<>();

    private static LoadTraffic traffic() {
        return new LoadTraffic(MessageSizes.parse("1-40"), 1, 0, 0, 0, 1);
    }

    private ReplyReader reader(LoadProtocol protocol) {
        return reader(protocol, stats);
    }

    private ReplyReader reader(LoadProtocol protocol, LoopStats stats) {
        LoadSettings settings = new LoadSettings(
                TransportKind.NIO,
                null,
                new InetSocketAddress(1),
                1,
                1,
                Duration.ZERO,
                0,
                Duration.ofSeconds(1),
                new LoadWire(protocol, false, 0),
                traffic());
        return new ReplyReader(settings, 0, pattern, stats, messages::add);
    }

    /** Right replies to the first messages. */
    private ByteBuf replies(LoadProtocol protocol, int count) {
        ByteBuf all = Unpooled.buffer();
        MessagePlan plan = new MessagePlan(traffic(), 0);
        for (int i = 1; i <= count; i++) {
            if (protocol == LoadProtocol.FRAMED) {
                all.writeInt(8 + plan.size()).writeLong(i);
            }
            all.ensureWritable(plan.size());
            pattern.write(all, plan.position(), plan.size());
            plan.advance();
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(LoadProtocol.class)
    void read_rightReplies_howeverTheyAreSplit(LoadProtocol protocol) {
        ByteBuf all = replies(protocol, 20);
        for (int length = 1; length <= all.readableBytes(); length++) {
            messages.clear();
            ReplyReader reader = reader(protocol, new LoopStats());
            ByteBuf stream = all.duplicate();
            while (stream.isReadable()) {
                ByteBuf part = stream.readSlice(Math.min(length, stream.readableBytes()));
                assertThat(reader.read(part, SENT)).isNull();
            }
            assertThat(messages).hasSize(20);
            assertThat(reader.received())
                    .isEqualTo(messages.stream().mapToInt(i -> i).sum());
        }
    }

    @ParameterizedTest
    @EnumSource(LoadProtocol.class)
    void read_anyByteOfAMessageWrong_isFoundWhereItIs(LoadProtocol protocol) {
        ByteBuf all = replies(protocol, 1);
        int header = protocol == LoadProtocol.FRAMED ? 12 : 0;
        for (int at = header; at < all.readableBytes(); at++) {
            ByteBuf wrong = all.copy();
            wrong.setByte(at, wrong.getByte(at) ^ 1);
            assertThat(reader(protocol, new LoopStats()).read(wrong, SENT))
                    .startsWith("wrong byte at offset " + (at - header) + ": expected 0x");
        }
    }

    @Test
    void readRaw_moreThanWasSent_isRefused() {
        assertThat(reader(LoadProtocol.RAW).read(replies(LoadProtocol.RAW, 1), 0))
                .endsWith("bytes came back, but only 0 were sent");
    }

    @Test
    void readFramed_unasked_isRefused() {
        assertThat(reader(LoadProtocol.FRAMED).read(replies(LoadProtocol.FRAMED, 1), 0))
                .endsWith("but nothing was asked");
    }

    @Test
    void readFramed_idTwice_isRefused() {
        ByteBuf all = replies(LoadProtocol.FRAMED, 2);
        int second = 4 + all.getInt(0);
        all.setLong(second + 4, 1);

        assertThat(reader(LoadProtocol.FRAMED).read(all, SENT)).isEqualTo("transmission id 1 came twice");
    }

    @Test
    void readFramed_idOfAnotherConnection_isRefused() {
        assertThat(reader(LoadProtocol.FRAMED).read(replies(LoadProtocol.FRAMED, 1), SENT))
                .isNull();
        assertThat(reader(LoadProtocol.FRAMED).read(replies(LoadProtocol.FRAMED, 1), SENT))
                .isEqualTo("transmission id 1 came twice");
    }

    @Test
    void readFramed_negativeIdOrWrongLength_isRefused() {
        ByteBuf negative = replies(LoadProtocol.FRAMED, 1);
        negative.setLong(4, -5);
        ByteBuf longer = replies(LoadProtocol.FRAMED, 1);
        longer.setInt(0, longer.getInt(0) + 1);

        assertThat(reader(LoadProtocol.FRAMED).read(negative, SENT))
                .isEqualTo("transmission id -5 (expected: above 0)");
        assertThat(reader(LoadProtocol.FRAMED).read(longer, SENT)).contains("came back for a message of");
    }

    @Test
    void readFramed_errorFrame_isTheServersWord() {
        byte[] text = "length -1 is not allowed \u2013 really".getBytes(StandardCharsets.UTF_8);
        ByteBuf frame = Unpooled.buffer().writeInt(8 + text.length).writeLong(0).writeBytes(text);
        ReplyReader reader = reader(LoadProtocol.FRAMED);
        String fault = null;
        while (fault == null && frame.isReadable()) {
            fault = reader.read(frame.readSlice(1), SENT);
        }

        assertThat(fault).isEqualTo("the server says: length -1 is not allowed \u2013 really");
    }
}
