package io.nettyslab.jmh;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What does a buffer cost at least whose references are counted, on this processor?
 *
 * <p>One operation writes so many fields of an object, as handing a buffer out and taking it back do, and ends with one
 * compare-and-set, as releasing it does. It waits until all writes before it have reached the cache: no allocator that
 * writes as much, and in which one of several racing releases wins, can be faster than this. See
 * docs/decisions/0006-finding-the-heap.md.
 *
 * <pre>{@code
 * java -jar jmh/target/benchmarks.jar ReleaseFloor
 * }</pre>
 */
public class ReleaseFloorBenchmark extends EventLoopBenchmark {

    /** Fields like those of a buffer and of its home. */
    @State(Scope.Thread)
    public static class Counted {
        private static final VarHandle STATE;

        static {
            try {
                STATE = MethodHandles.lookup().findVarHandle(Counted.class, "state", long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private long state;
        private int reader;
        private int writer;
        private int markedReader;
        private int markedWriter;
        private int capacity;
        private int maxCapacity;
        private int handle;
        private int next;
        private int head;
        private int ready;
        private int allocations;
        private int first;
        private int last;
        private int spare;
        private int slots;
        private int pages;

        private Counted write4() {
            reader = 0;
            writer = 0;
            markedReader = 0;
            markedWriter = 0;
            return this;
        }

        private Counted write8() {
            capacity = 256;
            maxCapacity = Integer.MAX_VALUE;
            handle = 1;
            next = 2;
            return write4();
        }

        private Counted write12() {
            head = 3;
            ready = 4;
            allocations = 5;
            first = 6;
            return write8();
        }

        private Counted write16() {
            last = 7;
            spare = 8;
            slots = 9;
            pages = 10;
            return write12();
        }

        private boolean count() {
            return STATE.compareAndSet(this, 0L, 0L);
        }
    }

    /** Writes without an atomic operation. */
    @Benchmark
    public Object control(Counted counted) {
        return counted.write16();
    }

    @Benchmark
    public boolean after0Writes(Counted counted) {
        return counted.count();
    }

    @Benchmark
    public boolean after4Writes(Counted counted) {
        return counted.write4().count();
    }

    @Benchmark
    public boolean after8Writes(Counted counted) {
        return counted.write8().count();
    }

    @Benchmark
    public boolean after12Writes(Counted counted) {
        return counted.write12().count();
    }

    @Benchmark
    public boolean after16Writes(Counted counted) {
        return counted.write16().count();
    }
}
