package io.nettyslab.comparison;

import io.netty.util.ByteProcessor;
import java.util.List;

/** Looking for a byte, forwards and backwards. */
final class SearchOperations {

    private SearchOperations() {}

    static void addTo(Catalogue catalogue) {
        addIndexOf(catalogue);
        addForEachByte(catalogue);
    }

    private static void addIndexOf(Catalogue catalogue) {
        catalogue.add("indexOf", arguments -> {
            int from = arguments.index(0);
            int to = arguments.index(0);
            byte value = arguments.anyByte();
            return (buffer, side) -> buffer.indexOf(from, to, value);
        });
        catalogue.add("bytesBefore", arguments -> {
            byte value = arguments.anyByte();
            return (buffer, side) -> buffer.bytesBefore(value);
        });
        catalogue.add("bytesBefore", arguments -> {
            int length = arguments.readable();
            byte value = arguments.anyByte();
            return (buffer, side) -> buffer.bytesBefore(length, value);
        });
        catalogue.add("bytesBefore", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            byte value = arguments.anyByte();
            return (buffer, side) -> buffer.bytesBefore(index, length, value);
        });
    }

    private static void addForEachByte(Catalogue catalogue) {
        catalogue.add("forEachByte", arguments -> {
            byte value = arguments.anyByte();
            return (buffer, side) -> {
                Finder finder = new Finder(value);
                return List.of(buffer.forEachByte(finder), finder.seen);
            };
        });
        catalogue.add("forEachByteDesc", arguments -> {
            byte value = arguments.anyByte();
            return (buffer, side) -> {
                Finder finder = new Finder(value);
                return List.of(buffer.forEachByteDesc(finder), finder.seen);
            };
        });
        catalogue.add("forEachByte", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            byte value = arguments.anyByte();
            arguments.touches(index, length);
            return (buffer, side) -> {
                Finder finder = new Finder(value);
                return List.of(buffer.forEachByte(index, length, finder), finder.seen);
            };
        });
        catalogue.add("forEachByteDesc", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            byte value = arguments.anyByte();
            arguments.touches(index, length);
            return (buffer, side) -> {
                Finder finder = new Finder(value);
                return List.of(buffer.forEachByteDesc(index, length, finder), finder.seen);
            };
        });
    }

    /** Stops at a value, and remembers what it has seen. */
    private static final class Finder implements ByteProcessor {

        private final byte wanted;
        private int seen; // hash of the bytes, in order

        Finder(byte wanted) {
            this.wanted = wanted;
        }

        @Override
        public boolean process(byte value) {
            seen = 31 * seen + value;
            return value != wanted;
        }
    }
}
