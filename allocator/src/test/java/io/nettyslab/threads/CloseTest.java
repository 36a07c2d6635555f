package io.nettyslab.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.testing.EventLoop;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.Pattern;
import io.nettyslab.testing.PlainThread;
import io.nettyslab.testing.Seed;
import io.nettyslab.testing.Worker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code close()} with buffers out and threads at work. Forbidden: memory freed under a live buffer, memory that is
 * never freed, a request that is served after all, and any exception but {@link IllegalStateException}.
 */
@LeakLevel(Level.DISABLED)
class CloseTest {

    private static final int MIB = 1 << 20;
    private static final int[] CAPACITIES = {10, 1000, 40_000, 600_000};
    private static final int AT_WORK = 4; // the first of the workers, of more than one kind
    private static final int STEPS_BEFORE_CLOSE = 500;
    private static final int LIVE = 32;
    private static final int RACES = 20_000;
    private static final Seed SEED = Seed.of(CloseTest.class);

    private final SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
            .slabSize(MIB)
            .maxMemory(8 * MIB)
            .maxUnpooledMemory(8 * MIB)
            .build();
    private final List<Worker> workers = new ArrayList<>();

    @BeforeEach
    void startWorkers() {
        for (int i = 0; i < 2; i++) {
            for (WorkerKind kind : WorkerKind.values()) {
                workers.add(kind.start());
            }
        }
    }

    @AfterEach
    void endWorkers() {
        workers.forEach(Worker::close);
        allocator.close();
        assertThatEverythingIsFreed();
    }

    @Test
    void buffersThatAreOutStayUsableAndTheLastOneFreesTheSlabs() {
        List<Numbered> out = new ArrayList<>();
        workers.forEach(worker -> out.addAll(worker.call(this::allocateSome)));
        allocator.close();
        allocator.close(); // has nothing left to do

        out.forEach(Numbered::check);
        workers.forEach(worker -> worker.run(this::assertThatRequestsAreRefused));
        assertThatRequestsAreRefused();
        List<Numbered> rewritten = out.stream().map(CloseTest::rewrite).toList();
        rewritten.forEach(Numbered::check);
        assertThat(allocator.metric().reservedDirectMemory()).isPositive();
        assertThat(allocator.metric().reservedHeapMemory()).isPositive();

        Numbered last = rewritten.get(rewritten.size() - 1);
        for (int i = 0; i < rewritten.size() - 1; i++) {
            Numbered next = rewritten.get(i);
            workers.get(i % workers.size()).run(next::release); // its own thread or another, as it falls
        }
        last.check();
        assertThat(allocator.metric().buffersInUse()).isOne();
        workers.get(0).run(last::release);
        await().untilAsserted(this::assertThatEverythingIsFreed);
    }

    private static Numbered rewrite(Numbered numbered) {
        Numbered next = new Numbered(numbered.buffer(), numbered.id() + 1000);
        Pattern.write(next.buffer(), next.id());
        return next;
    }

    @ParameterizedTest
    @EnumSource
    void growthIsRefusedPastTheSlotOnlyAndLeavesTheBufferAsItIs(Kind kind) {
        for (Worker worker : workers) {
            worker.run(() -> allocator.directBuffer().release());
        }
        Numbered numbered = workers.get(0).call(() -> Numbered.allocate(allocator, kind, 150, 1));
        ByteBuf buffer = numbered.buffer();
        allocator.close();
        for (Worker worker : workers) {
            worker.run(() -> assertThatIllegalStateException()
                    .isThrownBy(() -> buffer.capacity(161))
                    .withMessageContaining("closed"));
        }
        numbered.check();
        assertThat(buffer.refCnt()).isOne();
        buffer.capacity(160).setByte(159, 1);
        buffer.capacity(150);
        numbered.release();
    }

    /** Above the largest slot, where a buffer has a run of its own. */
    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("try") // closed in the middle, and once more
    void aLargeBufferThatIsOutKeepsItsSlabAndNoOtherIsServed(Kind kind) {
        int large = 3 * MIB / 2;
        try (SlabByteBufAllocator larger = SlabByteBufAllocator.builder()
                .slabSize(4 * MIB)
                .initialSlabs(0)
                .maxMemory(8 * MIB)
                .build()) {
            Numbered out = workers.get(0).call(() -> Numbered.allocate(larger, kind, large, 1));
            assertThat(larger.isFromSlab(out.buffer())).isTrue();
            larger.close();
            for (Worker worker : workers) {
                worker.run(() -> assertThatIllegalStateException()
                        .isThrownBy(() -> kind.allocate(larger, large))
                        .withMessageContaining("closed"));
            }
            assertThat(kind.reserved(larger.metric())).isEqualTo(4 * MIB);
            workers.get(1).run(out::release);
            assertThat(kind.reserved(larger.metric())).isZero();
        }
    }

    @Test
    void idleEventLoopsHandOverByThemselves() {
        workers.stream()
                .filter(EventLoop.class::isInstance)
                .forEach(loop -> loop.run(() -> Numbered.releaseAll(allocateSome())));
        assertThat(allocator.metric().reservedHeapMemory()).isPositive();
        allocator.close();
        await().untilAsserted(this::assertThatEverythingIsFreed);
    }

    @Test
    void eventLoopThatClosesTheAllocatorHandsOverAtOnce() {
        try (Worker loop = new EventLoop()) {
            loop.run(() -> {
                Numbered.releaseAll(allocateSome());
                allocator.close();
                assertThatEverythingIsFreed();
            });
        }
    }

    @Test
    void withNothingOutAPlainThreadFreesAtOnce() {
        try (Worker plain = new PlainThread()) {
            plain.run(() -> {
                Numbered.releaseAll(allocateSome());
                allocator.close();
                assertThatEverythingIsFreed();
            });
        }
    }

    @Test
    void aBufferWhoseSlabIsGoneStillTellsWhatItIs() {
        ByteBuf buffer = allocator.directBuffer(10);
        buffer.release();
        allocator.close();
        assertThatEverythingIsFreed();
        assertThat(buffer.refCnt()).isZero();
        assertThat(buffer.capacity()).isEqualTo(10);
        assertThat(buffer.isDirect()).isTrue();
        buffer.hasMemoryAddress(); // either answer will do
        assertThat(buffer).hasToString(buffer.getClass().getSimpleName() + "(freed)");
    }

    @Test
    void ownerWithoutExecutorHandsOverAtItsNextRelease() {
        try (Worker owner = new CleanedUpThread()) {
            List<Numbered> out = owner.call(this::allocateSome);
            Numbered last = out.remove(0);
            owner.run(() -> Numbered.releaseAll(out));
            allocator.close();
            assertThat(allocator.metric().reservedDirectMemory()).isPositive();
            owner.run(last::release);
            assertThatEverythingIsFreed();
        }
    }

    @Test
    void ownerWithoutExecutorHandsOverAtItsNextRequest() {
        try (Worker owner = new CleanedUpThread()) {
            owner.run(() -> Numbered.releaseAll(allocateSome()));
            allocator.close();
            owner.run(this::assertThatRequestsAreRefused);
            assertThatEverythingIsFreed();
        }
    }

    @Test
    void ownerWithoutExecutorHandsOverWhenItEnds() {
        try (Worker owner = new CleanedUpThread()) {
            Numbered.releaseAll(owner.call(this::allocateSome));
            allocator.close();
            assertThat(allocator.metric().buffersInUse()).isZero();
        }
        assertThatEverythingIsFreed();
    }

    @ParameterizedTest
    @EnumSource
    void unpooledBuffersStayUsableToo(Kind kind) {
        Numbered unpooled = workers.get(0).call(() -> Numbered.allocate(allocator, kind, 2 * MIB, 7));
        assertThat(kind.unpooled(allocator.metric())).isEqualTo(2 * MIB);
        allocator.close();
        unpooled.check();
        assertThat(kind.reserved(allocator.metric())).isEqualTo(2 * MIB);
        workers.get(1).run(unpooled::release);
        await().untilAsserted(this::assertThatEverythingIsFreed);
    }

    @RepeatedTest(value = 20, failureThreshold = 1)
    void closeAgainstThreadsAtWork(RepetitionInfo repetition) throws InterruptedException {
        CountDownLatch warm = new CountDownLatch(AT_WORK);
        CountDownLatch closed = new CountDownLatch(1);
        List<Future<Void>> atWork = IntStream.range(0, AT_WORK)
                .mapToObj(i -> workers.get(i).<Void>start(() -> {
                    workUntilClosed(SEED.random(repetition.getCurrentRepetition() * AT_WORK + i), warm, closed);
                    return null;
                }))
                .toList();
        boolean allWarm = warm.await(1, TimeUnit.MINUTES);
        allocator.close(); // in any case: it ends their work
        closed.countDown();
        assertThat(allWarm).isTrue();
        atWork.forEach(Worker::await);
        assertThat(allocator.metric().buffersInUse()).isZero();
        await().untilAsserted(this::assertThatEverythingIsFreed);
    }

    /** Anything but the refusal ends the test; what is out is checked once more long after the refusal. */
    private void workUntilClosed(SplittableRandom random, CountDownLatch warm, CountDownLatch closed)
            throws InterruptedException {
        Deque<Numbered> live = new ArrayDeque<>();
        try {
            for (long step = 0; ; step++) {
                if (live.size() == LIVE) {
                    live.remove().release();
                }
                Kind kind = Kind.values()[random.nextInt(2)];
                live.add(Numbered.allocate(
                        allocator, kind, 1 << random.nextInt(4, 15), step << 8 | random.nextInt(256)));
                if (step == STEPS_BEFORE_CLOSE) {
                    warm.countDown();
                }
            }
        } catch (IllegalStateException refused) {
            assertThat(refused).hasMessageContaining("closed");
        }
        closed.await(); // until then, one request may be refused and the next one still be served
        assertThatRequestsAreRefused();
        Numbered.releaseAll(List.copyOf(live));
    }

    /** One of them finds the heap locked by the other, and leaves its buffer at the door. */
    @Test
    void twoLastReleasesAtOnceLeaveNoBufferBehind() {
        SpinBarrier together = new SpinBarrier(2);
        for (int round = 0; round < RACES; round++) {
            SlabByteBufAllocator shortLived = SlabByteBufAllocator.builder()
                    .slabSize(MIB)
                    .initialSlabs(0)
                    .maxMemory(MIB)
                    .build();
            ByteBuf one = shortLived.heapBuffer(100);
            ByteBuf other = shortLived.heapBuffer(100);
            shortLived.close();
            Future<Boolean> atOnce = workers.get(0).start(() -> {
                together.await();
                return one.release();
            });
            together.await();
            other.release();
            assertThat(Worker.await(atOnce)).isTrue();
            assertThat(shortLived.metric().reservedHeapMemory())
                    .as("round %s", round)
                    .isZero();
        }
    }

    // --------------------------------------------------------------------------------------------------- helpers

    /** Of both kinds, slots and a large buffer each. */
    private List<Numbered> allocateSome() {
        List<Numbered> out = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int capacity : CAPACITIES) {
                out.add(Numbered.allocate(allocator, kind, capacity, out.size()));
            }
        }
        return out;
    }

    private void assertThatRequestsAreRefused() {
        for (Kind kind : Kind.values()) {
            for (int capacity : CAPACITIES) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> kind.allocate(allocator, capacity))
                        .withMessageContaining("closed");
            }
            assertThatIllegalStateException().isThrownBy(() -> kind.allocate(allocator, 2 * MIB));
        }
    }

    private void assertThatEverythingIsFreed() {
        assertThat(allocator.metric().bytesInUse()).isZero();
        assertThat(allocator.metric().reservedDirectMemory()).isZero();
        assertThat(allocator.metric().reservedHeapMemory()).isZero();
    }
}
