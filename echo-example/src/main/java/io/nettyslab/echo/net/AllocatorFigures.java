package io.nettyslab.echo.net;

/**
 * What an allocator can tell about itself at one moment. Netty's own tell less than the slab allocator.
 *
 * @param bytesInUse bytes of the buffers that are handed out, or {@link #UNKNOWN}
 * @param reservedBytes bytes taken from the system; for Netty's pools what they report as used memory, which is the
 *     size of their chunks
 * @param buffersInUse buffers that are handed out, or {@link #UNKNOWN}
 * @param slabAllocations buffers handed out from slabs so far, or {@link #UNKNOWN}
 * @param unpooledAllocations buffers handed out from memory of their own so far, or {@link #UNKNOWN}
 * @param failedAllocations requests refused so far, or {@link #UNKNOWN}
 */
public record AllocatorFigures(
        long bytesInUse,
        long reservedBytes,
        long buffersInUse,
        long slabAllocations,
        long unpooledAllocations,
        long failedAllocations) {

    /** Stands for a figure that the allocator does not keep. */
    public static final long UNKNOWN = -1;

    /**
     * Tells whether every buffer has come home, as far as the allocator knows.
     *
     * @return {@code false} only if the allocator says that something is still out
     */
    public boolean everythingReturned() {
        return buffersInUse <= 0 && (buffersInUse == 0 || bytesInUse <= 0);
    }
}
