package io.nettyslab;

/**
 * A run of pages in a slab that belongs to one size class, or to one large buffer, at the moment of reading.
 *
 * @param offset bytes from the start of the slab; a multiple of 4096
 * @param length bytes; a multiple of 4096
 * @param slotSize bytes in one of its slots; {@code length} for a large buffer
 * @param slots how many slots it holds; 1 for a large buffer
 * @param slotsInUse slots whose buffer is handed out, 0 to {@code slots}
 */
public record SpanMetric(int offset, int length, int slotSize, int slots, int slotsInUse) {}
