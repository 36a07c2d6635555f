package io.nettyslab.comparison;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.nettyslab.testing.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The other buffer of a transfer or comparison, drawn once and made anew on each side.
 *
 * @param form what it looks like
 * @param kind memory of its root
 * @param foreign whether its root comes from Netty's unpooled allocator on both sides
 * @param content its bytes, as many as its capacity
 * @param readerIndex its reader index
 * @param writerIndex its writer index
 */
record Peer(Form form, Kind kind, boolean foreign, byte[] content, int readerIndex, int writerIndex) {

    enum Form {
        PLAIN,
        SLICE,
        DUPLICATE,
        LITTLE_ENDIAN,
        READ_ONLY,
        COMPOSITE,
        /** The buffer of the call itself. */
        SELF
    }

    private static final int MARGIN = 3;

    /** Draws a peer of any form, with {@code size} readable bytes. */
    static Peer source(Arguments arguments, int size) {
        return draw(arguments, Form.values()[arguments.between(0, Form.values().length)], size, size);
    }

    /** Draws a peer, but not the buffer itself: where that has just grown, its bytes are undefined. */
    static Peer otherSource(Arguments arguments, int size) {
        return draw(arguments, Form.values()[arguments.between(0, Form.SELF.ordinal())], size, size);
    }

    /**
     * Draws a peer with {@code size} writable bytes, of a form that the reference can transfer to. It can not to
     * composites: it asks them for an internal NIO buffer, which those of several components do not have. And it may
     * write to read-only buffers, through their address.
     */
    static Peer target(Arguments arguments, int size) {
        Form[] forms = {Form.PLAIN, Form.SLICE, Form.DUPLICATE, Form.LITTLE_ENDIAN, Form.SELF};
        int usable = arguments.buffer().nioBufferCount() == 1 ? forms.length : forms.length - 1;
        return draw(arguments, forms[arguments.between(0, usable)], size, 0);
    }

    private static Peer draw(Arguments arguments, Form form, int size, int readable) {
        int before = arguments.between(0, MARGIN);
        byte[] content = arguments.bytes(before + size + arguments.between(0, MARGIN));
        return new Peer(form, arguments.kind(), arguments.flip(), content, before, before + readable);
    }

    /** Something to do with a peer. */
    @FunctionalInterface
    interface Use {
        Object with(ByteBuf peer) throws Exception;
    }

    /** Makes the peer, uses it, and returns what came of it together with the peer's state afterwards. */
    Object use(ByteBuf self, Side side, Use use) throws Exception {
        if (form == Form.SELF) {
            return use.with(self);
        }
        ByteBuf peer = make(self, side);
        try {
            return List.of(Outcome.valueOf(use.with(peer), self), State.of(peer));
        } finally {
            peer.release();
        }
    }

    @SuppressWarnings("deprecation") // order(): little-endian peers must work too
    private ByteBuf make(ByteBuf self, Side side) {
        // A pool may give the memory, and the object, of a dead buffer to the next who asks.
        ByteBufAllocator allocator =
                foreign || self.refCnt() == 0 ? UnpooledByteBufAllocator.DEFAULT : side.allocator();
        ByteBuf peer = switch (form) {
            case SLICE -> root(allocator, MARGIN).slice(MARGIN, content.length);
            case DUPLICATE -> root(allocator, 0).duplicate();
            case LITTLE_ENDIAN -> root(allocator, 0).order(ByteOrder.LITTLE_ENDIAN);
            case COMPOSITE -> composite(allocator);
            default -> root(allocator, 0);
        };
        peer.setBytes(0, content).setIndex(readerIndex, writerIndex);
        return form == Form.READ_ONLY ? peer.asReadOnly() : peer;
    }

    private ByteBuf root(ByteBufAllocator allocator, int margin) {
        int capacity = content.length + 2 * margin;
        return kind.allocate(allocator, capacity, Math.max(1, capacity)).setZero(0, capacity);
    }

    private ByteBuf composite(ByteBufAllocator allocator) {
        CompositeByteBuf composite = kind.composite(allocator, Integer.MAX_VALUE);
        int half = content.length / 2;
        return composite
                .addComponent(true, kind.allocate(allocator, half).writeZero(half))
                .addComponent(
                        true, kind.allocate(allocator, content.length - half).writeZero(content.length - half));
    }

    /** The visible state of a buffer. */
    record State(ByteBuffer content, int readerIndex, int writerIndex, boolean direct, ByteOrder order) {

        @SuppressWarnings("deprecation") // order(): it must not change on the way
        static State of(ByteBuf buffer) {
            byte[] content = new byte[buffer.capacity()];
            buffer.getBytes(0, content);
            return new State(
                    ByteBuffer.wrap(content),
                    buffer.readerIndex(),
                    buffer.writerIndex(),
                    buffer.isDirect(),
                    buffer.order());
        }
    }
}
