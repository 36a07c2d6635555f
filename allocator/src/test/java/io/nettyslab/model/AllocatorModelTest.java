package io.nettyslab.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.OverflowPolicy;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.testing.EventLoop;
import io.nettyslab.testing.PlainThread;
import io.nettyslab.testing.Seed;
import io.nettyslab.testing.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random operations: no buffer ever holds another's bytes, contents survive growth, and the figures are exact. */
class AllocatorModelTest {

    private static final int MIB = 1 << 20;
    private static final Seed SEED = Seed.of(AllocatorModelTest.class);

    private final Level before = ResourceLeakDetector.getLevel();

    @AfterEach
    void restore() {
        ResourceLeakDetector.setLevel(before);
    }

    /** Watched buffers take other ways: the tables of the free lists forget them while they are out. */
    @ParameterizedTest
    @CsvSource({
        "L, DISABLED, 20000",
        "P, DISABLED, 20000",
        "LP, DISABLED, 20000",
        "LLPP, DISABLED, 20000",
        "L, PARANOID, 5000",
        "LP, PARANOID, 5000"
    })
    void randomOperationsAgreeWithTheModel(String threads, Level leakLevel, int steps) {
        ResourceLeakDetector.setLevel(leakLevel);
        String name = threads + ' ' + leakLevel + ", " + SEED;
        SplittableRandom random = SEED.random(name.length() + steps);
        SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
                .slabSize(4 * MIB)
                .maxMemory(56 * MIB)
                .maxPooledBufferSize(Model.LARGEST)
                .overflowPolicy(OverflowPolicy.FAIL)
                .build();
        List<Worker> workers = new ArrayList<>();
        try (allocator) {
            threads.chars().forEach(t -> workers.add(t == 'L' ? new EventLoop() : new PlainThread()));
            Model model = new Model(allocator, random, name);
            for (int step = 0; step < steps; step += 10) {
                Worker next = workers.get(random.nextInt(workers.size()));
                next.run(() -> {
                    for (int i = 0; i < 10; i++) {
                        model.step();
                    }
                });
                if (step % 1000 == 0) {
                    model.checkAll();
                }
            }
            workers.get(0).run(model::releaseAll);
            model.checkAll();
            assertThat(allocator.metric().bytesInUse()).as(name).isZero();
        } finally {
            workers.forEach(Worker::close);
        }
        assertThat(allocator.metric().reservedDirectMemory())
                .as("after close, %s", name)
                .isZero();
        assertThat(allocator.metric().reservedHeapMemory())
                .as("after close, %s", name)
                .isZero();
    }
}
