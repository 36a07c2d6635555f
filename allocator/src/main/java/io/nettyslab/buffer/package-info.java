/**
 * The {@code ByteBuf}s: their life, their access to memory and what is derived from them. Knows the slab layer only as
 * memory; where a buffer goes when it is released is the business of its {@link io.nettyslab.buffer.SlotHome}.
 *
 * <p>Not exported. The whole is described in {@link io.nettyslab}.
 */
package io.nettyslab.buffer;
