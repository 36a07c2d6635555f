package io.nettyslab.heap;

/**
 * A span or a large buffer as it lay in its slab at the moment of reading.
 *
 * @param slab number of the slab in its pool
 * @param offset bytes from the start of the slab
 * @param length bytes
 * @param slotSize bytes in a slot
 * @param slots slots it was cut into
 * @param slotsInUse slots whose buffer is handed out
 */
public record SpanState(int slab, int offset, int length, int slotSize, int slots, int slotsInUse) {

    long end() {
        return (long) offset + length;
    }
}
