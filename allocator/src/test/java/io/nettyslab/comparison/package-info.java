/**
 * Random calls of every public method of {@code ByteBuf}, made side by side on a slab buffer and on an unpooled buffer
 * of Netty's, with equal arguments, wrong ones included. Results, contents, indices and kinds of exception must be
 * equal; beyond that, no read past a slab buffer's capacity may be answered, and no neighbour in the slab be touched.
 *
 * <p>{@link io.nettyslab.comparison.RandomOperationsTest} says which buffers, {@link io.nettyslab.comparison.Episode}
 * what is compared, {@link io.nettyslab.comparison.Operations} which calls.
 */
package io.nettyslab.comparison;
