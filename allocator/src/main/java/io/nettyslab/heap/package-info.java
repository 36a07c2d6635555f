/**
 * Who owns what: heaps, their free lists and spans, remote frees, stripes, and hand-over at the end of a thread; large
 * and unpooled buffers, which belong to no heap; and the counts that metrics show.
 *
 * <p>Not exported. The whole is described in {@link io.nettyslab}.
 */
package io.nettyslab.heap;
