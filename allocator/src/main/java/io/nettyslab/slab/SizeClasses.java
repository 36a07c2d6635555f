package io.nettyslab.slab;

import java.util.stream.IntStream;

/**
 * The slot sizes, and the geometry of the spans that hold them. Pure functions over tables built once.
 *
 * <p>Multiples of 16 up to 128 bytes, then four classes for each doubling (160, 192, 224, 256, 320, ...) up to
 * 1 MiB, so that a slot wastes at most a fifth of itself; the scheme is jemalloc's. One class is added for the TLS
 * record: 16,709 bytes, what Netty's {@code SslHandler} asks for with the JDK engine, would otherwise take a slot of
 * 20 KiB.
 */
public final class SizeClasses {

    /** Largest slot, in bytes. Larger buffers are page runs of their own. */
    public static final int MAX_SLOT_SIZE = 1 << 20;

    /** Bytes in a page, the unit in which slabs are cut. */
    public static final int PAGE_SIZE = 1 << Slab.PAGE_SHIFT;

    private static final int LINEAR_STEP = 16;
    private static final int LINEAR_LIMIT = 128;
    private static final int CLASSES_PER_DOUBLING = 4;
    private static final int TLS_RECORD_SLOT_SIZE = 16 * 1024 + 512;

    /** Up to here the table has an entry for each 16 bytes, above for each 256, which divides every class there. */
    private static final int FINE_LIMIT = 1024;

    private static final int FINE_SHIFT = 4;
    private static final int COARSE_SHIFT = 8;

    /**
     * Slots a span has at least, by slot size. Many slots make refills rare; few let a span drain, so that its pages
     * can change class. See docs/decisions/0004-span-geometry.md.
     */
    private static final int MIN_SLOTS = 8;

    private static final int MIN_SLOTS_ABOVE_8_KIB = 4;
    private static final int LARGEST_SMALL_SLOT = 8 * 1024;

    /** A span may leave at most this fraction of its pages without a slot. */
    private static final int TAIL_FRACTION = 16;

    /** As {@link #TAIL_FRACTION}, for a span that takes what free run there is. */
    private static final int SHORTER_TAIL_FRACTION = 8;

    private static final int[] SLOT_SIZES = slotSizes();
    private static final int[] SPAN_PAGES = spanPages();
    private static final byte[] FINE = table(FINE_LIMIT, FINE_SHIFT);
    private static final byte[] COARSE = table(MAX_SLOT_SIZE, COARSE_SHIFT);

    /** Number of size classes; classes are numbered from 0 in ascending order of slot size. */
    public static final int COUNT = SLOT_SIZES.length;

    private SizeClasses() {}

    /**
     * Returns the smallest class whose slots hold {@code bytes}.
     *
     * @param bytes 0 to {@link #MAX_SLOT_SIZE}
     */
    public static int classOf(int bytes) {
        return bytes <= FINE_LIMIT
                ? FINE[bytes + (1 << FINE_SHIFT) - 1 >> FINE_SHIFT]
                : COARSE[bytes + (1 << COARSE_SHIFT) - 1 >> COARSE_SHIFT];
    }

    /** Returns the bytes in a slot of {@code sizeClass}. */
    public static int slotSize(int sizeClass) {
        return SLOT_SIZES[sizeClass];
    }

    /** Returns the pages in a full-sized span of {@code sizeClass}. */
    public static int spanPages(int sizeClass) {
        return SPAN_PAGES[sizeClass];
    }

    /** Returns the slots in a full-sized span of {@code sizeClass}. */
    public static int slotsPerSpan(int sizeClass) {
        return SPAN_PAGES[sizeClass] * PAGE_SIZE / SLOT_SIZES[sizeClass];
    }

    /**
     * Returns the pages of the longest span of {@code sizeClass} that fits into a free run and wastes little, or 0 if
     * there is none.
     *
     * @param run pages in the run, fewer than {@link #spanPages}
     */
    public static int shorterSpanPages(int sizeClass, int run) {
        int slotSize = SLOT_SIZES[sizeClass];
        for (int slots = run * PAGE_SIZE / slotSize; slots > 0; slots--) {
            int pages = pagesFor(slots * slotSize);
            if ((pages * PAGE_SIZE - slots * slotSize) * SHORTER_TAIL_FRACTION <= pages * PAGE_SIZE) {
                return pages;
            }
        }
        return 0;
    }

    /** Returns whether slots of {@code sizeClass} count as small, which says where in the slabs their spans lie. */
    public static boolean isSmall(int sizeClass) {
        return SLOT_SIZES[sizeClass] <= LARGEST_SMALL_SLOT;
    }

    /** Returns the pages that {@code bytes} take. */
    public static int pagesFor(int bytes) {
        return (int) ((long) bytes + PAGE_SIZE - 1 >> Slab.PAGE_SHIFT);
    }

    private static int[] slotSizes() {
        IntStream.Builder sizes = IntStream.builder();
        for (int size = LINEAR_STEP; size <= LINEAR_LIMIT; size += LINEAR_STEP) {
            sizes.add(size);
        }
        for (int doubling = LINEAR_LIMIT; doubling < MAX_SLOT_SIZE; doubling *= 2) {
            for (int step = 1; step <= CLASSES_PER_DOUBLING; step++) {
                sizes.add(doubling + doubling / CLASSES_PER_DOUBLING * step);
            }
        }
        sizes.add(TLS_RECORD_SLOT_SIZE);
        return sizes.build().sorted().toArray();
    }

    private static int[] spanPages() {
        int[] pages = new int[SLOT_SIZES.length];
        for (int c = 0; c < pages.length; c++) {
            pages[c] = pagesForSpan(SLOT_SIZES[c]);
        }
        return pages;
    }

    private static int pagesForSpan(int slotSize) {
        int minSlots = slotSize <= LARGEST_SMALL_SLOT ? MIN_SLOTS : slotSize <= 32 * 1024 ? MIN_SLOTS_ABOVE_8_KIB : 1;
        int pages = pagesFor(minSlots * slotSize);
        while (pages * PAGE_SIZE % slotSize * TAIL_FRACTION > pages * PAGE_SIZE) {
            pages++;
        }
        return pages;
    }

    private static byte[] table(int limit, int shift) {
        byte[] table = new byte[(limit >> shift) + 1];
        int sizeClass = 0;
        for (int i = 0; i < table.length; i++) {
            while (i << shift > SLOT_SIZES[sizeClass]) {
                sizeClass++;
            }
            table[i] = (byte) sizeClass;
        }
        return table;
    }
}
