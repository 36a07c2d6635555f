package io.nettyslab.slab;

import io.nettyslab.memory.Memory;

/**
 * One contiguous region reserved up front, cut into pages. Pages of all slabs of a {@link SlabPool} are numbered
 * through: page {@code p} lies in slab {@code p / pagesPerSlab}.
 */
public final class Slab {

    /** A page is 4 KiB: small enough that a span of small slots drains, see docs/decisions/0004-span-geometry.md. */
    public static final int PAGE_SHIFT = 12;

    private final Memory memory;
    private final int firstPage;

    Slab(Memory memory, int firstPage) {
        this.memory = memory;
        this.firstPage = firstPage;
    }

    /** Returns the memory of the whole slab. */
    public Memory memory() {
        return memory;
    }

    /** Returns where {@code page} starts, in bytes from the start of the slab. */
    public int offsetOf(int page) {
        return page - firstPage << PAGE_SHIFT;
    }
}
