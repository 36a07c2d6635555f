/**
 * A {@code ByteBufAllocator} for Netty whose buffers are slots of contiguous slabs: the first reserved up front, all of
 * them bounded.
 *
 * <p>Users need {@link io.nettyslab.SlabByteBufAllocator} and its builder, nothing else. The rest of this page is for
 * those who want to know how it works; ten minutes, then any file can be read by itself.
 *
 * <h2>Words</h2>
 *
 * <p>Each has one meaning here, and no synonym:
 *
 * <dl>
 *   <dt>slab
 *   <dd>one big contiguous region, reserved and touched at once. (In Bonwick's papers a slab holds objects of one size;
 *       here it is what Netty calls a chunk and mimalloc an arena.)
 *   <dt>page
 *   <dd>4 KiB of a slab, the unit in which it is cut. The hardware's pages are always called OS pages.
 *   <dt>run
 *   <dd>consecutive pages of one slab.
 *   <dt>pool
 *   <dd>all slabs of one kind of memory, direct or heap; it hands out runs.
 *   <dt>span
 *   <dd>a run cut into slots of one size class. It belongs to one free list of one heap as long as any of its slots is
 *       elsewhere; when all are back, its pages return to the pool and may become a span of any other class.
 *   <dt>slot
 *   <dd>the place of one buffer in a span. It has its own buffer object from its first use on, until the span is given
 *       back, or the slot is put back there and enough held slots of its class have one already.
 *   <dt>handle
 *   <dd>a slot's number in its free list: the number of the span, then that of the slot in it.
 *   <dt>out, ready, held
 *   <dd>where a slot is: in some user's hands; on its free list, to be handed out next; free in its span.
 *   <dt>spill
 *   <dd>to put ready slots back into their spans.
 *   <dt>ebb
 *   <dd>a quarter of the pages in use, and at least an eighth of a slab, has come back.
 *   <dt>size class
 *   <dd>one of 93 slot sizes, from 16 bytes to 1 MiB; a request takes the smallest that fits.
 *   <dt>large buffer
 *   <dd>one above that, up to {@code maxPooledBufferSize}: a run of its own.
 *   <dt>unpooled
 *   <dd>with memory of its own, outside the slabs: what they cannot serve, if the {@link io.nettyslab.OverflowPolicy}
 *       allows it.
 *   <dt>heap
 *   <dd>a set of free lists with one owner at a time, usually an event loop. Netty's word for {@code byte[]} memory is
 *       always written "heap memory" or "heap buffer".
 *   <dt>free list
 *   <dd>the slots of one size class in one heap that are ready to hand out, the last released first.
 *   <dt>remote free
 *   <dd>the release of a buffer by a thread that does not own its heap. It is left at the owner's door, in one of a few
 *       chains, with one atomic operation; the owner takes them in when its free list runs dry.
 *   <dt>away
 *   <dd>a buffer that its free list's table does not show: it grew into another's slot, or is watched by the leak
 *       detector.
 *   <dt>pinned
 *   <dd>a buffer whose binding or capacity is just being changed: it cannot go home, and nobody else can pin it.
 *   <dt>view
 *   <dd>a slice or duplicate. One with a reference of its own is lent: its object belongs to the buffer, up to a
 *       number, and is used again and again. (A <em>NIO</em> view is the JDK's {@code ByteBuffer} of the same bytes.)
 *   <dt>stripe
 *   <dd>a heap shared under a lock by threads that have none of their own: foreign threads and virtual threads.
 *   <dt>abandoned
 *   <dd>a heap whose thread has ended; the next event loop adopts it.
 * </dl>
 *
 * <h2>Picture</h2>
 *
 * <pre>
 *   slab    | p0 | p1 | p2 | p3 | p4 | p5 | p6 | p7 | p8 | ...    reserved once, contiguous
 *   runs    [ span A  ][ span B ][   free   ][ large buffer ]      every page is in exactly one run
 *   span A  | s0 | s1 | s2 | s3 | s4 | s5 | s6 | s7 |              slots of one size class
 *              |    |              \____ out: in some user's hands
 *              |    \___ ready: on the free list of the heap that owns span A
 *              \___ held: free in the span, not needed just now
 *
 *   event loop 1 --owns--> heap 1 --has--> free list of 1 KiB slots --made of--> spans A, D, F
 *                                          free list of 2 KiB slots --made of--> span B
 *   other threads --push remote frees--^
 * </pre>
 *
 * <h2>The life of a read buffer</h2>
 *
 * <ol>
 *   <li>An event loop asks for {@code ioBuffer(n)}. The thread's id leads to its free lists, a table to the size class
 *       of {@code n}, and the list gives the buffer that was released last, still warm in the cache.
 *   <li>The slot's buffer object has been bound to its memory since long before. It gets a capacity,
 *       indices at 0 and a reference count of 1. No object is made, no memory is looked for.
 *   <li>The transport reads into it, by address (epoll, io_uring) or through its cached NIO view (NIO).
 *   <li>The last release takes the reference count to 0, the only atomic operation on this way, and the buffer becomes
 *       the first of the free list it came from: it notes the handle of the one behind.
 * </ol>
 *
 * <h2>When the free list is empty</h2>
 *
 * <p>The owner looks ever further: remote frees, then slots held in its spans, then a new span from free pages, then
 * within the bound, a new slab (now and then what one heap or all shared ones keep ready comes first, so that no slab
 * is added for what lies idle), then all that it and the shared heaps keep ready, and at the bound a slab of the other
 * kind of memory that nobody needs. When much has come back since it last looked for pages (an ebb), it first puts
 * back what it keeps ready. If nothing helps, the event loops are asked to spill what they keep, which serves the next
 * request, and for this one the {@link io.nettyslab.OverflowPolicy} decides. When a free list is full, the slots that
 * have lain longest go back to their spans; how many may lie ready follows how many are in use. The fuller,
 * lower-numbered spans serve first, so that others drain.
 *
 * <h2>Threads</h2>
 *
 * <ul>
 *   <li>The owner of a heap needs no lock. Only it, or whoever holds the lock of a shared heap, touches its free lists
 *       and spans.
 *   <li>Any thread may release any buffer. If it does not own the heap, it makes a remote free, or, if the heap is
 *       shared and not locked just now, takes the lock and puts the buffer where it belongs.
 *   <li>A thread that ends hands its heap over: what is free goes back to the pool, what is out comes home later, one
 *       by one, and each span whose last slot is home returns its pages.
 *   <li>The pages of each kind of memory have one lock, taken once for a span or several and for each large buffer;
 *       adding a slab has another, so that nobody else waits for it.
 *   <li>{@code close()} refuses new requests and dissolves all heaps the same way, so that the last buffer to come home
 *       returns the last page, and the slabs are freed.
 * </ul>
 *
 * <h2>Layers</h2>
 *
 * <p>Each may use those below it, never those above; a test sees to it. None but this one is exported.
 *
 * <pre>
 *   io.nettyslab          the allocator, its settings, its figures, its bound
 *   io.nettyslab.heap     who owns which spans; free lists, remote frees, stripes, hand-over
 *   io.nettyslab.buffer   the ByteBufs: reference count, capacity, access, derived buffers
 *   io.nettyslab.slab     pages and runs, size classes, budgets; knows no buffer and no thread's heap
 *   io.nettyslab.memory   memory from the system; the only place that touches Netty's internals
 * </pre>
 *
 * <p>Where to read next: {@code FreeList} in {@code io.nettyslab.heap} is the heart. The reasons, with the numbers
 * behind them, are in {@code docs/decisions}.
 */
package io.nettyslab;
