package io.nettyslab;

/**
 * What happens to a request that the slabs cannot serve: because every slab up to
 * {@linkplain SlabByteBufAllocatorBuilder#maxMemory(long) maxMemory} is full, because no free run of pages is long
 * enough, or because the request is larger than
 * {@linkplain SlabByteBufAllocatorBuilder#maxPooledBufferSize(int) maxPooledBufferSize}.
 */
public enum OverflowPolicy {

    /**
     * The request fails with a {@link SlabExhaustedError}. Nothing but slabs is ever taken from the system. Not for
     * io_uring, where Netty 4.2.18 lets that error end the event loop.
     */
    FAIL,

    /**
     * The request is served by memory of its own, taken from the system for this one buffer, counted as unpooled and
     * given back when the buffer is released. The sum of such memory is bounded by
     * {@link SlabByteBufAllocatorBuilder#maxUnpooledMemory(long)}; past that bound a slab of the other kind of
     * memory that nobody uses makes room for it, or the request fails with a {@link SlabExhaustedError}.
     */
    UNPOOLED
}
