package io.nettyslab.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.OverflowPolicy;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.SlabExhaustedError;
import io.nettyslab.buffer.SlabByteBuf;
import io.nettyslab.testing.EventLoop;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.PlainThread;
import io.nettyslab.testing.Seed;
import io.nettyslab.testing.Worker;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Buffers of event loops, released by other threads. Forbidden: a slot that never comes back to its owner, one that is
 * handed out twice, or a pool that grows although everything was released.
 */
@LeakLevel(Level.DISABLED)
class RemoteFreeTest {

    private static final int MIB = 1 << 20;
    private static final long BOUND = 4 * MIB;
    private static final int PAIRS = 2;
    private static final int STEPS = 30_000;
    private static final int IN_FLIGHT = 64;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final Seed SEED = Seed.of(RemoteFreeTest.class);

    private final SlabByteBufAllocator allocator = newAllocator();

    @AfterEach
    void closeAllocator() {
        allocator.close();
        assertThat(allocator.metric().reservedDirectMemory()).isZero();
        assertThat(allocator.metric().reservedHeapMemory()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLostOrHandedOutTwice(Kind kind) {
        List<Worker> owners = startEventLoops();
        List<Worker> releasers = List.of(new EventLoop(), new PlainThread());
        BlockingQueue<Numbered> queue = new ArrayBlockingQueue<>(IN_FLIGHT);
        List<Future<Void>> work = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            int stream = i;
            work.add(owners.get(i).start(() -> produce(kind, stream, queue)));
            work.add(releasers.get(i).start(() -> consume(queue)));
        }
        work.forEach(Worker::await);

        assertThat(kind.used(allocator.metric())).isZero();
        assertThat(allocator.metric().buffersInUse()).isZero();
        owners.forEach(Worker::close);
        releasers.forEach(Worker::close);
        assertThat(allocator.metric().buffersInUse()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void ownerCanUseAllItsMemoryAgainAndInOtherSizes(Kind kind) {
        int[] capacities = {1024, 1024, 64 * 1024, 300, 300, MIB, 5000, 1024};
        try (Worker owner = new EventLoop();
                Worker other = new PlainThread()) {
            for (int capacity : capacities) {
                List<Numbered> all = owner.call(() -> Numbered.fill(allocator, kind, capacity));
                assertThat(all).as("buffers of %s bytes", capacity).hasSize(whatFitsUnused(kind, capacity));
                assertThat(kind.reserved(allocator.metric())).isEqualTo(BOUND);

                other.run(() -> Numbered.releaseAll(all));
                assertThat(allocator.metric().buffersInUse()).isZero();
                assertThat(kind.used(allocator.metric())).isZero();
            }
        }
    }

    /** A slot that is lost on the way home makes the pool smaller by one; here it takes few to stop the owner. */
    @Test
    void ownerAtTheBoundAlwaysGetsWhatOthersRelease() {
        try (Worker owner = new EventLoop();
                Worker other = new EventLoop()) {
            BlockingQueue<Numbered> queue = new ArrayBlockingQueue<>(2 * (int) (BOUND / MIB));
            Future<Void> released = other.start(() -> consume(queue));
            owner.run(() -> {
                try {
                    for (int i = 0; i < STEPS; i++) {
                        queue.put(allocatePatiently(i));
                    }
                } finally {
                    queue.put(END);
                }
            });
            Worker.await(released);
            List<Numbered> all = owner.call(() -> Numbered.fill(allocator, Kind.DIRECT, MIB));
            assertThat(all).hasSize((int) (BOUND / MIB));
            owner.run(() -> Numbered.releaseAll(all));
        }
    }

    /**
     * A user who asks for an NIO view while another thread releases the buffer may put the object for it into place
     * when the buffer waits for its owner already. Here that comes from outside, since nobody can stop a thread there.
     */
    @ParameterizedTest
    @EnumSource
    void whoRacesWithTheReleaseOfAGrownBufferLosesNoOther(Kind kind) throws ReflectiveOperationException {
        Field views = SlabByteBuf.class.getDeclaredField("views");
        Constructor<?> constructor = views.getType().getDeclaredConstructor(SlabByteBuf.class);
        views.setAccessible(true);
        constructor.setAccessible(true);
        try (Worker owner = new EventLoop();
                Worker other = new PlainThread()) {
            List<ByteBuf> grown = owner.call(() -> IntStream.range(0, 3)
                    .mapToObj(i -> kind.allocate(allocator, 1024).capacity(2048))
                    .toList());
            for (ByteBuf buffer : grown) {
                other.run(() -> buffer.release());
                views.set(buffer, constructor.newInstance(buffer));
            }
            owner.run(() -> Numbered.releaseAll(Numbered.fill(allocator, kind, 2048)));
            assertThat(allocator.metric().buffersInUse()).isZero();
        }
    }

    /** Both push onto the same list. A buffer lost there leaves the owner with too few for the next round but one. */
    @Test
    void twoReleasesAtOnceBothArrive() {
        List<Worker> releasers = startEventLoops();
        SpinBarrier together = new SpinBarrier(PAIRS + 1);
        ByteBuf[] out = new ByteBuf[PAIRS]; // the barrier publishes it
        try (Worker owner = new EventLoop()) {
            List<Future<Void>> released = IntStream.range(0, PAIRS)
                    .mapToObj(i -> releasers.get(i).<Void>start(() -> {
                        for (int step = 0; step < STEPS; step++) {
                            together.await();
                            out[i].release();
                            together.await();
                        }
                        return null;
                    }))
                    .toList();
            owner.run(() -> {
                try {
                    for (int step = 0; step < STEPS; step++) {
                        Arrays.setAll(out, i -> allocator.directBuffer(MIB));
                        assertThat(out[0]).isNotSameAs(out[1]);
                        together.await();
                        together.await();
                    }
                } finally {
                    together.breakUp();
                }
            });
            released.forEach(Worker::await);
            assertThat(allocator.metric().buffersInUse()).isZero();
        } finally {
            releasers.forEach(Worker::close);
        }
    }

    private Numbered allocatePatiently(long id) {
        long deadline = System.nanoTime() + PATIENCE;
        for (; ; ) {
            try {
                return new Numbered(allocator.directBuffer(MIB).setLong(0, id), id);
            } catch (SlabExhaustedError full) {
                if (System.nanoTime() > deadline) {
                    throw full;
                }
                Thread.yield(); // until the other thread has released one
            }
        }
    }

    // ------------------------------------------------------------------------------------------------- the threads

    private static final Numbered END = new Numbered(null, -1);

    private Void produce(Kind kind, int stream, BlockingQueue<Numbered> queue) throws InterruptedException {
        SplittableRandom random = SEED.random(stream);
        try {
            for (int i = 0; i < STEPS; i++) {
                int capacity = 1 << random.nextInt(4, 13);
                queue.put(Numbered.allocate(allocator, kind, random.nextInt(capacity / 2, capacity), i));
            }
        } finally {
            queue.put(END);
        }
        return null;
    }

    /** Goes on to the end even if a buffer is wrong, or the producer would wait forever. */
    private static Void consume(BlockingQueue<Numbered> queue) throws InterruptedException {
        AssertionError wrong = null;
        for (Numbered next = queue.take(); next != END; next = queue.take()) {
            try {
                checkAndRelease(next);
            } catch (AssertionError e) {
                wrong = e;
            }
        }
        if (wrong != null) {
            throw wrong;
        }
        return null;
    }

    private static void checkAndRelease(Numbered next) {
        if (next.buffer().capacity() == MIB) {
            assertThat(next.buffer().getLong(0)).isEqualTo(next.id());
            next.buffer().release();
        } else {
            next.release();
        }
    }

    private static SlabByteBufAllocator newAllocator() {
        return SlabByteBufAllocator.builder()
                .slabSize(MIB)
                .initialSlabs(0)
                .maxMemory(BOUND)
                .maxPooledBufferSize(MIB)
                .overflowPolicy(OverflowPolicy.FAIL)
                .build();
    }

    /** How many buffers an allocator has room for that was never used. */
    private static int whatFitsUnused(Kind kind, int capacity) {
        try (SlabByteBufAllocator unused = newAllocator()) {
            List<Numbered> all = Numbered.fill(unused, kind, capacity);
            Numbered.releaseAll(all);
            return all.size();
        }
    }

    private static List<Worker> startEventLoops() {
        return IntStream.range(0, PAIRS).<Worker>mapToObj(i -> new EventLoop()).toList();
    }
}
