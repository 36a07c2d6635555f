package io.nettyslab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.PastWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Views that hold a reference of their own, and whose objects are used again. */
@LeakLevel(Level.DISABLED)
class RetainedViewTest {

    private final SlabByteBufAllocator allocator = new SlabByteBufAllocator();

    @AfterEach
    void closeAllocator() {
        assertThat(allocator.metric().buffersInUse()).isZero();
        allocator.close();
    }

    /** Empty ranges are no exception, though nothing of the buffer would be read. */
    @ParameterizedTest
    @EnumSource
    void ofABufferReleasedOnceTooOftenNothingIsCut(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, 100).writeZero(100);
        ByteBuf view = buffer.retainedSlice();
        buffer.release(2); // one of them the view's
        for (int length : new int[] {0, 10}) {
            assertThatThrownBy(() -> view.slice(0, length)).isInstanceOf(IllegalReferenceCountException.class);
            assertThatThrownBy(() -> view.retainedSlice(0, length)).isInstanceOf(IllegalReferenceCountException.class);
        }
        assertThatThrownBy(view::release).isInstanceOf(IllegalReferenceCountException.class);
    }

    /** Netty's {@code readString} left a reader index behind the writer index up to 4.2.18, which no view can have. */
    @ParameterizedTest
    @EnumSource
    void aViewThatCannotBeMadeKeepsNoReference(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, 100).writeZero(100);
        ByteBuf slice = buffer.slice(0, 100).writerIndex(40);
        PastWriter.read(slice, 60);
        assertThatThrownBy(slice::retainedDuplicate).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(buffer.refCnt()).isEqualTo(1);
        buffer.release();
    }

    /** Its root may be somebody else's by then. */
    @ParameterizedTest
    @EnumSource
    void whatIsCutFromAReleasedViewSeesNothingOfTheNextUser(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, 64, 4000);
        ByteBuf view = buffer.retainedDuplicate();
        ByteBuf cut = view.duplicate();
        view.release();
        buffer.release();
        ByteBuf next = kind.allocate(allocator, 64, 4000).writeZero(64);
        assertThat(next).as("the same object").isSameAs(buffer);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> cut.capacity(2),
                () -> cut.ensureWritable(500),
                () -> cut.writeInt(1),
                cut::array,
                cut::arrayOffset,
                cut::memoryAddress,
                cut::unwrap)) {
            assertThatThrownBy(call).isInstanceOf(IllegalReferenceCountException.class);
        }
        assertThat(cut.hasArray()).isFalse();
        assertThat(cut.hasMemoryAddress()).isFalse();
        assertThat(next.capacity()).isEqualTo(64);
        assertThat(next.writerIndex()).isEqualTo(64);
        next.release();
    }

    @ParameterizedTest
    @EnumSource
    void eachHoldsOneReference(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, 100).writeZero(100);
        ByteBuf slice = buffer.retainedSlice(10, 20);
        ByteBuf nested = slice.retainedDuplicate();
        assertThat(buffer.refCnt()).isEqualTo(3);
        assertThat(slice.refCnt())
                .as("its own and that of what was made from it")
                .isEqualTo(2);
        assertThat(buffer.release()).isFalse();
        assertThat(slice.release()).isFalse();
        assertThat(nested.getByte(19)).isZero();
        assertThat(nested.retain().release()).isFalse();
        assertThat(nested.release()).isTrue();
        assertThat(buffer.refCnt()).isZero();
    }

    /**
     * Forbidden: a count of 1 while somebody else looks at the bytes, for then Netty's decoders move them. With 32
     * views out, the next ones are a recycler's.
     */
    @ParameterizedTest
    @CsvSource({"DIRECT, 0", "DIRECT, 32", "HEAP, 0", "HEAP, 32"})
    void aViewCountsTheRetainedViewsThatWereMadeFromIt(Kind kind, int out) {
        ByteBuf buffer = kind.allocate(allocator, 100).writeZero(100);
        List<ByteBuf> others =
                Stream.generate(buffer::retainedDuplicate).limit(out).toList();
        for (ByteBuf view : List.of(buffer.retainedSlice(0, 50), buffer.retainedDuplicate())) {
            List<ByteBuf> made = List.of(
                    view.retainedSlice(1, 2),
                    view.retainedDuplicate(),
                    view.readRetainedSlice(3),
                    view.slice(5, 6).retainedSlice(1, 2),
                    view.duplicate().retainedDuplicate());
            assertThat(view.refCnt()).isEqualTo(1 + made.size());
            assertThat(made).allMatch(each -> each.refCnt() == 1).allMatch(ByteBuf::release);
            assertThat(view.refCnt()).isEqualTo(1);
            ByteBuf last = view.retainedSlice(1, 2).setByte(1, 7);
            assertThat(view.release()).isFalse();
            assertThat(view.getByte(2)).isEqualTo((byte) 7);
            assertThat(last.release()).isTrue();
            demandRefused(() -> view.getByte(2));
            demandRefused(() -> view.retainedSlice(1, 2));
        }
        others.forEach(ByteBuf::release);
        assertThat(buffer.refCnt()).isEqualTo(1);
        ByteBuf again = buffer.retainedSlice();
        assertThat(again.release()).isTrue();
        assertThat(buffer.release()).isTrue();
    }

    /** Plain views of a retained one live as long as that one does. */
    @ParameterizedTest
    @EnumSource
    void viewsOfARetainedViewShareItsCount(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, 100).writeZero(100);
        ByteBuf slice = buffer.retainedSlice(10, 20);
        ByteBuf nested = slice.slice(5, 5);
        assertThat(nested.unwrap()).isSameAs(buffer);
        assertThat(nested.release()).isTrue();
        assertThat(buffer.refCnt()).isEqualTo(1);
        assertThat(slice.refCnt()).isZero();
        demandRefused(() -> nested.getByte(0));
        buffer.release();
    }

    @ParameterizedTest
    @EnumSource
    void everyCallOnAReleasedViewIsRefused(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, 100).writeZero(100);
        for (ByteBuf view : List.of(buffer.retainedSlice(10, 20), buffer.retainedDuplicate())) {
            view.release();
            demandRefused(view::release);
            demandRefused(view::retain);
            demandRefused(() -> view.getByte(0));
            demandRefused(() -> view.setLong(0, 1));
            demandRefused(view::readByte);
            demandRefused(() -> view.writeByte(1));
            demandRefused(() -> view.getBytes(0, new byte[1]));
            demandRefused(() -> view.slice(0, 1));
            demandRefused(() -> view.retainedSlice(0, 1));
            demandRefused(() -> view.nioBuffer(0, 1));
            assertThat(view.hasArray()).isFalse();
            assertThat(view.hasMemoryAddress()).isFalse();
            assertThat(view.toString()).contains("freed");
        }
        assertThat(buffer.refCnt()).isEqualTo(1);
        buffer.release();
    }

    @ParameterizedTest
    @EnumSource
    void aUsedObjectStartsAfresh(Kind kind) throws Exception {
        onEventLoopLikeThread(() -> {
            ByteBuf buffer = kind.allocate(allocator, 100).writeZero(100);
            ByteBuf first = buffer.retainedSlice(10, 20);
            first.readerIndex(7).markReaderIndex().writerIndex(9).markWriterIndex();
            first.release();
            ByteBuf second = buffer.retainedSlice(50, 5);
            assertThat(second).as("the object is used again").isSameAs(first);
            assertThat(second.readerIndex()).isZero();
            assertThat(second.writerIndex()).isEqualTo(5);
            assertThat(second.capacity()).isEqualTo(5);
            assertThat(second.maxCapacity()).isEqualTo(5);
            assertThat(second.resetReaderIndex().readerIndex()).isZero();
            assertThat(second.resetWriterIndex().writerIndex()).isZero();
            assertThat(second.refCnt()).isEqualTo(1);
            second.release();
            buffer.release();
            return null;
        });
    }

    /**
     * In two threads at once: one wins, the other is told, and no object is handed out twice afterwards. With 32 views
     * out, the next ones are a recycler's.
     */
    @ParameterizedTest
    @CsvSource({"DIRECT, 0", "DIRECT, 32", "HEAP, 0", "HEAP, 32"})
    void racingDoubleReleaseIsToldAndCorruptsNothing(Kind kind, int out) throws Exception {
        onEventLoopLikeThread(() -> {
            ByteBuf buffer = kind.allocate(allocator, 100).writeZero(100);
            List<ByteBuf> others = IntStream.range(0, out)
                    .mapToObj(i -> buffer.retainedSlice(0, 1))
                    .toList();
            for (int round = 0; round < 500; round++) {
                ByteBuf slice = buffer.retainedSlice(10, 20);
                CyclicBarrier start = new CyclicBarrier(2);
                AtomicInteger refused = new AtomicInteger();
                Runnable release = () -> {
                    try {
                        start.await();
                        slice.release();
                    } catch (IllegalReferenceCountException e) {
                        refused.incrementAndGet();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                };
                Thread other = new Thread(release);
                other.start();
                release.run();
                other.join();
                assertThat(refused).hasValue(1);
                assertThat(buffer.refCnt()).isEqualTo(1 + out);
            }
            others.forEach(ByteBuf::release);
            List<ByteBuf> views = new ArrayList<>();
            Set<ByteBuf> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
            for (int i = 0; i < 600; i++) {
                views.add(buffer.retainedSlice(0, 1));
                distinct.add(views.get(i));
            }
            assertThat(distinct).hasSize(600);
            views.forEach(ByteBuf::release);
            buffer.release();
            return null;
        });
    }

    /** The root lends as many as it has bits for, the recycler the others; each is used again. */
    @ParameterizedTest
    @EnumSource
    void manyViewsAtOnceAreDistinctAndUsedAgain(Kind kind) throws Exception {
        onEventLoopLikeThread(() -> {
            ByteBuf buffer = kind.allocate(allocator, 1000).writeZero(1000);
            Set<ByteBuf> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            for (int round = 0; round < 3; round++) {
                List<ByteBuf> views = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    ByteBuf view = i % 2 == 0 ? buffer.retainedSlice(i, 1) : buffer.retainedDuplicate();
                    view.setByte(i % 2 == 0 ? 0 : i, i);
                    views.add(view);
                    seen.add(view);
                    assertThat(buffer.refCnt()).isEqualTo(i + 2);
                }
                Collections.shuffle(views, new Random(round));
                for (ByteBuf view : views) {
                    assertThat(view.refCnt()).isEqualTo(1);
                    assertThat(view.release()).isTrue();
                    demandRefused(view::release);
                }
                for (int i = 0; i < 100; i++) {
                    assertThat(buffer.getByte(i)).isEqualTo((byte) i);
                }
                assertThat(buffer.refCnt()).isEqualTo(1);
            }
            assertThat(seen).as("objects made in three rounds").hasSize(100);
            assertThat(buffer.release()).isTrue();
            return null;
        });
    }

    /** The second release of a view must not take the place of another one that is out. */
    @ParameterizedTest
    @EnumSource
    void aViewReleasedTwiceLeavesTheOthersAlone(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, 100).writeZero(100);
        ByteBuf first = buffer.retainedSlice(0, 1);
        ByteBuf second = buffer.retainedSlice(1, 1);
        ByteBuf third = buffer.retainedSlice(2, 1);
        second.release();
        demandRefused(second::release);
        assertThat(buffer.refCnt()).isEqualTo(3);
        ByteBuf again = buffer.retainedSlice(3, 1);
        assertThat(again).isNotSameAs(first).isNotSameAs(third);
        assertThat(buffer.release()).isFalse();
        assertThat(first.release() && third.release() && again.release()).isTrue();
        assertThat(buffer.refCnt()).isZero();
    }

    /** The last view sends the buffer home, from wherever it is released; its views wait for the next user. */
    @ParameterizedTest
    @EnumSource
    void viewsStayWithABufferThatWasReleasedElsewhere(Kind kind) throws Exception {
        onEventLoopLikeThread(() -> {
            ByteBuf buffer = kind.allocate(allocator, 100).writeZero(100);
            ByteBuf slice = buffer.retainedSlice(0, 1);
            buffer.release();
            Thread elsewhere = new FastThreadLocalThread(slice::release);
            elsewhere.start();
            elsewhere.join();
            assertThat(buffer.refCnt()).isZero();
            List<ByteBuf> buffers = new ArrayList<>();
            ByteBuf next;
            do {
                next = kind.allocate(allocator, 100).writeZero(100);
                buffers.add(next);
            } while (next != buffer && buffers.size() < 1000);
            assertThat(next).as("the same object, taken in from another thread").isSameAs(buffer);
            ByteBuf view = next.retainedSlice(0, 1);
            assertThat(view).isSameAs(slice);
            view.release();
            buffers.forEach(ByteBuf::release);
            return null;
        });
    }

    /** Any thread that holds a reference may retain a view: of a constant that all event loops send, for one. */
    @ParameterizedTest
    @EnumSource
    void noTwoThreadsGetTheSameViewOfOneBuffer(Kind kind) throws Exception {
        ByteBuf buffer = kind.allocate(allocator, 100).writeByte(0).writeByte(1);
        CyclicBarrier start = new CyclicBarrier(2);
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int place = 0; place < 2; place++) {
            int own = place;
            tasks.add(new FutureTask<>(() -> {
                start.await();
                ByteBuf[] held = new ByteBuf[40]; // more than a buffer lends, between two threads
                for (int round = 0; round < 200_000; round++) {
                    ByteBuf old = held[round % held.length];
                    if (old != null) {
                        assertThat(old.refCnt()).isEqualTo(1);
                        assertThat(old.readerIndex()).isZero();
                        assertThat(old.readByte()).isEqualTo((byte) own);
                        assertThat(old.release()).isTrue();
                    }
                    held[round % held.length] = round % 5 == 0
                            ? buffer.retainedDuplicate().readerIndex(own).slice()
                            : buffer.retainedSlice(own, 1);
                }
                for (ByteBuf view : held) {
                    assertThat(view.release()).isTrue();
                }
                return null;
            }));
        }
        tasks.forEach(task -> new FastThreadLocalThread(task).start());
        for (FutureTask<Void> task : tasks) {
            task.get();
        }
        assertThat(buffer.refCnt()).isEqualTo(1);
        buffer.release();
    }

    /** The view is in somebody's hands though its buffer has gone to another user: that one must get another view. */
    @ParameterizedTest
    @EnumSource
    void aViewOfABufferReleasedOnceTooOftenIsNotHandedOutAgain(Kind kind) throws Exception {
        onEventLoopLikeThread(() -> {
            ByteBuf buffer = kind.allocate(allocator, 100).writeZero(100);
            ByteBuf lost = buffer.retainedSlice(10, 20);
            buffer.release(2); // one of them was the view's
            ByteBuf next = kind.allocate(allocator, 100).writeZero(100);
            assertThat(next).as("the same object").isSameAs(buffer);
            ByteBuf slice = next.retainedSlice(10, 20);
            assertThat(slice).isNotSameAs(lost);
            slice.release();
            next.release();
            return null;
        });
    }

    @ParameterizedTest
    @EnumSource
    void aDuplicateThatCannotBeMadeTakesNoReference(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, 100).writeZero(100);
        ByteBuf stale = buffer.duplicate();
        buffer.capacity(10);
        assertThatThrownBy(stale::retainedDuplicate).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(buffer.refCnt()).isEqualTo(1);
        buffer.release();
    }

    @ParameterizedTest
    @EnumSource
    void aRootThatMovedOrShrankShowsNothingOfOthers(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, 1000).writeZero(1000);
        ByteBuf slice = buffer.retainedSlice(900, 50);
        buffer.capacity(5000).setByte(910, 7);
        assertThat(slice.getByte(10)).as("follows the root to its new place").isEqualTo((byte) 7);
        buffer.capacity(10);
        assertThatThrownBy(() -> slice.getByte(0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.setLong(0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(slice.hasArray()).isFalse();
        assertThat(slice.hasMemoryAddress()).isFalse();
        slice.release();
        buffer.release();
    }

    /** Or the tracker would take the release of the view for that of the buffer. */
    @ParameterizedTest
    @EnumSource
    void viewsOfAWatchedBufferShareItsCount(Kind kind) {
        ResourceLeakDetector.setLevel(Level.PARANOID);
        ByteBuf buffer = kind.allocate(allocator, 100).writeZero(100);
        ResourceLeakDetector.setLevel(Level.DISABLED);
        ByteBuf slice = buffer.retainedSlice(10, 20);
        ByteBuf duplicate = slice.retainedDuplicate();
        assertThat(slice.refCnt()).isEqualTo(3);
        assertThat(duplicate.release()).isFalse();
        assertThat(slice.release()).isFalse();
        assertThat(buffer.release()).isTrue();
    }

    private interface Task {
        Void run() throws Exception;
    }

    /** Objects are used again only on threads of which Netty knows when they end. */
    private static void onEventLoopLikeThread(Task task) throws Exception {
        FutureTask<Void> future = new FutureTask<>(task::run);
        new FastThreadLocalThread(future).start();
        future.get();
    }

    private static void demandRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalReferenceCountException.class);
    }
}
