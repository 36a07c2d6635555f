package io.nettyslab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.AbstractByteBuf;
import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is forgotten is reported by Netty's leak detector, whichever way it was handed out. */
@LeakLevel(Level.PARANOID)
class ForgottenBufferTest {

    private static final Logger REPORTS = Logger.getLogger(ResourceLeakDetector.class.getName());

    private static final AtomicInteger TESTS = new AtomicInteger();

    /** Unique: a report that equals an earlier one is left out, and that of an earlier test is not ours. */
    private final String hint = "forgotten by test " + TESTS.incrementAndGet() + '!';

    private final List<String> reports = new CopyOnWriteArrayList<>();

    /** Small, since what is forgotten is not given back everywhere, but with room for a large buffer. */
    private final SlabByteBufAllocator allocator =
            SlabByteBufAllocator.builder().slabSize(4 << 20).build();

    private final Filter filterBefore = REPORTS.getFilter();

    @BeforeEach
    void listen() throws ReflectiveOperationException {
        REPORTS.setFilter(message -> false); // these leaks are wanted: keep them out of the build's output
        detector().setLeakListener((type, records) -> reports.add(records));
    }

    @AfterEach
    void stopListening() throws ReflectiveOperationException {
        detector().setLeakListener(null);
        REPORTS.setFilter(filterBefore);
        allocator.close();
    }

    private static ResourceLeakDetector<?> detector() throws ReflectiveOperationException {
        Field field = AbstractByteBuf.class.getDeclaredField("leakDetector");
        field.setAccessible(true);
        return (ResourceLeakDetector<?>) field.get(null);
    }

    @ParameterizedTest
    @EnumSource
    void aForgottenBuffer(Kind kind) {
        forgetBuffer(kind);
        demandReported(kind);
    }

    private void forgetBuffer(Kind kind) {
        kind.allocate(allocator, 100).touch(hint);
    }

    @ParameterizedTest
    @EnumSource
    void aForgottenLargeBuffer(Kind kind) {
        forgetLargeBuffer(kind);
        demandReported(kind);
    }

    private void forgetLargeBuffer(Kind kind) {
        kind.allocate(allocator, 2 << 20).touch(hint);
    }

    @ParameterizedTest
    @EnumSource
    void aForgottenUnpooledBuffer(Kind kind) {
        forgetUnpooledBuffer(kind);
        demandReported(kind);
    }

    private void forgetUnpooledBuffer(Kind kind) {
        kind.allocate(allocator, 3 << 20).touch(hint);
    }

    @ParameterizedTest
    @EnumSource
    void aForgottenSlice(Kind kind) {
        forgetSlice(kind);
        demandReported(kind);
    }

    private void forgetSlice(Kind kind) {
        ByteBuf buffer = kind.allocate(allocator, 100).writeZero(100);
        buffer.readRetainedSlice(10).touch(hint);
        buffer.release();
    }

    @ParameterizedTest
    @EnumSource
    void aForgottenBufferThatHasGrown(Kind kind) {
        forgetGrownBuffer(kind);
        demandReported(kind);
    }

    private void forgetGrownBuffer(Kind kind) {
        kind.allocate(allocator, 100).capacity(10_000).touch(hint);
    }

    @ParameterizedTest
    @EnumSource
    void aForgottenBufferWhoseObjectHadUsersBefore(Kind kind) {
        for (int i = 0; i < 100; i++) {
            kind.allocate(allocator, 100).release();
        }
        forgetBuffer(kind);
        demandReported(kind);
    }

    @Test
    void aForgottenComposite() {
        forgetComposite();
        demandReported(Kind.DIRECT);
    }

    private void forgetComposite() {
        allocator.compositeBuffer().addComponent(allocator.buffer(10)).touch(hint);
    }

    /** Netty calls the listener in the middle of whatever allocation comes next, which then fails. */
    @ParameterizedTest
    @EnumSource
    void aListenerThatThrows_losesNothing(Kind kind) throws ReflectiveOperationException {
        forgetBuffer(kind);
        long forgotten = kind.used(allocator.metric());
        IllegalStateException refusal = new IllegalStateException("no reports, please");
        detector().setLeakListener((type, records) -> {
            throw refusal;
        });
        await().until(() -> {
            System.gc();
            return thrownBy(() -> kind.allocate(allocator, 1000).release()) == refusal;
        });
        assertThat(kind.used(allocator.metric()))
                .as("what was to be handed out is home again")
                .isEqualTo(forgotten);
    }

    private static Exception thrownBy(Runnable action) {
        try {
            action.run();
            return null;
        } catch (IllegalStateException e) {
            return e;
        }
    }

    private void demandReported(Kind kind) {
        await().until(() -> {
            System.gc();
            kind.allocate(allocator, 10).release(); // the detector looks for leaks when it is asked to track
            return reports.stream().anyMatch(report -> report.contains("Hint: " + hint));
        });
    }
}
