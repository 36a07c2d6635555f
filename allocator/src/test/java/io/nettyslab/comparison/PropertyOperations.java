package io.nettyslab.comparison;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** What a buffer says about itself, and its array and address. */
final class PropertyOperations {

    private PropertyOperations() {}

    static void addTo(Catalogue catalogue) {
        catalogue.plain("isDirect", (buffer, side) -> buffer.isDirect());
        catalogue.plain("isReadOnly", (buffer, side) -> buffer.isReadOnly());
        catalogue.plain("isContiguous", (buffer, side) -> buffer.isContiguous());
        // A slice of what is no longer there may deny that it has an array: it has none of its own.
        catalogue.add("hasArray", arguments -> {
            boolean stale = arguments.areForStale();
            return (buffer, side) -> stale ? null : buffer.hasArray();
        });
        catalogue.plain("unwrap", (buffer, side) -> buffer.unwrap() == null);
        catalogue.plain("alloc", (buffer, side) -> buffer.alloc() == side.allocator());
        catalogue.plain("asByteBuf", (buffer, side) -> buffer.asByteBuf());
        catalogue.plain("toString", (buffer, side) -> buffer.toString().isEmpty());
        addArray(catalogue);
        addAddress(catalogue);
    }

    private static void addArray(Catalogue catalogue) {
        catalogue.add("array", arguments -> {
            int index = arguments.positionIn(Math.max(0, arguments.buffer().capacity() - 1), 0);
            byte value = arguments.anyByte();
            if (arguments.areForStale()) {
                return (buffer, side) -> null;
            }
            return (buffer, side) -> {
                if (buffer.hasArray() && index >= 0 && index < buffer.capacity()) {
                    buffer.array()[buffer.arrayOffset() + index] = value;
                    return List.of(buffer.getByte(index), value);
                }
                return List.of(buffer.hasArray());
            };
        });
        catalogue.plain("array", (buffer, side) -> buffer.array() != null);
        catalogue.plain("arrayOffset", (buffer, side) -> buffer.arrayOffset() >= 0);
    }

    /** Addresses differ: what is demanded is that views agree with their root. */
    private static void addAddress(Catalogue catalogue) {
        catalogue.add("memoryAddress", arguments -> {
            int index = arguments.between(0, arguments.buffer().capacity() + 1);
            boolean stale = arguments.areForStale();
            return (buffer, side) -> {
                if (!stale) {
                    demandAddressOfSlice(buffer, side, index);
                }
                return null;
            };
        });
        catalogue.plain("hasMemoryAddress", (buffer, side) -> {
            buffer.hasMemoryAddress(); // must not fail; the reference has none on some JDKs
            return null;
        });
    }

    private static void demandAddressOfSlice(ByteBuf buffer, Side side, int index) {
        if (buffer.hasMemoryAddress()) {
            long address = buffer.slice(index, 0).memoryAddress();
            side.demand(
                    address == buffer.memoryAddress() + index,
                    "slice(%d, 0) is at %d, its buffer at %d",
                    index,
                    address,
                    buffer.memoryAddress());
        }
    }
}
