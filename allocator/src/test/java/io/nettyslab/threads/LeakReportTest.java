package io.nettyslab.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.testing.EventLoop;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.PlainThread;
import io.nettyslab.testing.Worker;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Buffers dropped without a release. Forbidden: a table of ours that keeps them reachable, so that Netty's leak
 * detector stays silent; and a report about a buffer that was released.
 */
@LeakLevel(Level.PARANOID)
class LeakReportTest {

    private static final int CAPACITY = 1000;

    private final SlabByteBufAllocator allocator =
            SlabByteBufAllocator.builder().slabSize(1 << 20).maxMemory(2 << 20).build();
    private final Logger leakLogger = Logger.getLogger(ResourceLeakDetector.class.getName());
    private final Reports reports = new Reports();

    @BeforeEach
    void listen() {
        leakLogger.addHandler(reports);
        leakLogger.setUseParentHandlers(false); // these leaks are on purpose
    }

    @AfterEach
    void closeAll() {
        leakLogger.removeHandler(reports);
        leakLogger.setUseParentHandlers(true);
        allocator.close();
    }

    @ParameterizedTest
    @EnumSource
    void droppedBufferIsReported(WorkerKind kind) {
        try (Worker worker = kind.start()) {
            worker.run(() -> allocator.directBuffer(CAPACITY).touch(hint(kind, "dropped")));
            awaitReportOf(hint(kind, "dropped"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void droppedBufferThatHasGrownOutOfItsSlotIsReported(WorkerKind kind) {
        try (Worker worker = kind.start()) {
            worker.run(() ->
                    allocator.directBuffer(CAPACITY).capacity(10 * CAPACITY).touch(hint(kind, "grown")));
            awaitReportOf(hint(kind, "grown"));
        }
    }

    /** Its slot came home by another thread's hands, and its object is still on its way. */
    @ParameterizedTest
    @EnumSource
    void droppedBufferThatHasGrownOnAnotherThreadIsReported(WorkerKind kind) {
        try (Worker worker = kind.start();
                Worker other = new PlainThread()) {
            ByteBuf[] passed = {worker.call(() -> allocator.directBuffer(CAPACITY))};
            other.run(() -> passed[0].capacity(10 * CAPACITY).touch(hint(kind, "grown elsewhere")));
            passed[0] = null;
            awaitReportOf(hint(kind, "grown elsewhere"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void releasedBuffersAreNotReported(WorkerKind kind) {
        try (Worker worker = kind.start();
                Worker other = new EventLoop()) {
            for (int i = 0; i < 100; i++) {
                ByteBuf buffer =
                        worker.call(() -> allocator.directBuffer(CAPACITY).touch(hint(kind, "released")));
                worker.run(() -> buffer.retainedSlice(0, 10).release());
                (i % 2 == 0 ? worker : other)
                        .run(() -> buffer.capacity(CAPACITY * 2).release());
            }
            assertThat(allocator.metric().buffersInUse()).isZero();
            // A leak that comes after them is reported no earlier than they would have been.
            worker.run(() -> allocator.directBuffer(CAPACITY).touch(hint(kind, "the last")));
            awaitReportOf(hint(kind, "the last"));
            assertThat(reports.of(hint(kind, "released"))).isFalse();
        }
    }

    /** Unique, since a report that is the same as an earlier one is left out. */
    private static String hint(WorkerKind kind, String what) {
        return "LeakReportTest: " + what + " by " + kind;
    }

    private void awaitReportOf(String hint) {
        await(hint).until(() -> {
            collectGarbage();
            allocator.directBuffer(16).release(); // the detector looks for leaks when it is asked to track
            return reports.of(hint);
        });
    }

    private static void collectGarbage() {
        WeakReference<Object> witness = new WeakReference<>(new Object());
        while (witness.get() != null) {
            System.gc();
        }
    }

    private static final class Reports extends Handler {

        private final Queue<String> messages = new ConcurrentLinkedQueue<>();

        boolean of(String hint) {
            return messages.stream().anyMatch(message -> message.contains(hint));
        }

        @Override
        public void publish(LogRecord report) {
            messages.add(report.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
