package io.nettyslab.echo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class InOrderTest {

    @Test
    void poll_givesWhatIsNext_andNothingBefore() {
        InOrder<String> order = new InOrder<>();
        order.put(1, "b");
        assertThat(order.poll()).isNull();

        order.put(0, "a");

        assertThat(order.poll()).isEqualTo("a");
        assertThat(order.poll()).isEqualTo("b");
        assertThat(order.poll()).isNull();
    }

    @Test
    void anyOrder_comesOutInOrder() {
        InOrder<Long> order = new InOrder<>();
        List<Long> numbers = new ArrayList<>(LongStream.range(0, 1000).boxed().toList());
        List<Long> taken = new ArrayList<>();
        Collections.shuffle(numbers, new Random(5));
        for (long number : numbers) {
            order.put(number, number);
            for (Long next = order.poll(); next != null; next = order.poll()) {
                taken.add(next);
            }
        }

        assertThat(taken).hasSize(1000).isSorted();
    }

    @Test
    void put_twice_isRefused() {
        InOrder<String> order = new InOrder<>();
        order.put(0, "a");
        assertThatThrownBy(() -> order.put(0, "a")).hasMessageContaining("number: 0");
        order.poll();
        assertThatThrownBy(() -> order.put(0, "a")).hasMessageContaining("number: 0");
    }
}
