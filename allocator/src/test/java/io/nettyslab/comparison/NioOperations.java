package io.nettyslab.comparison;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Views as {@code ByteBuffer}s: what they show, what is written through them, and how far they reach. */
final class NioOperations {

    private NioOperations() {}

    static void addTo(Catalogue catalogue) {
        addSingle(catalogue);
        addInternal(catalogue);
        addArrays(catalogue);
    }

    private static void addSingle(Catalogue catalogue) {
        catalogue.plain("nioBuffer", (buffer, side) -> {
            ByteBuffer view = buffer.nioBuffer();
            demandExactly(side, view, buffer.readableBytes());
            return describe(view);
        });
        catalogue.add("nioBuffer", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            byte value = arguments.anyByte();
            arguments.touches(index, length);
            return (buffer, side) -> {
                ByteBuffer view = buffer.nioBuffer(index, length);
                demandExactly(side, view, length);
                return describe(put(view, value));
            };
        });
    }

    private static void addInternal(Catalogue catalogue) {
        catalogue.add("internalNioBuffer", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            byte value = arguments.anyByte();
            arguments.touches(index, length);
            return (buffer, side) -> {
                ByteBuffer view = buffer.internalNioBuffer(index, length);
                demandWithinCapacity(side, view, buffer, index);
                return describe(put(view, value));
            };
        });
    }

    private static void addArrays(Catalogue catalogue) {
        catalogue.plain("nioBufferCount", (buffer, side) -> buffer.nioBufferCount());
        catalogue.plain("nioBuffers", (buffer, side) -> {
            ByteBuffer[] views = buffer.nioBuffers();
            return describeAll(side, views);
        });
        catalogue.add("nioBuffers", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            arguments.touches(index, length);
            return (buffer, side) -> describeAll(side, buffer.nioBuffers(index, length));
        });
    }

    private static ByteBuffer put(ByteBuffer view, byte value) {
        if (view.hasRemaining() && !view.isReadOnly()) {
            view.put(view.position(), value);
        }
        return view;
    }

    private static Object describeAll(Side side, ByteBuffer[] views) {
        List<Object> all = new ArrayList<>();
        for (ByteBuffer view : views) {
            demandExactly(side, view, view.remaining());
            all.add(describe(view));
        }
        return all;
    }

    private static Object describe(ByteBuffer view) {
        ByteBuffer content = ByteBuffer.allocate(view.remaining()).put(view.duplicate());
        return List.of(content.flip(), view.order(), view.isDirect(), view.isReadOnly());
    }

    private static void demandExactly(Side side, ByteBuffer view, int length) {
        side.demand(
                view.position() == 0 && view.remaining() == length && view.capacity() == length,
                "%s reaches beyond its %d bytes",
                view,
                length);
    }

    private static void demandWithinCapacity(Side side, ByteBuffer view, ByteBuf buffer, int index) {
        side.demand(
                view.position() <= index && view.capacity() - view.position() <= buffer.capacity() - index,
                "%s, made at %d, reaches beyond %s",
                view,
                index,
                buffer);
    }
}
