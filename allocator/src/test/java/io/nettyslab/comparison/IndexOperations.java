package io.nettyslab.comparison;

import io.netty.buffer.ByteBuf;

/** Reader, writer and marks. */
final class IndexOperations {

    private IndexOperations() {}

    static void addTo(Catalogue catalogue) {
        addSetters(catalogue);
        addMarks(catalogue);
        addQuestions(catalogue);
    }

    private static void addSetters(Catalogue catalogue) {
        catalogue.add("readerIndex", arguments -> {
            int index = arguments.markerIndex();
            return (buffer, side) -> buffer.readerIndex(index);
        });
        catalogue.add("writerIndex", arguments -> {
            int index = arguments.markerIndex();
            return (buffer, side) -> buffer.writerIndex(index);
        });
        // Often, and mostly in order: so that there is something to read and room to write.
        for (int i = 0; i < 6; i++) {
            catalogue.add("setIndex", arguments -> {
                int one = arguments.markerIndex();
                int other = arguments.markerIndex();
                boolean ordered = !arguments.oneIn(8);
                int reader = ordered ? Math.min(one, other) : one;
                int writer = ordered ? Math.max(one, other) : other;
                return (buffer, side) -> buffer.setIndex(reader, writer);
            });
        }
        catalogue.plain("clear", (buffer, side) -> buffer.clear());
        catalogue.add("skipBytes", arguments -> {
            int length = arguments.readable();
            return (buffer, side) -> buffer.skipBytes(length);
        });
    }

    private static void addMarks(Catalogue catalogue) {
        catalogue.plain("markReaderIndex", (buffer, side) -> buffer.markReaderIndex());
        catalogue.plain("markWriterIndex", (buffer, side) -> buffer.markWriterIndex());
        catalogue.plain("resetReaderIndex", (buffer, side) -> buffer.resetReaderIndex());
        catalogue.plain("resetWriterIndex", (buffer, side) -> buffer.resetWriterIndex());
    }

    private static void addQuestions(Catalogue catalogue) {
        catalogue.plain("isReadable", (buffer, side) -> buffer.isReadable());
        catalogue.plain("isWritable", (buffer, side) -> buffer.isWritable());
        catalogue.add("isReadable", arguments -> {
            int length = arguments.readable();
            return (buffer, side) -> buffer.isReadable(length);
        });
        catalogue.add("isWritable", arguments -> {
            int length = arguments.writable();
            return (buffer, side) -> buffer.isWritable(length);
        });
        catalogue.plain("readableBytes", (buffer, side) -> buffer.readableBytes());
        catalogue.plain("writableBytes", (buffer, side) -> buffer.writableBytes());
        catalogue.plain("maxWritableBytes", (buffer, side) -> buffer.maxWritableBytes());
        catalogue.plain("maxFastWritableBytes", (buffer, side) -> {
            demandHonestSlack(buffer, side);
            return null; // the one thing in which the sides may differ
        });
    }

    private static void demandHonestSlack(ByteBuf buffer, Side side) {
        int fast = buffer.maxFastWritableBytes();
        side.demand(
                fast >= buffer.writableBytes() && fast <= Math.max(buffer.writableBytes(), buffer.maxWritableBytes()),
                "maxFastWritableBytes: %d, writableBytes: %d, maxWritableBytes: %d",
                fast,
                buffer.writableBytes(),
                buffer.maxWritableBytes());
    }
}
