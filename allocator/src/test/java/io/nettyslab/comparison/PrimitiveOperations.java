package io.nettyslab.comparison;

import io.netty.buffer.ByteBuf;

/** One number at a time: get, set, read, write, in both byte orders. */
final class PrimitiveOperations {

    private final Catalogue catalogue;

    private PrimitiveOperations(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    static void addTo(Catalogue catalogue) {
        PrimitiveOperations primitives = new PrimitiveOperations(catalogue);
        primitives.addGets();
        primitives.addReads();
        primitives.addSets();
        primitives.addWrites();
    }

    private void addGets() {
        get("getBoolean", 1, ByteBuf::getBoolean);
        get("getByte", 1, ByteBuf::getByte);
        get("getUnsignedByte", 1, ByteBuf::getUnsignedByte);
        get("getShort", 2, ByteBuf::getShort);
        get("getShortLE", 2, ByteBuf::getShortLE);
        get("getUnsignedShort", 2, ByteBuf::getUnsignedShort);
        get("getUnsignedShortLE", 2, ByteBuf::getUnsignedShortLE);
        get("getMedium", 3, ByteBuf::getMedium);
        get("getMediumLE", 3, ByteBuf::getMediumLE);
        get("getUnsignedMedium", 3, ByteBuf::getUnsignedMedium);
        get("getUnsignedMediumLE", 3, ByteBuf::getUnsignedMediumLE);
        get("getInt", 4, ByteBuf::getInt);
        get("getIntLE", 4, ByteBuf::getIntLE);
        get("getUnsignedInt", 4, ByteBuf::getUnsignedInt);
        get("getUnsignedIntLE", 4, ByteBuf::getUnsignedIntLE);
        get("getLong", 8, ByteBuf::getLong);
        get("getLongLE", 8, ByteBuf::getLongLE);
        get("getChar", 2, ByteBuf::getChar);
        get("getFloat", 4, ByteBuf::getFloat);
        get("getFloatLE", 4, ByteBuf::getFloatLE);
        get("getDouble", 8, ByteBuf::getDouble);
        get("getDoubleLE", 8, ByteBuf::getDoubleLE);
    }

    private void addReads() {
        read("readBoolean", ByteBuf::readBoolean);
        read("readByte", ByteBuf::readByte);
        read("readUnsignedByte", ByteBuf::readUnsignedByte);
        read("readShort", ByteBuf::readShort);
        read("readShortLE", ByteBuf::readShortLE);
        read("readUnsignedShort", ByteBuf::readUnsignedShort);
        read("readUnsignedShortLE", ByteBuf::readUnsignedShortLE);
        read("readMedium", ByteBuf::readMedium);
        read("readMediumLE", ByteBuf::readMediumLE);
        read("readUnsignedMedium", ByteBuf::readUnsignedMedium);
        read("readUnsignedMediumLE", ByteBuf::readUnsignedMediumLE);
        read("readInt", ByteBuf::readInt);
        read("readIntLE", ByteBuf::readIntLE);
        read("readUnsignedInt", ByteBuf::readUnsignedInt);
        read("readUnsignedIntLE", ByteBuf::readUnsignedIntLE);
        read("readLong", ByteBuf::readLong);
        read("readLongLE", ByteBuf::readLongLE);
        read("readChar", ByteBuf::readChar);
        read("readFloat", ByteBuf::readFloat);
        read("readFloatLE", ByteBuf::readFloatLE);
        read("readDouble", ByteBuf::readDouble);
        read("readDoubleLE", ByteBuf::readDoubleLE);
    }

    private void addSets() {
        set("setBoolean", 1, (buffer, i, v) -> buffer.setBoolean(i, (v & 1) != 0));
        set("setByte", 1, (buffer, i, v) -> buffer.setByte(i, (int) v));
        set("setShort", 2, (buffer, i, v) -> buffer.setShort(i, (int) v));
        set("setShortLE", 2, (buffer, i, v) -> buffer.setShortLE(i, (int) v));
        set("setMedium", 3, (buffer, i, v) -> buffer.setMedium(i, (int) v));
        set("setMediumLE", 3, (buffer, i, v) -> buffer.setMediumLE(i, (int) v));
        set("setInt", 4, (buffer, i, v) -> buffer.setInt(i, (int) v));
        set("setIntLE", 4, (buffer, i, v) -> buffer.setIntLE(i, (int) v));
        set("setLong", 8, ByteBuf::setLong);
        set("setLongLE", 8, ByteBuf::setLongLE);
        set("setChar", 2, (buffer, i, v) -> buffer.setChar(i, (int) v));
        set("setFloat", 4, (buffer, i, v) -> buffer.setFloat(i, (float) v));
        set("setFloatLE", 4, (buffer, i, v) -> buffer.setFloatLE(i, (float) v));
        set("setDouble", 8, (buffer, i, v) -> buffer.setDouble(i, (double) v));
        set("setDoubleLE", 8, (buffer, i, v) -> buffer.setDoubleLE(i, (double) v));
    }

    private void addWrites() {
        write("writeBoolean", (buffer, v) -> buffer.writeBoolean((v & 1) != 0));
        write("writeByte", (buffer, v) -> buffer.writeByte((int) v));
        write("writeShort", (buffer, v) -> buffer.writeShort((int) v));
        write("writeShortLE", (buffer, v) -> buffer.writeShortLE((int) v));
        write("writeMedium", (buffer, v) -> buffer.writeMedium((int) v));
        write("writeMediumLE", (buffer, v) -> buffer.writeMediumLE((int) v));
        write("writeInt", (buffer, v) -> buffer.writeInt((int) v));
        write("writeIntLE", (buffer, v) -> buffer.writeIntLE((int) v));
        write("writeLong", ByteBuf::writeLong);
        write("writeLongLE", ByteBuf::writeLongLE);
        write("writeChar", (buffer, v) -> buffer.writeChar((int) v));
        write("writeFloat", (buffer, v) -> buffer.writeFloat((float) v));
        write("writeFloatLE", (buffer, v) -> buffer.writeFloatLE((float) v));
        write("writeDouble", (buffer, v) -> buffer.writeDouble((double) v));
        write("writeDoubleLE", (buffer, v) -> buffer.writeDoubleLE((double) v));
    }

    private void get(String method, int width, Get get) {
        catalogue.add(method, arguments -> {
            int index = arguments.index(width);
            arguments.touches(index, width);
            return (buffer, side) -> get.at(buffer, index);
        });
    }

    private void read(String method, Read read) {
        catalogue.plain(method, (buffer, side) -> read.from(buffer));
    }

    private void set(String method, int width, Set set) {
        catalogue.add(method, arguments -> {
            int index = arguments.index(width);
            long value = arguments.anyLong();
            arguments.touches(index, width);
            return (buffer, side) -> set.at(buffer, index, value);
        });
    }

    private void write(String method, Write write) {
        catalogue.add(method, arguments -> {
            long value = arguments.anyLong();
            return (buffer, side) -> write.to(buffer, value);
        });
    }

    @FunctionalInterface
    private interface Get {
        Object at(ByteBuf buffer, int index);
    }

    @FunctionalInterface
    private interface Read {
        Object from(ByteBuf buffer);
    }

    @FunctionalInterface
    private interface Set {
        ByteBuf at(ByteBuf buffer, int index, long value);
    }

    @FunctionalInterface
    private interface Write {
        ByteBuf to(ByteBuf buffer, long value);
    }
}
