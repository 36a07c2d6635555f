/**
 * The {@code ByteBuf}s: their life, their access to memory and what is derived from them. Knows memory, not the slab
 * layer; where a buffer goes when it is released is the business of its {@link io.nettyslab.buffer.SlotHome}.
 *
 * <p>Not exported. The whole is described in {@link io.nettyslab}.
 */
package io.nettyslab.buffer;
