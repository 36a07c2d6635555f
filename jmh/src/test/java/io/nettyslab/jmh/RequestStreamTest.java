package io.nettyslab.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestStreamTest {

    @Test
    void nextPlace_reachesEveryLiveBuffer() {
        RequestStream requests = stream(1000, SizeMix.tiny, 1);
        BitSet seen = new BitSet();
        for (int i = 0; i < 20_000; i++) {
            int place = requests.nextPlace();
            assertThat(place).isBetween(0, 999);
            seen.set(place);
        }
        assertThat(seen.cardinality()).isEqualTo(1000);
    }

    @Test
    void nextSize_shiftsWhenMostOfTheLiveSetHasBeenReplaced() {
        RequestStream requests = stream(16_384, SizeMix.shifting, 1);
        int steps = 0;
        while (requests.nextSize() == 512) {
            steps++;
        }
        assertThat(steps).isEqualTo(8 * 16_384);
    }

    @Test
    void draw_refusesALiveSetThatWouldNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stream(65_536, SizeMix.loguniform, 1))
                .withMessageContaining("live: 65536")
                .withMessageContaining("loguniform");
    }

    @Test
    void draw_countsTheLiveSetsOfAllThreads() {
        assertThat(stream(1024, SizeMix.web, 2).nextSize()).isPositive();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stream(1024, SizeMix.web, 1000))
                .withMessageContaining("1000 thread(s)");
    }

    @Test
    void start_givesThreadsStepsOfTheirOwn() {
        SizeTable table = new SizeTable();
        table.live = 1000;
        table.mix = SizeMix.tiny;
        table.draw(2);
        RequestStream first = new RequestStream();
        RequestStream second = new RequestStream();
        first.start(table, 0);
        second.start(table, 1);
        assertThat(steps(second)).isNotEqualTo(steps(first));
    }

    private static List<Integer> steps(RequestStream requests) {
        return IntStream.range(0, 100)
                .flatMap(i -> IntStream.of(requests.nextPlace(), requests.nextSize()))
                .boxed()
                .toList();
    }

    private static RequestStream stream(int live, SizeMix mix, int threads) {
        SizeTable table = new SizeTable();
        table.live = live;
        table.mix = mix;
        table.draw(threads);
        RequestStream requests = new RequestStream();
        requests.start(table, threads - 1);
        return requests;
    }
}
