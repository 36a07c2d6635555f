package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How much memory does an allocator take for what is live, when the sizes that are asked for change over time?
 *
 * <p>Five phases: tiny, web, proxy, tiny, log-uniform. Each allocates until 48 MiB are live, and writes to every OS
 * page of what it gets; between two phases nine of ten buffers go, at random. Live bytes are capacities as requested.
 * The score is only how long all this took; the answer is in the secondary results, which need
 * {@link ReadingsProfiler}: bytes for each live byte, the worst of the five phases.
 *
 * <ul>
 *   <li>{@code reservedPerLive}: taken from the system by the allocator, at the end of a phase;
 *   <li>{@code reservedPerLivePeak}: the same at its highest within a phase, for what is live at the phase's end;
 *   <li>{@code residentPerLive}: growth of the process since before the allocator was made, at the end of a phase
 *       (Linux, direct buffers);
 *   <li>{@code javaHeapPerLive}, {@code javaHeapPerLiveWeb}: growth of the Java heap, at the end of any phase and of
 *       the web phase. For direct buffers this is what the allocator keeps for itself, buffer objects and tables;
 *   <li>{@code javaHeapPerReserved}: the same at the end of the web phase, for each byte reserved by then.
 * </ul>
 *
 * <p>The control draws and counts but holds no buffers, so it shows what the harness adds. Not in it is what the JIT
 * compiler takes to compile an allocator, which is part of {@code residentPerLive}. The web phase follows a tiny one,
 * so {@code javaHeapPerLiveWeb} counts what many small buffers left behind; {@code -p phases=web} is that mix alone. An
 * allocator that is thrown away has loaded the classes. One iteration for each fork, because a process that has grown
 * does not shrink to what it was.
 *
 * <pre>{@code
 * java -jar jmh/target/benchmarks.jar Footprint -p allocator=slab,pooled,adaptive -p kind=direct \
 *     -prof io.nettyslab.jmh.ReadingsProfiler
 * }</pre>
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class FootprintBenchmark extends EventLoopBenchmark {

    private static final long SEED = 0x5eed_f007L;
    private static final int SIZES = 1 << 16; // a power of two
    private static final int SMALLEST_OS_PAGE = 4096;
    private static final int MIB = 1 << 20;

    /** Bytes of a live buffer on average, at the least: tiny ones have twice as many. */
    private static final int SMALLEST_MEAN = 128;

    /** Tenths of the buffers that go between two phases. */
    private static final int MOST = 9;

    private static final int ALL = 10;

    /** Allocated bytes between two looks at what is reserved: little against what the allocators take at a time. */
    private static final int LOOK_EVERY = 256 * 1024;

    /** Which mixes follow each other. Constants are lower case because they are the values of {@code -p phases=}. */
    public enum Phases {
        changing(SizeMix.tiny, SizeMix.web, SizeMix.proxy, SizeMix.tiny, SizeMix.loguniform),
        web(SizeMix.web);

        private final SizeMix[] mixes;

        Phases(SizeMix... mixes) {
            this.mixes = mixes;
        }
    }

    /** Everything that is there before the allocator is, and the live buffers. */
    @State(Scope.Thread)
    public static class Load {
        @Param
        public BufferKind kind;

        /** MiB live at the end of each phase. */
        @Param({"48"})
        public int liveMiB;

        @Param({"changing"})
        public Phases phases;

        private SizeMix[] mixes;
        private int[][] sizes;
        private int[] capacities;
        private ByteBuf[] buffers;
        private int count;
        private long liveBytes;
        private Random random;
        private FootprintReadings readings;

        @Setup(Level.Iteration)
        public void prepare() {
            mixes = phases.mixes;
            sizes = new int[mixes.length][];
            for (int phase = 0; phase < mixes.length; phase++) {
                sizes[phase] = mixes[phase].sizes(SIZES, SIZES, SEED + phase);
            }
            random = new Random(SEED);
            capacities = new int[liveMiB * (MIB / SMALLEST_MEAN)];
            buffers = new ByteBuf[capacities.length];
            readings = new FootprintReadings();
        }

        /** Goes through the phases; if {@code allocator} is {@code null}, without buffers. */
        private void run(ByteBufAllocator allocator) {
            for (int phase = 0; phase < mixes.length; phase++) {
                fill(allocator, sizes[phase]);
                readings.endOfPhase(allocator, mixes[phase], liveBytes);
                release(phase == mixes.length - 1 ? ALL : MOST);
            }
            readings.publish(allocator, kind);
        }

        private void fill(ByteBufAllocator allocator, int[] sizes) {
            long target = (long) liveMiB * MIB;
            long nextLook = 0;
            for (int i = 0; liveBytes < target; i++) {
                int size = sizes[i & SIZES - 1];
                capacities[count] = size;
                liveBytes += size;
                if (allocator != null) {
                    buffers[count] = touch(kind.allocate(allocator, size), size);
                    if (liveBytes >= nextLook) {
                        readings.look(allocator);
                        nextLook = liveBytes + LOOK_EVERY;
                    }
                }
                count++;
            }
        }

        private static ByteBuf touch(ByteBuf buffer, int size) {
            for (int at = 0; at < size; at += SMALLEST_OS_PAGE) {
                buffer.setByte(at, 1);
            }
            return buffer.setByte(size - 1, 1);
        }

        /** Lets each buffer go with a probability of {@code tenths} tenths, and closes up the others. */
        private void release(int tenths) {
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (random.nextInt(ALL) >= tenths) {
                    capacities[kept] = capacities[i];
                    buffers[kept++] = buffers[i];
                } else {
                    liveBytes -= capacities[i];
                    ReferenceCountUtil.release(buffers[i]);
                }
            }
            Arrays.fill(buffers, kept, count, null);
            count = kept;
        }
    }

    /** The allocator, made last. */
    @State(Scope.Thread)
    public static class Fresh {
        @Param({"slab", "pooled", "adaptive", "unpooled"})
        public AllocatorKind allocator;

        private Load load;
        private ByteBufAllocator instance;

        @Setup(Level.Iteration)
        public void create(Load load) {
            this.load = load;
            loadClasses();
            load.readings = new FootprintReadings();
            instance = allocator.create();
        }

        /** What the JVM keeps of an allocator's classes is none of its books. */
        private void loadClasses() {
            ByteBufAllocator first = allocator.create();
            load.kind.allocate(first, 1).release();
            Discarding.discard(first);
        }

        @TearDown(Level.Iteration)
        public void discard() {
            Discarding.discard(instance);
        }
    }

    /** Goes through the phases without an allocator. */
    @Benchmark
    public void control(Load load) {
        load.run(null);
    }

    @Benchmark
    public void goThroughPhases(Fresh fresh) {
        fresh.load.run(fresh.instance);
    }
}
