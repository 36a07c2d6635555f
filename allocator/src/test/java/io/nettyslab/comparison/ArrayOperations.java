package io.nettyslab.comparison;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.List;

/** Byte arrays, and runs of zeros. */
final class ArrayOperations {

    private ArrayOperations() {}

    static void addTo(Catalogue catalogue) {
        addGets(catalogue);
        addReads(catalogue);
        addSets(catalogue);
        addWrites(catalogue);
        addZeros(catalogue);
        addNulls(catalogue);
    }

    private static void addGets(Catalogue catalogue) {
        catalogue.add("getBytes", arguments -> {
            int size = arguments.size();
            int index = arguments.index(size);
            arguments.touches(index, size);
            return (buffer, side) -> {
                byte[] target = new byte[size];
                return result(buffer, buffer.getBytes(index, target), target);
            };
        });
        catalogue.add("getBytes", arguments -> {
            int size = arguments.size();
            int index = arguments.index(size);
            int length = arguments.length(index);
            int position = arguments.positionIn(size, length);
            arguments.touches(index, length);
            return (buffer, side) -> {
                byte[] target = new byte[size];
                return result(buffer, buffer.getBytes(index, target, position, length), target);
            };
        });
    }

    private static void addReads(Catalogue catalogue) {
        catalogue.add("readBytes", arguments -> {
            int size = arguments.sizeFor(arguments.readable());
            return (buffer, side) -> {
                byte[] target = new byte[size];
                return result(buffer, buffer.readBytes(target), target);
            };
        });
        catalogue.add("readBytes", arguments -> {
            int length = arguments.readable();
            int size = arguments.sizeFor(length);
            int position = arguments.positionIn(size, length);
            return (buffer, side) -> {
                byte[] target = new byte[size];
                return result(buffer, buffer.readBytes(target, position, length), target);
            };
        });
    }

    private static void addSets(Catalogue catalogue) {
        catalogue.add("setBytes", arguments -> {
            byte[] source = arguments.bytes(arguments.size());
            int index = arguments.index(source.length);
            arguments.touches(index, source.length);
            return (buffer, side) -> buffer.setBytes(index, source);
        });
        catalogue.add("setBytes", arguments -> {
            byte[] source = arguments.bytes(arguments.size());
            int index = arguments.index(source.length);
            int length = arguments.length(index);
            int position = arguments.positionIn(source.length, length);
            arguments.touches(index, length);
            return (buffer, side) -> buffer.setBytes(index, source, position, length);
        });
    }

    private static void addWrites(Catalogue catalogue) {
        catalogue.add("writeBytes", arguments -> {
            byte[] source = arguments.bytes(arguments.sizeFor(arguments.writable()));
            return (buffer, side) -> buffer.writeBytes(source);
        });
        catalogue.add("writeBytes", arguments -> {
            int length = arguments.writable();
            byte[] source = arguments.bytes(arguments.sizeFor(length));
            int position = arguments.positionIn(source.length, length);
            return (buffer, side) -> buffer.writeBytes(source, position, length);
        });
    }

    private static void addZeros(Catalogue catalogue) {
        catalogue.add("setZero", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            if (length != 0) { // no zero at all is the same wherever it is not: all of Netty's buffers agree
                arguments.touches(index, length);
            }
            return (buffer, side) -> buffer.setZero(index, length);
        });
        catalogue.add("writeZero", arguments -> {
            int length = arguments.writable();
            return (buffer, side) -> buffer.writeZero(length);
        });
    }

    /** On living buffers only: of two things that are wrong, either may be reported. */
    private static void addNulls(Catalogue catalogue) {
        addNull(catalogue, "setBytes", (buffer, side) -> buffer.setBytes(0, (byte[]) null, 0, 0));
        addNull(catalogue, "getBytes", (buffer, side) -> buffer.getBytes(0, (byte[]) null, 0, 0));
        addNull(catalogue, "setBytes", (buffer, side) -> buffer.setBytes(0, (ByteBuf) null, 0, 0));
        addNull(catalogue, "getBytes", (buffer, side) -> buffer.getBytes(0, (ByteBuf) null, 0, 0));
        addNull(catalogue, "setBytes", (buffer, side) -> buffer.setBytes(0, (ByteBuffer) null));
        addNull(catalogue, "getBytes", (buffer, side) -> buffer.getBytes(0, (ByteBuffer) null));
    }

    private static void addNull(Catalogue catalogue, String method, Action action) {
        catalogue.plain(method, (buffer, side) -> buffer.refCnt() == 0 ? buffer.getByte(0) : action.on(buffer, side));
    }

    private static Object result(ByteBuf buffer, ByteBuf returned, byte[] target) {
        return List.of(Outcome.valueOf(returned, buffer), ByteBuffer.wrap(target));
    }
}
