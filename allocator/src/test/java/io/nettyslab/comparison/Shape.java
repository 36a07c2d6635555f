package io.nettyslab.comparison;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.nettyslab.testing.Kind;
import java.util.SplittableRandom;

/** What the roots of an episode look like, and how long to try them. */
enum Shape {
    /** No memory at first. */
    EMPTY(0, 0, 15_000, 1),
    /** The slots that are multiples of 16. */
    TINY(1, 128, 30_000, 1),
    /** The slots below a page. */
    SMALL(129, 4096, 50_000, 1),
    /** Slots of several pages. */
    MEDIUM(4097, 40_000, 15_000, 8),
    /** Runs of pages. */
    LARGE((1 << 20) + 1, 1_500_000, 3_000, 100),
    /** Past {@link #MAX_POOLED_BUFFER_SIZE}, memory of their own. */
    UNPOOLED(4097, 20_000, 15_000, 8),
    /** Up to six components. */
    COMPOSITE(0, 500, 30_000, 1);

    /** The setting of the allocator that {@link #UNPOOLED} is tried with. */
    static final int MAX_POOLED_BUFFER_SIZE = 4096;

    final int steps; // calls for each kind of memory
    final int contentEvery; // calls between two comparisons of the whole contents
    private final int minCapacity;
    private final int maxCapacity;

    Shape(int minCapacity, int maxCapacity, int steps, int contentEvery) {
        this.minCapacity = minCapacity;
        this.maxCapacity = maxCapacity;
        this.steps = steps;
        this.contentEvery = contentEvery;
    }

    /** Makes the root of one episode, on both sides. */
    Pair root(Kind kind, Side slab, Side reference, SplittableRandom random) {
        int capacity = random.nextInt(minCapacity, maxCapacity + 1);
        if (this == COMPOSITE) {
            long seed = random.nextLong();
            return Pair.root(
                    composite(kind, slab.allocator(), capacity, new SplittableRandom(seed)),
                    composite(kind, reference.allocator(), capacity, new SplittableRandom(seed)));
        }
        int growth = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(100);
            default -> 3 * capacity + 100;
        };
        int limit = Math.max(1, capacity + growth);
        return Pair.root(
                kind.allocate(slab.allocator(), capacity, limit),
                kind.allocate(reference.allocator(), capacity, limit));
    }

    private static ByteBuf composite(Kind kind, ByteBufAllocator allocator, int capacity, SplittableRandom random) {
        CompositeByteBuf composite = kind.composite(allocator, Integer.MAX_VALUE);
        for (int left = capacity, parts = random.nextInt(1, 7); parts > 0; parts--) {
            int size = parts == 1 ? left : random.nextInt(left + 1);
            ByteBuf part = kind.allocate(allocator, size + 2).writeZero(size + 2);
            // A slice from 0 on: where composites of Netty's see through a slice, forEachByteDesc also visits what lies
            // before it, and they see through the reference's slices only.
            composite.addComponent(true, random.nextBoolean() ? part.slice(0, size) : part.setIndex(2, size + 2));
            left -= size;
        }
        return composite;
    }
}
