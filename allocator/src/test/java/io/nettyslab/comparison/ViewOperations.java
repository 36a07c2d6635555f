package io.nettyslab.comparison;

import io.netty.buffer.ByteBuf;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.UnaryOperator;

/** Slices, duplicates, read-only and swapped views, which join the comparison, and copies. */
final class ViewOperations {

    private ViewOperations() {}

    static void addTo(Catalogue catalogue) {
        addSlices(catalogue);
        addDuplicates(catalogue);
        addSwapped(catalogue);
        addCopies(catalogue);
    }

    private static void addSlices(Catalogue catalogue) {
        catalogue.plain("slice", (buffer, side) -> slice(buffer, ByteBuf::slice, false));
        catalogue.plain("retainedSlice", (buffer, side) -> slice(buffer, ByteBuf::retainedSlice, true));
        catalogue.add("slice", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            arguments.touches(index, length);
            return (buffer, side) -> new Derived(buffer.slice(index, length), index, false);
        });
        catalogue.add("retainedSlice", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            arguments.touches(index, length);
            return (buffer, side) -> new Derived(buffer.retainedSlice(index, length), index, true);
        });
        catalogue.add("readSlice", arguments -> {
            int length = arguments.readable();
            return (buffer, side) -> slice(buffer, b -> b.readSlice(length), false);
        });
        catalogue.add("readRetainedSlice", arguments -> {
            int length = arguments.readable();
            return (buffer, side) -> slice(buffer, b -> b.readRetainedSlice(length), true);
        });
    }

    private static void addDuplicates(Catalogue catalogue) {
        catalogue.plain("duplicate", (buffer, side) -> new Derived(buffer.duplicate(), 0, false));
        catalogue.plain("retainedDuplicate", (buffer, side) -> new Derived(buffer.retainedDuplicate(), 0, true));
        catalogue.plain("asReadOnly", (buffer, side) -> viewOrThis(buffer, buffer.asReadOnly()));
    }

    @SuppressWarnings("deprecation") // order(): deprecated, yet public
    private static void addSwapped(Catalogue catalogue) {
        catalogue.add("order", arguments -> {
            ByteOrder order = arguments.flip() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            return (buffer, side) -> viewOrThis(buffer, buffer.order(order));
        });
        catalogue.plain("order", (buffer, side) -> buffer.order());
        catalogue.plain("order", (buffer, side) -> buffer.order(null));
    }

    private static void addCopies(Catalogue catalogue) {
        catalogue.plain("copy", (buffer, side) -> stateOf(buffer.copy()));
        catalogue.add("copy", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            arguments.touches(index, length);
            return (buffer, side) -> stateOf(buffer.copy(index, length));
        });
        catalogue.add("readBytes", arguments -> {
            int length = arguments.readable();
            if (arguments.areForStale()) { // Netty's code forgets the new buffer when it cannot fill it
                return (buffer, side) -> null;
            }
            return (buffer, side) -> stateOf(buffer.readBytes(length));
        });
    }

    private static Object slice(ByteBuf buffer, UnaryOperator<ByteBuf> cut, boolean retained) {
        int offset = buffer.readerIndex();
        return new Derived(cut.apply(buffer), offset, retained);
    }

    private static Object viewOrThis(ByteBuf buffer, ByteBuf view) {
        return view == buffer ? buffer : new Derived(view, 0, false);
    }

    private static Object stateOf(ByteBuf copy) {
        List<Object> state = List.of(Peer.State.of(copy), copy.maxCapacity(), copy.refCnt());
        copy.release();
        return state;
    }
}
