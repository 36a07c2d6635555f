package io.nettyslab.echo.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.echo.testing.EchoSocket;
import io.nettyslab.echo.testing.FrameSplit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramedHandlerTest {

    private static final int MAX = 1 << 20;

    private final SlabByteBufAllocator slabs = SlabByteBufAllocator.builder()
            .maxMemory(16L << 20)
            .slabSize(4 << 20)
            .build();
    private final AtomicLong transmissions = new AtomicLong();
    private EmbeddedChannel channel = newChannel();

    private EmbeddedChannel newChannel() {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(1, MAX), new FramedHandler(transmissions));
        channel.config().setAllocator(slabs);
        return channel;
    }

    @AfterEach
    void nothingIsLeft() {
        channel.finishAndReleaseAll();
        assertThat(slabs.metric().buffersInUse()).isZero();
        slabs.close();
    }

    private void read(byte[] bytes) {
        channel.writeInbound(slabs.directBuffer(bytes.length).writeBytes(bytes));
    }

    private byte[] written() {
        channel.flushOutbound();
        ByteBuf all = slabs.directBuffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes).release();
        return bytes;
    }

    private static byte[] replies(long firstId, List<byte[]> messages) {
        ByteBuffer replies = ByteBuffer.allocate(
                messages.stream().mapToInt(message -> 12 + message.length).sum());
        long id = firstId;
        for (byte[] message : messages) {
            replies.putInt(8 + message.length).putLong(id++).put(message);
        }
        return replies.array();
    }

    private static byte[] repliesToStream(long firstId) {
        return replies(
                firstId,
                FrameSplit.MESSAGES.stream().map(m -> m.getBytes(US_ASCII)).toList());
    }

    @ParameterizedTest
    @EnumSource(FrameSplit.class)
    void messages_splitOverReads_areAnsweredOnceAndInOrder(FrameSplit split) {
        split.reads().forEach(this::read);

        assertThat(written()).isEqualTo(repliesToStream(1));
        assertThat(slabs.metric().buffersInUse()).isZero();
    }

    /** The table of splits is what one thinks of; this is all there is with up to three reads. */
    @Test
    void messages_cutInAnyTwoPlaces_areAnswered() {
        byte[] stream = FrameSplit.stream();
        for (int from = 0; from <= stream.length; from++) {
            for (int to = from; to <= stream.length; to++) {
                long firstId = transmissions.get() + 1;
                FrameSplit.cut(stream, from, to).forEach(this::read);
                assertThat(written()).as("cut at %d and %d", from, to).isEqualTo(repliesToStream(firstId));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 1500})
    void largeMessages_inSmallReads_comeBack(int readSize) {
        List<byte[]> messages =
                List.of(EchoSocket.randomBytes(1, 1000), EchoSocket.randomBytes(2, 1), EchoSocket.randomBytes(3, 5555));
        ByteBuffer stream = ByteBuffer.allocate(3 * 4 + 1000 + 1 + 5555);
        messages.forEach(message -> stream.put(FrameSplit.frame(message)));
        for (int at = 0; at < stream.capacity(); at += readSize) {
            read(Arrays.copyOfRange(stream.array(), at, Math.min(stream.capacity(), at + readSize)));
        }

        assertThat(written()).isEqualTo(replies(1, messages));
    }

    @Test
    void largeMessage_inFullReads_isNotCopied() {
        byte[] frame = FrameSplit.frame(EchoSocket.randomBytes(1, MAX));
        List<ByteBuf> reads = new ArrayList<>();
        for (int at = 0; at < frame.length; at += 65_536) {
            int end = Math.min(frame.length, at + 65_536);
            ByteBuf read = slabs.directBuffer(end - at).writeBytes(frame, at, end - at);
            reads.add(read.retain());
            channel.writeInbound(read);
        }
        channel.flushOutbound();
        ByteBuf header = channel.readOutbound();
        ByteBuf message = channel.readOutbound();

        reads.forEach(read -> read.setByte(0, 42)); // shows through wherever memory is shared
        for (int i = 1; i < reads.size(); i++) {
            assertThat(message.getByte(i * 65_536 - 4)).as("read %d", i).isEqualTo((byte) 42);
        }
        reads.forEach(ByteBuf::release);
        header.release();
        message.release();
    }

    @Test
    void smallMessage_isASliceOfTheRead() {
        ByteBuf read = slabs.directBuffer(64).writeBytes(FrameSplit.frame(new byte[10]));
        channel.writeInbound(read);
        channel.flushOutbound();
        ByteBuf header = channel.readOutbound();
        ByteBuf message = channel.readOutbound();

        assertThat(header.readableBytes()).isEqualTo(12);
        assertThat(message.memoryAddress()).isEqualTo(read.memoryAddress() + 4);
        header.release();
        message.release();
    }

    /** Large read buffers with one byte in each: what is held must follow what was sent. */
    @Test
    void dripping_holdsNoMoreThanTwiceWhatCame() {
        byte[] frame = FrameSplit.frame(new byte[5000]);
        for (int i = 0; i < 3000; i++) {
            channel.writeInbound(slabs.directBuffer(2048).writeByte(frame[i]));
        }

        assertThat(slabs.metric().bytesInUse()).isLessThanOrEqualTo(2 * 4096);
        assertThat(channel.pipeline().get(FrameDecoder.class).unfinishedBytes()).isEqualTo(3000);
    }

    /** Reads that always end inside a frame: the decoder never runs empty, yet must let go of what is answered. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4}) // full read buffers, and such with little in them
    void burstWithoutPause_holdsNoMoreThanSomeReads(int spare) {
        int size = 16 << 10;
        byte[] frames = new byte[30 * size];
        byte[] frame = FrameSplit.frame(new byte[3000]);
        for (int i = 0; i < frames.length; i++) {
            frames[i] = frame[i % frame.length];
        }
        for (int at = 0; at < frames.length - size; at += size) {
            channel.writeInbound(slabs.directBuffer(spare * size).writeBytes(frames, at, size));
            written(); // flushed after each read, as the server does
            assertThat(slabs.metric().bytesInUse()).as("after %d bytes", at).isLessThanOrEqualTo(4L * size);
        }
        assertThat(transmissions.get()).isGreaterThan(150);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, MAX + 1, Integer.MAX_VALUE})
    void lengthOutOfRange_isRefusedAfterTheAnswersBefore(int length) {
        read(FrameSplit.frame(new byte[] {1, 2}));
        ByteBuf bad = slabs.directBuffer().writeBytes(FrameSplit.frame(new byte[] {3}));
        channel.writeInbound(bad.writeInt(length).writeBytes(new byte[100]));
        read(FrameSplit.frame(new byte[] {4})); // dropped: nobody knows where a frame begins

        String text = "length: " + length + " (expected: 1 to 1048576)";
        byte[] good = replies(1, List.of(new byte[] {1, 2}, new byte[] {3}));
        byte[] error = replies(0, List.of(text.getBytes(UTF_8)));
        assertThat(written())
                .isEqualTo(ByteBuffer.allocate(good.length + error.length)
                        .put(good)
                        .put(error)
                        .array());
    }

    @Test
    void largestAndSmallest_areAllowed() {
        byte[] largest = EchoSocket.randomBytes(1, MAX);
        read(FrameSplit.frame(largest));
        read(FrameSplit.frame(new byte[1]));

        assertThat(written()).isEqualTo(replies(1, List.of(largest, new byte[1])));
    }

    @Test
    void close_inTheMiddleOfAMessage_leavesNothing() {
        read(Arrays.copyOf(FrameSplit.stream(), 9));
        assertThat(slabs.metric().buffersInUse()).isPositive();

        channel.close();

        assertThat(slabs.metric().buffersInUse()).isZero();
    }
}
