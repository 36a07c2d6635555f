package io.nettyslab;

/**
 * Thrown when a request can be served neither from the slabs nor, if the {@link OverflowPolicy} allows it, from
 * unpooled memory. The pool is unharmed: the same request succeeds once enough buffers have been released, unless it is
 * for more than the settings allow one buffer.
 *
 * <p>It is an {@link OutOfMemoryError} because Netty's NIO and epoll transports know what to do with one: the read that
 * could not get a buffer closes its own channel, which frees memory, and no other channel is touched. Any other type
 * would leave the channel readable and its event loop spinning. With io_uring, Netty 4.2.18 lets it end the event loop.
 */
public final class SlabExhaustedError extends OutOfMemoryError {

    private static final long serialVersionUID = 1L;

    /** Bytes asked for. */
    private final long requestedBytes;

    /** Bytes in use when the request failed, direct and heap together. */
    private final long bytesInUse;

    /** The bounds of slabs and unpooled buffers together, in bytes. */
    private final long maxBytes;

    SlabExhaustedError(String message, long requestedBytes, long bytesInUse, long maxBytes) {
        super(message);
        this.requestedBytes = requestedBytes;
        this.bytesInUse = bytesInUse;
        this.maxBytes = maxBytes;
    }

    /**
     * Returns the capacity that was asked for.
     *
     * @return bytes, 0 or more
     */
    public long requestedBytes() {
        return requestedBytes;
    }

    /**
     * Returns how much was handed out when the request failed, counted as
     * {@link SlabByteBufAllocatorMetric#bytesInUse()} counts.
     *
     * @return bytes, 0 or more
     */
    public long bytesInUse() {
        return bytesInUse;
    }

    /**
     * Returns the most that slabs and unpooled buffers together may take from the system.
     *
     * @return bytes: {@code maxMemory} under {@link OverflowPolicy#FAIL}, {@code maxMemory + maxUnpooledMemory} under
     *     {@link OverflowPolicy#UNPOOLED}
     */
    public long maxBytes() {
        return maxBytes;
    }
}
