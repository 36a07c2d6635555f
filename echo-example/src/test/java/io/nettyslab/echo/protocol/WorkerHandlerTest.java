package io.nettyslab.echo.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.echo.testing.FrameSplit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerHandlerTest {

    private final SlabByteBufAllocator slabs =
            SlabByteBufAllocator.builder().maxMemory(8L << 20).slabSize(4 << 20).build();
    private final List<Runnable> work = new ArrayList<>();
    private final List<Object> seenLast = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    WorkerHandlerTest() {
        channel.config().setAllocator(slabs);
        AtomicLong transmissions = new AtomicLong();
        channel.pipeline()
                .addLast(
                        new FrameDecoder(1, 1 << 20),
                        new WorkerHandler(work::add, transmissions, number -> {}),
                        new FramedHandler(transmissions),
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                                seenLast.add(event);
                            }
                        });
    }

    @AfterEach
    void nothingIsLeft() {
        channel.finishAndReleaseAll();
        work.forEach(Runnable::run);
        channel.runPendingTasks();
        channel.releaseOutbound();
        assertThat(slabs.metric().buffersInUse()).isZero();
        slabs.close();
    }

    private void send(int messages, int size) {
        for (int i = 0; i < messages; i++) {
            byte[] frame = FrameSplit.frame(new byte[size]);
            frame[4] = (byte) i;
            channel.writeInbound(slabs.directBuffer().writeBytes(frame));
        }
    }

    private void runShuffled(long seed) {
        Collections.shuffle(work, new Random(seed));
        for (Runnable task : work) {
            task.run();
            channel.runPendingTasks();
        }
        work.clear();
    }

    /** Returns what was sent so far as "id:first byte of the message", errors as their text. */
    private List<String> replies() {
        List<String> replies = new ArrayList<>();
        for (ByteBuf reply = channel.readOutbound(); reply != null; reply = channel.readOutbound()) {
            assertThat(reply.readInt()).isEqualTo(reply.readableBytes());
            long id = reply.readLong();
            replies.add(id == 0 ? reply.toString(UTF_8) : id + ":" + reply.readByte());
            reply.release();
        }
        return replies;
    }

    @Test
    void workDoneInAnyOrder_repliesInOrder() {
        for (int seed = 0; seed < 20; seed++) {
            int first = 10 * seed;
            send(10, 5);
            assertThat(replies()).isEmpty();

            runShuffled(seed);

            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                expected.add(first + i + 1 + ":" + i);
            }
            assertThat(replies()).isEqualTo(expected);
        }
    }

    @Test
    void endOfConnection_waitsForTheLastReply() {
        send(3, 5);
        channel.pipeline().fireUserEventTriggered(End.STOP);
        assertThat(seenLast).isEmpty();

        runShuffled(1);

        assertThat(replies()).containsExactly("1:0", "2:1", "3:2");
        assertThat(seenLast).containsExactly(End.STOP);
    }

    @Test
    void refusal_comesAfterTheRepliesBefore() {
        send(2, 5);
        channel.writeInbound(slabs.directBuffer().writeInt(0));

        runShuffled(1);
        channel.runPendingTasks();

        assertThat(replies()).containsExactly("1:0", "2:1", "length: 0 (expected: 1 to 1048576)");
        assertThat(seenLast).containsExactly(End.LAST_ANSWER);
    }

    @Test
    void muchAtWork_makesTheChannelUnwritable_untilItIsDone() {
        int high = channel.config().getWriteBufferHighWaterMark();
        send(1, high);
        assertThat(channel.isWritable()).isTrue();
        send(1, 1);
        assertThat(channel.isWritable()).isFalse();

        runShuffled(1);

        assertThat(channel.isWritable()).isTrue();
    }

    @Test
    void connectionGone_repliesAreReleased() {
        send(5, 5);
        channel.close();

        runShuffled(1);

        assertThat(slabs.metric().buffersInUse()).isZero();
    }
}
