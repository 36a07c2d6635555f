package io.nettyslab.buffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.IllegalReferenceCountException;
import io.nettyslab.memory.Memory;
import io.nettyslab.memory.MemoryKind;
import io.nettyslab.memory.ObjectSizes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.nio.charset.Charset;
import java.util.ConcurrentModificationException;
import java.util.function.Consumer;

/**
 * A buffer bound to a slot: its memory and its address are settled once, and stay however often the buffer is handed
 * out and comes home, until its home needs the object no longer; its NIO view is kept as long as the capacity is the
 * same. This class is its life: hand-out, capacity, derived buffers; the subclasses are its access to memory.
 *
 * <p>Thread-safety is that of every {@code ByteBuf}: the reference count may be used from any thread at any time,
 * reading methods that do not move an index may run in several threads at once, everything else belongs to one thread.
 */
public abstract class SlabByteBuf extends CountedByteBuf {

    /**
     * What a buffer object takes of the Java heap, in bytes, without its views; for metrics. Netty's five indices, the
     * state, handle and capacity, and a position in the block: 64, or 80 where references take 8. An address instead
     * of block and position takes as much, or 8 less.
     */
    public static final int OBJECT_BYTES = ObjectSizes.object(5 * Integer.BYTES + Long.BYTES + 3 * Integer.BYTES, 3);

    /** In {@code handle}: the sign. */
    private static final int AWAY = 1 << 31;

    /**
     * Up to so many bytes, a buffer that outgrows its slot by writing gets room for twice the capacity that it needs.
     */
    private static final int MOST_ROOM = 64 * 1024;

    // The fields are few on purpose: with those of the superclasses and subclasses they fill a cache line, where
    // references take 4 bytes.
    //
    // The binding: changes only while the buffer is at home, or when it grows out of its slot.
    private SlotHome home;
    private int handle; // the slot, as its home numbers it; with AWAY if the home's table does not show this object
    private int capacity;

    private BufferViews views; // null until they are needed

    // ---------------------------------------------------------------------------------------------- for the home

    /** Makes a buffer that is bound to no slot yet. */
    public static SlabByteBuf make(MemoryKind kind) {
        return kind == MemoryKind.DIRECT ? DirectSlabByteBuf.make() : new HeapSlabByteBuf();
    }

    /** Binds this buffer to a slot. Only while it is at home. */
    public final void bind(SlotHome home, int handle, Memory memory, int offset) {
        assert refCnt() == 0 : "bound while handed out: " + this;
        this.home = home;
        this.handle = handle;
        bindMemory(memory, offset);
        views = null; // as it has been since unbind(), unless somebody who used this buffer once has just looked at it
    }

    /** Takes the slot away from this buffer, which is at home, so that it keeps no memory reachable. */
    public final void unbind() {
        assert refCnt() == 0 : "unbound while handed out: " + this;
        views = null;
        unbindMemory();
    }

    /** Hands this buffer out, empty, with one reference. Only its home calls, and only while the buffer is at home. */
    public final void handOut(int capacity, int maxCapacity) {
        assert refCnt() == 0 : "handed out twice: " + this;
        assert capacity <= home.slotSize() : capacity + " bytes in a slot of " + home.slotSize();
        this.capacity = capacity;
        maxCapacity(maxCapacity);
        clear();
        markReaderIndex();
        markWriterIndex();
        takeFirstReference();
    }

    /**
     * Says that a leak tracker watches this buffer, which has just been handed out.
     *
     * @param forget has the home's table forget it
     * @return {@code false} if an earlier user has released it once more already: it may be another's by now
     */
    public final boolean watchForLeak(Consumer<SlabByteBuf> forget) {
        if (!tryPin()) {
            return false;
        }
        try {
            watch();
            forget.accept(this);
        } finally {
            unpin(0);
        }
        return true;
    }

    @Override
    final void sendHome() {
        home.takeBack(this);
    }

    /** Returns the slot this buffer is bound to, as its home numbers it; 0 or more. */
    public final int handle() {
        return handle & ~AWAY;
    }

    /** Returns who takes this buffer back. */
    public final SlotHome home() {
        return home;
    }

    /** Returns whether the home's table has to be told, when the buffer comes home, that it is there. */
    public final boolean isAway() {
        return handle < 0;
    }

    /** Says that the home's table has to be told when the buffer, which is handed out, comes home. */
    public final void goAway() {
        awayLink(); // now, and not on the way home, where the Java heap may have no room for it
        handle |= AWAY;
    }

    /** Says that the home's table shows this buffer again. */
    public final void arrive() {
        handle &= ~AWAY;
    }

    /** Returns this buffer's link in a chain of those that are away. */
    public final AwayLink awayLink() {
        return views();
    }

    @Override
    final RetainedView viewOrNull(int number) {
        BufferViews made = views;
        return made == null ? null : made.get(number);
    }

    @Override
    final RetainedView makeView(int number) {
        RetainedView view = new RetainedView(this, number);
        views().put(number, view);
        return view;
    }

    private BufferViews views() {
        BufferViews made = views;
        if (made == null) {
            views = made = new BufferViews(this);
        }
        return made;
    }

    private void forgetNioView() {
        if (views != null) {
            views.setNio(null);
        }
    }

    // -------------------------------------------------------------------------------------------------- capacity

    @Override
    public final int capacity() {
        return capacity;
    }

    @Override
    public final int maxFastWritableBytes() {
        return Math.min(home.slotSize(), maxCapacity()) - writerIndex();
    }

    /** Grows and shrinks in place within the slot; past it, moves to a larger one. Never moves to a smaller one. */
    @Override
    public final ByteBuf capacity(int newCapacity) {
        checkNewCapacity(newCapacity);
        if (newCapacity > home.slotSize()) {
            move(home.source().obtain(kind(), newCapacity, maxCapacity()), newCapacity);
        } else if (newCapacity != capacity) {
            pin();
            try {
                changeCapacity(newCapacity);
            } finally {
                unpin(0);
            }
        }
        return this;
    }

    /** Within the slot, which is another one than the caller has seen if two threads do this at a time. */
    private void changeCapacity(int newCapacity) {
        if (newCapacity > home.slotSize()) {
            throw new ConcurrentModificationException("capacity: " + newCapacity + " (expected: 0 to " + home.slotSize()
                    + ", which another thread has just made of it)");
        }
        capacity = newCapacity;
        trimIndicesToCapacity(newCapacity);
    }

    /**
     * Moves the content to a larger slot. The user keeps this object, so the two objects change places: this one takes
     * over the larger slot, and the one that was bound to it goes home to the slot that became too small.
     *
     * <p>Both are pinned: if another thread releases this buffer meanwhile, or makes it larger too, or releases what it
     * had once in the larger slot, two buffers would else have one slot, or one the capacity of another's.
     */
    private void move(SlabByteBuf larger, int newCapacity) {
        pinNew(larger);
        try {
            pin();
            try {
                if (newCapacity > home.slotSize()) { // still: another thread may have moved it
                    swap(larger, newCapacity);
                }
                changeCapacity(newCapacity);
            } finally {
                unpin(0);
            }
        } finally {
            larger.unpin(1);
        }
    }

    /** Pins a buffer that was just handed out, or releases it if an earlier user, who is just growing it, has. */
    private static void pinNew(SlabByteBuf larger) {
        try {
            larger.pin();
        } catch (ConcurrentModificationException e) {
            larger.release();
            throw e;
        }
    }

    private void swap(SlabByteBuf larger, int newCapacity) {
        if (newCapacity > larger.home.slotSize()) { // released by an earlier user, and another's since
            throw new IllegalReferenceCountException(larger.refCnt());
        }
        goAway();
        larger.goAway();
        copyTo(larger, capacity);
        larger.capacity = 0; // of the small slot: nobody who used it once shall reach past that
        swapBinding(larger);
    }

    /**
     * Finds room for what is about to be written. What has outgrown its slot by writing will outgrow the next one too,
     * so up to {@link #MOST_ROOM} it gets one of twice the size: half as many moves, and a third of the bytes to copy.
     * See docs/decisions/0012-growth.md.
     */
    @Override
    public final ByteBuf ensureWritable(int minWritableBytes) {
        if (minWritableBytes > maxFastWritableBytes() && minWritableBytes <= maxWritableBytes()) {
            ensureAccessible();
            makeRoom(writerIndex() + minWritableBytes);
        }
        return super.ensureWritable(minWritableBytes);
    }

    private void makeRoom(int needed) {
        int newCapacity = alloc().calculateNewCapacity(needed, maxCapacity());
        int room = (int) Math.min(2L * newCapacity, maxCapacity());
        if (room <= MOST_ROOM) {
            SlabByteBuf larger = home.source().tryObtain(kind(), room, maxCapacity());
            if (larger != null) {
                move(larger, newCapacity);
            }
        }
    }

    private void swapBinding(SlabByteBuf other) {
        SlotHome otherHome = other.home;
        int otherHandle = other.handle;
        other.home = home;
        other.handle = handle;
        home = otherHome;
        handle = otherHandle;
        swapMemory(other);
        forgetNioView(); // not before: somebody who looks at it meanwhile would make it again
        other.forgetNioView();
    }

    abstract MemoryKind kind();

    /** Binds to the slot that begins at {@code offset} of {@code memory}. */
    abstract void bindMemory(Memory memory, int offset);

    abstract void unbindMemory();

    /** Exchanges memory with {@code other}, which is of the same class. */
    abstract void swapMemory(SlabByteBuf other);

    /** Copies the first {@code length} bytes to the start of {@code other}, which is of the same class. */
    abstract void copyTo(SlabByteBuf other, int length);

    // ----------------------------------------------------------------------------------------- what this buffer is

    @Override
    public final ByteBufAllocator alloc() {
        return home.source().allocator();
    }

    @Override
    @Deprecated
    public final ByteOrder order() {
        return ByteOrder.BIG_ENDIAN;
    }

    @Override
    public final ByteBuf unwrap() {
        return null;
    }

    @Override
    public final boolean isContiguous() {
        return true;
    }

    @Override
    public final boolean hasMemoryAddress() {
        return address() != 0;
    }

    @Override
    public final long memoryAddress() {
        ensureAccessible();
        long address = address();
        if (address == 0) {
            throw new UnsupportedOperationException("no memory address");
        }
        return address;
    }

    /** Returns the block that the slot lies in. */
    final Memory ownMemory() {
        Memory memory = home.memoryOf(handle());
        if (memory == null) { // nobody's any more, and somebody asks
            throw new IllegalReferenceCountException(0);
        }
        return memory;
    }

    /** Returns the native address of byte 0, or 0 if there is none to tell. */
    abstract long address();

    /** Returns the position of byte {@code index} in the memory of this buffer; the caller has checked the range. */
    abstract int at(int index);

    @Override
    final int limit() {
        return isLive() ? capacity : 0;
    }

    /** As {@code checkSrcIndex}, by plain reads if all is well, and always: see {@link #checkRange}. */
    final void checkCopyIn(int index, int length, int srcIndex, int srcCapacity) {
        if (length < 0 || srcIndex < 0 || srcIndex > srcCapacity - length || !isLive() || !reaches(index, length)) {
            checkSrcIndex(index, length, srcIndex, srcCapacity);
            throw outOfReach(index, length, srcIndex, srcCapacity);
        }
    }

    /** As {@code checkDstIndex}, by plain reads if all is well, and always: see {@link #checkRange}. */
    final void checkCopyOut(int index, int length, int dstIndex, int dstCapacity) {
        if (length < 0 || dstIndex < 0 || dstIndex > dstCapacity - length || !isLive() || !reaches(index, length)) {
            checkDstIndex(index, length, dstIndex, dstCapacity);
            throw outOfReach(index, length, dstIndex, dstCapacity);
        }
    }

    private IndexOutOfBoundsException outOfReach(int index, int length, int otherIndex, int otherCapacity) {
        return new IndexOutOfBoundsException("index: " + index + ", length: " + length + " (expected: range(0, "
                + limit() + ")), in the other: " + otherIndex + " (expected: range(0, " + otherCapacity + "))");
    }

    // --------------------------------------------------------------------------------- primitives made of others

    @Override
    final int unsignedMediumAt(int index) {
        return (byteAt(index) & 0xff) << 16 | shortAt(index + 1) & 0xffff;
    }

    @Override
    final int unsignedMediumLEAt(int index) {
        return byteAt(index) & 0xff | (shortLEAt(index + 1) & 0xffff) << 8;
    }

    @Override
    final void putMedium(int index, int value) {
        putByte(index, value >>> 16);
        putShort(index + 1, value);
    }

    @Override
    final void putMediumLE(int index, int value) {
        putByte(index, value);
        putShortLE(index + 1, value >>> 8);
    }

    // ------------------------------------------------------------------------------------------------- NIO views

    @Override
    public final int nioBufferCount() {
        return 1;
    }

    @Override
    public final ByteBuffer nioBuffer(int index, int length) {
        checkRange(index, length);
        return newView(index, length);
    }

    @Override
    public final ByteBuffer[] nioBuffers(int index, int length) {
        return new ByteBuffer[] {nioBuffer(index, length)};
    }

    @Override
    public final ByteBuffer internalNioBuffer(int index, int length) {
        checkRange(index, length);
        BufferViews kept = views();
        ByteBuffer view = kept.nio();
        if (view == null || view.capacity() != capacity) {
            view = newView(0, capacity); // its end is ours: nobody widens it to the rest of the slot
            kept.setNio(view);
        }
        return view.order(ByteOrder.BIG_ENDIAN).limit(index + length).position(index);
    }

    /** Returns a new view of exactly the bytes from {@code index} on; the caller has checked them. */
    abstract ByteBuffer newView(int index, int length);

    // -------------------------------------------------------------------------------------------------- channels

    /**
     * Returns how many bytes a channel or stream says that it has moved. Netty adds it to an index, unseen, so nothing
     * is believed that cannot be.
     */
    static int believed(int moved, int least, int most) {
        if (moved < least || moved > most) {
            throw new IndexOutOfBoundsException(
                    "bytes moved, says the channel or stream: " + moved + " (expected: " + least + " to " + most + ")");
        }
        return moved;
    }

    @Override
    public final int getBytes(int index, GatheringByteChannel out, int length) throws IOException {
        checkRange(index, length);
        if (length == 0 && isDirect()) { // as Netty's unpooled buffers do
            return 0;
        }
        return believed(out.write(newView(index, length)), 0, length);
    }

    @Override
    public final int getBytes(int index, FileChannel out, long position, int length) throws IOException {
        checkRange(index, length);
        if (length == 0 && isDirect()) {
            return 0;
        }
        return believed(out.write(newView(index, length), position), 0, length);
    }

    @Override
    public final int setBytes(int index, ScatteringByteChannel in, int length) throws IOException {
        ByteBuffer view = internalNioBuffer(index, length);
        try {
            return believed(in.read(view), -1, length);
        } catch (ClosedChannelException ignored) {
            return -1;
        }
    }

    @Override
    public final int setBytes(int index, FileChannel in, long position, int length) throws IOException {
        ByteBuffer view = internalNioBuffer(index, length);
        try {
            return believed(in.read(view, position), -1, length);
        } catch (ClosedChannelException ignored) {
            return -1;
        }
    }

    // ------------------------------------------------------------------------------------------- derived buffers

    @Override
    public final ByteBuf slice(int index, int length) {
        ensureAccessible();
        return SharedView.slice(this, this, index, length);
    }

    @Override
    public final ByteBuf retainedSlice() {
        return RetainedView.slice(this, this, readerIndex(), readableBytes());
    }

    @Override
    public final ByteBuf retainedSlice(int index, int length) {
        return RetainedView.slice(this, this, index, length);
    }

    @Override
    public final ByteBuf duplicate() {
        ensureAccessible();
        return SharedView.duplicate(this, this, this);
    }

    @Override
    public final ByteBuf retainedDuplicate() {
        return RetainedView.duplicate(this, this, this);
    }

    @Override
    public final ByteBuf copy(int index, int length) {
        checkRange(index, length);
        ByteBuf copy = kind() == MemoryKind.DIRECT
                ? alloc().directBuffer(length, maxCapacity())
                : alloc().heapBuffer(length, maxCapacity());
        return filled(copy, this, index, length);
    }

    /** Checks the range, which Netty leaves out: its pools answer with a neighbour's bytes. */
    @Override
    public final String toString(int index, int length, Charset charset) {
        if (length != 0) { // no bytes, no harm, and Netty's versions differ
            checkRange(index, length);
        }
        return super.toString(index, length, charset);
    }
}
