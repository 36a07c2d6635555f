package io.nettyslab.memory;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.CleanableDirectBuffer;
import io.netty.util.internal.PlatformDependent;
import io.netty.util.internal.ThreadExecutorMap;
import java.nio.ByteBuffer;

/**
 * The only class that touches {@code io.netty.util.internal}. Those classes are exported but not an API: methods come
 * and go between patch releases, and this is the one file to look at when they do.
 */
public final class NettyInternals {

    private NettyInternals() {}

    /** Returns the JVM's limit on direct memory as Netty sees it, in bytes, more than 0. */
    public static long maxDirectMemory() {
        long limit = PlatformDependent.maxDirectMemory();
        return limit > 0 ? limit : Runtime.getRuntime().maxMemory();
    }

    /** Returns what Netty's own allocators pass as {@code preferDirect}. */
    public static boolean preferDirect() {
        return !PlatformDependent.isExplicitNoPreferDirect();
    }

    /** Returns whether {@code thread} is a virtual thread; {@code false} on JDKs without them. */
    public static boolean isVirtual(Thread thread) {
        return PlatformDependent.isVirtualThread(thread);
    }

    /** Returns the event executor that runs on the current thread, or {@code null}. */
    public static EventExecutor currentExecutor() {
        return ThreadExecutorMap.currentExecutor();
    }

    /**
     * Direct memory taken from the system.
     *
     * @param buffer all of it
     * @param address of byte 0, or 0 if this JVM does not tell
     * @param release gives it back; run it once
     */
    record DirectBlock(ByteBuffer buffer, long address, Runnable release) {

        /** Returns the part of this block that is {@code bytes} long and begins at a multiple of {@code alignment}. */
        DirectBlock aligned(int alignment, int bytes) {
            ByteBuffer part = buffer.alignedSlice(alignment).slice(0, bytes);
            return new DirectBlock(part, addressOf(part), release);
        }
    }

    /**
     * Takes direct memory that lives long. On JDK 17 {@code release} frees it; on JDK 25 without {@code Unsafe} it does
     * nothing and the garbage collector frees the memory. In both cases the buffer belongs to no memory session, whose
     * liveness check and shared counter every channel read and write would pay for.
     */
    static DirectBlock takeLongLived(int bytes) {
        return blockOf(PlatformDependent.allocateDirect(bytes, false));
    }

    /** Takes direct memory for one buffer: {@code release} frees it at once on every JDK, at some cost on JDK 25. */
    static DirectBlock takeShortLived(int bytes) {
        return blockOf(PlatformDependent.allocateDirect(bytes, true));
    }

    private static DirectBlock blockOf(CleanableDirectBuffer taken) {
        DirectBlock block = null;
        try {
            ByteBuffer buffer = taken.buffer();
            long address = taken.hasMemoryAddress() ? taken.memoryAddress() : addressOf(buffer);
            block = new DirectBlock(buffer, address, taken::clean);
            return block;
        } finally {
            if (block == null) { // no Java heap for the objects
                taken.clean();
            }
        }
    }

    /** Returns the native address of position 0 of direct memory, or 0 if this JVM does not tell. */
    static long addressOf(ByteBuffer buffer) {
        return PlatformDependent.hasDirectByteBufferAddress(buffer) ? PlatformDependent.directBufferAddress(buffer) : 0;
    }

    /** Returns whether native memory may be read and written by its address, at any alignment. */
    static boolean hasRawAccess() {
        return PlatformDependent.hasUnsafe() && PlatformDependent.isUnaligned();
    }

    static byte getByte(long address) {
        return PlatformDependent.getByte(address);
    }

    static void putByte(long address, byte value) {
        PlatformDependent.putByte(address, value);
    }

    static short getShort(long address) {
        return PlatformDependent.getShort(address);
    }

    static void putShort(long address, short value) {
        PlatformDependent.putShort(address, value);
    }

    static int getInt(long address) {
        return PlatformDependent.getInt(address);
    }

    static void putInt(long address, int value) {
        PlatformDependent.putInt(address, value);
    }

    static long getLong(long address) {
        return PlatformDependent.getLong(address);
    }

    static void putLong(long address, long value) {
        PlatformDependent.putLong(address, value);
    }

    static short getShort(byte[] array, int index) {
        return PlatformDependent.getShort(array, index);
    }

    static void putShort(byte[] array, int index, short value) {
        PlatformDependent.putShort(array, index, value);
    }

    static int getInt(byte[] array, int index) {
        return PlatformDependent.getInt(array, index);
    }

    static void putInt(byte[] array, int index, int value) {
        PlatformDependent.putInt(array, index, value);
    }

    static long getLong(byte[] array, int index) {
        return PlatformDependent.getLong(array, index);
    }

    static void putLong(byte[] array, int index, long value) {
        PlatformDependent.putLong(array, index, value);
    }

    static void copy(long from, long to, int length) {
        PlatformDependent.copyMemory(from, to, length);
    }

    static void copy(long from, byte[] to, int toIndex, int length) {
        PlatformDependent.copyMemory(from, to, toIndex, length);
    }

    static void copy(byte[] from, int fromIndex, long to, int length) {
        PlatformDependent.copyMemory(from, fromIndex, to, length);
    }
}
