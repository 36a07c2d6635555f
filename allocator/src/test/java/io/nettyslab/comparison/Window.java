package io.nettyslab.comparison;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A {@code ByteBuffer} to transfer to or from, drawn once and made anew on each side.
 *
 * @param direct whether it is direct
 * @param readOnly whether it is read-only
 * @param margin the bytes around it in the same memory, on either side
 * @param content its bytes
 * @param position where the transfer begins
 * @param limit where it ends
 */
record Window(boolean direct, boolean readOnly, int margin, byte[] content, int position, int limit) {

    private static final int MARGIN = 3;

    static Window draw(Arguments arguments, int size) {
        int position = arguments.between(0, MARGIN);
        int capacity = position + size + arguments.between(0, MARGIN);
        return new Window(
                arguments.flip(),
                arguments.oneIn(8),
                arguments.between(0, MARGIN),
                arguments.bytes(capacity),
                position,
                position + size);
    }

    /** Something to do with a {@code ByteBuffer}. */
    @FunctionalInterface
    interface Use {
        ByteBuf with(ByteBuffer window);
    }

    /** Uses a fresh buffer, and returns what came of it together with the buffer's state, even after a failure. */
    Object use(ByteBuf self, Use use) {
        ByteBuffer memory = make();
        ByteBuffer window = windowOf(memory);
        try {
            Object result = Outcome.valueOf(use.with(window), self);
            return List.of(result, window.position(), window.limit(), contentOf(memory));
        } catch (RuntimeException e) {
            if (window.position() != position || !contentOf(memory).equals(contentOf(make()))) {
                throw new AssertionError("the transfer failed, but changed the ByteBuffer: " + window, e);
            }
            throw e;
        }
    }

    private ByteBuffer make() {
        int size = margin + content.length + margin;
        return (direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size)).put(margin, content);
    }

    private ByteBuffer windowOf(ByteBuffer memory) {
        ByteBuffer window =
                memory.slice(margin, content.length).position(position).limit(limit);
        return readOnly ? window.asReadOnlyBuffer() : window;
    }

    private static ByteBuffer contentOf(ByteBuffer memory) {
        byte[] content = new byte[memory.capacity()];
        memory.get(0, content);
        return ByteBuffer.wrap(content);
    }
}
