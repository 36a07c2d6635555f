package io.nettyslab.slab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettyslab.testing.PlainThread;
import io.nettyslab.testing.Seed;
import io.nettyslab.testing.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private static final int MAX = 1_000;
    private static final int THREADS = 4;
    private static final int STEPS = 50_000;
    private static final Seed SEED = Seed.of(MemoryBudgetTest.class);

    @Test
    void takesUpToTheBoundAndNoByteMore() {
        MemoryBudget budget = new MemoryBudget(MAX);
        assertThat(budget.max()).isEqualTo(MAX);
        assertThat(budget.tryTake(MAX - 1)).isTrue();
        assertThat(budget.tryTake(2)).isFalse();
        assertThat(budget.taken()).as("after a refusal").isEqualTo(MAX - 1);
        assertThat(budget.tryTake(1)).isTrue();
        assertThat(budget.tryTake(1)).isFalse();
        budget.giveBack(MAX);
        assertThat(budget.taken()).isZero();
        assertThat(budget.tryTake(MAX)).isTrue();
    }

    @Test
    void noSumOverflows() {
        MemoryBudget budget = new MemoryBudget(Long.MAX_VALUE);
        assertThat(budget.tryTake(MAX)).isTrue();
        assertThat(budget.tryTake(Long.MAX_VALUE)).isFalse();
        assertThat(budget.tryTake(Long.MAX_VALUE - MAX)).isTrue();
    }

    @Test
    void anEmptyBudgetAdmitsNothing() {
        assertThat(new MemoryBudget(0).tryTake(1)).isFalse();
    }

    @Test
    void givingBackMoreThanWasTakenIsNoticed() {
        MemoryBudget budget = new MemoryBudget(MAX);
        assertThatThrownBy(() -> budget.giveBack(1)).isInstanceOf(AssertionError.class);
    }

    @Test
    void threadsTogetherKeepTheBound() {
        MemoryBudget budget = new MemoryBudget(MAX);
        AtomicLong admitted = new AtomicLong(); // counted after taking and before giving back: never more than is taken
        List<Worker> workers = new ArrayList<>();
        List<Future<Long>> most = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SplittableRandom random = SEED.random(i);
            workers.add(new PlainThread());
            most.add(workers.get(i).start(() -> load(budget, admitted, random)));
        }
        for (Future<Long> each : most) {
            assertThat(Worker.await(each))
                    .as("most admitted at a time, %s", SEED)
                    .isBetween(1L, (long) MAX);
        }
        workers.forEach(Worker::close);
        assertThat(budget.taken()).isZero();
    }

    private static long load(MemoryBudget budget, AtomicLong admitted, SplittableRandom random) {
        long most = 0;
        for (int step = 0; step < STEPS; step++) {
            int bytes = 1 + random.nextInt(MAX);
            if (budget.tryTake(bytes)) {
                most = Math.max(most, Math.max(admitted.addAndGet(bytes), budget.taken()));
                admitted.addAndGet(-bytes);
                budget.giveBack(bytes);
            }
        }
        return most;
    }
}
