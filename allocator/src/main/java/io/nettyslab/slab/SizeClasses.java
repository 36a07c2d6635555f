package io.nettyslab.slab;

import java.util.stream.IntStream;

/**
 * The slot sizes, and the geometry of the spans that hold them. Pure functions over tables built once.
 *
 * <p>Multiples of 16 up to 256 bytes; from there to 1 KiB what 15, 14, ... 4 slots on one page may be large at most;
 * then four classes for each doubling up to 16 KiB and eight up to 1 MiB, where requests are rare but what they waste
 * is not. So a slot wastes at most 15 bytes up to 256, and above that hardly more than a fifth of itself. One class is
 * added for the TLS record: 16,709 bytes, what Netty's {@code SslHandler} asks for with the JDK engine.
 */
public final class SizeClasses {

    /** Largest slot, in bytes. Larger buffers are page runs of their own. */
    public static final int MAX_SLOT_SIZE = 1 << 20;

    /** A page is 4 KiB: small enough that a span of small slots drains, see docs/decisions/0004-span-geometry.md. */
    static final int PAGE_SHIFT = 12;

    /** Bytes in a page, the unit in which slabs are cut. */
    public static final int PAGE_SIZE = 1 << PAGE_SHIFT;

    private static final int LINEAR_STEP = 16;
    private static final int LINEAR_LIMIT = 256;

    /** Up to here a slot is as large as an even division of a page allows. */
    private static final int DIVIDED_LIMIT = 1024;

    /** From here on there are eight classes for each doubling. */
    private static final int EIGHT_CLASSES_FROM = 16 * 1024;

    /** Bytes in the slot of a TLS record. */
    public static final int TLS_RECORD_SLOT_SIZE = 16 * 1024 + 512;

    /** Up to here the table has an entry for each 16 bytes, above for each 256, which divides every class there. */
    private static final int FINE_LIMIT = 1024;

    private static final int FINE_SHIFT = 4;
    private static final int COARSE_SHIFT = 8;

    /**
     * Slots of at most 8 KiB that a span has at least. Many slots make refills rare; few let a span drain, so that its
     * pages can change class. See docs/decisions/0004-span-geometry.md.
     */
    private static final int MIN_SLOTS = 8;

    private static final int LARGEST_SMALL_SLOT = 8 * 1024;

    /** A span may leave at most this fraction of its pages without a slot. */
    private static final int TAIL_FRACTION = 8;

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

    /** Returns whether slots of {@code sizeClass} count as small, which says where in the slabs their spans lie. */
    public static boolean isSmall(int sizeClass) {
        return SLOT_SIZES[sizeClass] <= LARGEST_SMALL_SLOT;
    }

    /** Returns the pages that {@code bytes} take. */
    public static int pagesFor(int bytes) {
        return (int) ((long) bytes + PAGE_SIZE - 1 >> PAGE_SHIFT);
    }

    private static int[] slotSizes() {
        IntStream.Builder sizes = IntStream.builder();
        for (int size = LINEAR_STEP; size <= LINEAR_LIMIT; size += LINEAR_STEP) {
            sizes.add(size);
        }
        for (int slots = PAGE_SIZE / LINEAR_LIMIT - 1; slots >= PAGE_SIZE / DIVIDED_LIMIT; slots--) {
            sizes.add(PAGE_SIZE / slots & -LINEAR_STEP);
        }
        for (int doubling = DIVIDED_LIMIT; doubling < MAX_SLOT_SIZE; doubling *= 2) {
            int classes = doubling < EIGHT_CLASSES_FROM ? 4 : 8;
            for (int step = 1; step <= classes; step++) {
                sizes.add(doubling + doubling / classes * step);
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
        int pages = pagesFor((slotSize <= LARGEST_SMALL_SLOT ? MIN_SLOTS : 1) * slotSize);
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
