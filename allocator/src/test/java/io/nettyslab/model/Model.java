package io.nettyslab.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.nettyslab.SizeClassMetric;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.SlabByteBufAllocatorMetric;
import io.nettyslab.SlabExhaustedError;
import io.nettyslab.slab.SizeClasses;
import io.nettyslab.testing.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What must be true of the buffers of one allocator: a list of them, what is in each, and the slot it must lie in. */
final class Model {

    static final int LARGEST = 4 << 20;
    private static final int MOST_LIVE = 400;
    private static final long MOST_LIVE_BYTES = 40L << 20;

    private final SlabByteBufAllocator allocator;
    private final SplittableRandom random;
    private final String name;
    private final Noise noise;
    private final List<Live> live = new ArrayList<>();
    private long liveBytes; // slots
    private long ids;
    private long failures;
    private int step;

    /** A buffer that is out. */
    private static final class Live {
        private final ByteBuf buffer;
        private final Kind kind;
        private final long id;
        private int slot; // bytes

        Live(ByteBuf buffer, Kind kind, long id, int slot) {
            this.buffer = buffer;
            this.kind = kind;
            this.id = id;
            this.slot = slot;
        }
    }

    Model(SlabByteBufAllocator allocator, SplittableRandom random, String name) {
        this.allocator = allocator;
        this.random = random;
        this.name = name;
        this.noise = new Noise(LARGEST, random.split());
    }

    void step() {
        step++;
        if (live.size() >= MOST_LIVE || liveBytes > MOST_LIVE_BYTES) {
            release(pick());
            return;
        }
        int dice = random.nextInt(20);
        if (live.isEmpty() || dice < 8) {
            allocate();
        } else if (dice < 10) {
            grow(pick(), false);
        } else if (dice < 12) {
            grow(pick(), true);
        } else if (dice < 14) {
            shrink(pick());
        } else {
            release(pick());
        }
    }

    private Live pick() {
        return live.get(random.nextInt(live.size()));
    }

    private int anySize(int most) {
        return random.nextInt(50) == 0 ? 0 : (int) Math.pow(most, random.nextDouble());
    }

    private void allocate() {
        Kind kind = random.nextInt(3) == 0 ? Kind.HEAP : Kind.DIRECT;
        int capacity = anySize(LARGEST);
        try {
            ByteBuf buffer = kind.allocate(allocator, capacity);
            Live added = new Live(buffer, kind, ids++, slotFor(capacity));
            live.add(added);
            liveBytes += added.slot;
            noise.set(buffer, added.id, 0, capacity);
            check(buffer.capacity() == capacity && buffer.isDirect() == kind.isDirect(), "a fresh buffer", added);
            check(buffer.refCnt() == 1 && buffer.readerIndex() == 0 && buffer.writerIndex() == 0, "indices", added);
            check(allocator.isFromSlab(buffer), "its memory", added);
        } catch (SlabExhaustedError full) {
            failures++;
        }
    }

    private void grow(Live it, boolean byWriting) {
        ByteBuf buffer = it.buffer;
        int before = buffer.capacity();
        checkContents(it, before);
        int more = anySize(LARGEST - before + 1);
        if (more > LARGEST - before) {
            return;
        }
        try {
            if (byWriting) {
                buffer.writerIndex(before);
                noise.write(buffer, it.id, more);
            } else {
                buffer.capacity(before + more);
            }
            int after = buffer.capacity();
            check(byWriting ? after >= before + more : after == before + more, "capacity after growth", it);
            checkContents(it, byWriting ? before + more : before);
            noise.set(buffer, it.id, 0, after);
            resize(it, byWriting ? roomFor(it, after) : after);
        } catch (SlabExhaustedError full) {
            failures++;
            check(buffer.capacity() == before, "capacity after growth failed", it);
            checkContents(it, before);
        }
    }

    private void shrink(Live it) {
        int capacity = random.nextInt(it.buffer.capacity() + 1);
        checkContents(it, it.buffer.capacity());
        it.buffer.capacity(capacity);
        check(it.buffer.capacity() == capacity && it.buffer.writerIndex() <= capacity, "shrinking", it);
        checkContents(it, capacity);
    }

    private void release(Live it) {
        checkContents(it, it.buffer.capacity());
        live.remove(it);
        liveBytes -= it.slot;
        check(it.buffer.release(), "the last reference", it);
    }

    /** A buffer that outgrows its slot moves to the smallest that has the room; one that shrinks stays. */
    private void resize(Live it, int capacity) {
        if (capacity > it.slot) {
            liveBytes -= it.slot;
            it.slot = slotFor(capacity);
            liveBytes += it.slot;
        }
    }

    /** Writing may find twice the room that its rule of growth asks for, which is less than twice what is needed. */
    private int roomFor(Live it, int capacity) {
        int room = it.buffer.writerIndex() + it.buffer.maxFastWritableBytes();
        check(room >= capacity, "room", it);
        check(
                room <= it.slot || room <= slotFor(Math.max(capacity, Math.min(4 * capacity, 64 << 10))),
                "much room",
                it);
        return room;
    }

    private static int slotFor(int capacity) {
        return capacity <= SizeClasses.MAX_SLOT_SIZE
                ? SizeClasses.slotSize(SizeClasses.classOf(capacity))
                : SizeClasses.pagesFor(capacity) * SizeClasses.PAGE_SIZE;
    }

    private void checkContents(Live it, int length) {
        int at = noise.mismatch(it.buffer, it.id, length);
        check(at < 0, "byte " + at, it);
    }

    private void check(boolean good, String what, Live it) {
        if (!good) {
            throw new AssertionError(
                    "wrong: " + what + " of buffer " + it.id + ' ' + it.buffer + ", slot " + it.slot + ", " + this);
        }
    }

    /** Checks the contents of all buffers, and the figures. Nobody else may be using the allocator. */
    void checkAll() {
        live.forEach(it -> checkContents(it, it.buffer.capacity()));
        SlabByteBufAllocatorMetric metric = allocator.metric();
        assertThat(metric.buffersInUse()).as("buffers, %s", this).isEqualTo(live.size());
        assertThat(metric.failedAllocations()).as("failures, %s", this).isEqualTo(failures);
        assertThat(metric.unpooledBytes()).as("unpooled, %s", this).isZero();
        for (Kind kind : Kind.values()) {
            assertThat(kind.used(metric)).as("%s used, %s", kind, this).isEqualTo(bytesOf(kind));
            assertThat(kind.reserved(metric)).as("%s reserved, %s", kind, this).isGreaterThanOrEqualTo(bytesOf(kind));
            long inSpans = kind.isDirect() ? metric.directSpanBytes() : metric.heapSpanBytes();
            assertThat(inSpans).as("%s in spans, %s", kind, this).isBetween(bytesOf(kind), kind.reserved(metric));
            checkSizeClasses(kind, metric.sizeClasses());
        }
    }

    private void checkSizeClasses(Kind kind, List<SizeClassMetric> classes) {
        Map<Integer, Long> slots = new TreeMap<>();
        live.stream()
                .filter(it -> it.kind == kind && it.slot <= SizeClasses.MAX_SLOT_SIZE)
                .forEach(it -> slots.merge(it.slot, 1L, Long::sum));
        for (SizeClassMetric each : classes) {
            if (each.direct() == kind.isDirect()) {
                assertThat(each.slotsInUse())
                        .as("%s, %s", each, this)
                        .isEqualTo(slots.getOrDefault(each.slotSize(), 0L));
                slots.remove(each.slotSize());
                assertThat(each.slotsInUse() + each.readySlots() + each.heldSlots())
                        .as("%s, %s", each, this)
                        .isEqualTo(each.reservedSlots());
                assertThat(each.heldSlots()).as("%s, %s", each, this).isNotNegative();
                assertThat(each.readySlots()).as("%s, %s", each, this).isNotNegative();
            }
        }
        assertThat(slots).as("classes not reported, %s", this).isEmpty();
    }

    private long bytesOf(Kind kind) {
        return live.stream()
                .filter(it -> it.kind == kind)
                .mapToLong(it -> it.slot)
                .sum();
    }

    void releaseAll() {
        while (!live.isEmpty()) {
            release(live.get(live.size() - 1));
        }
    }

    @Override
    public String toString() {
        return name + ", step " + step;
    }
}
