package io.nettyslab.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class RequestStreamTest {

    @Test
    void nextPlace_reachesEveryLiveBuffer() {
        RequestStream requests = stream(1000, SizeMix.tiny);
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
        RequestStream requests = stream(16_384, SizeMix.shifting);
        int steps = 0;
        while (requests.nextSize() == 512) {
            steps++;
        }
        assertThat(steps).isEqualTo(8 * 16_384);
    }

    @Test
    void draw_refusesALiveSetThatWouldNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stream(65_536, SizeMix.loguniform))
                .withMessageContaining("live: 65536")
                .withMessageContaining("loguniform");
    }

    private static RequestStream stream(int live, SizeMix mix) {
        RequestStream requests = new RequestStream();
        requests.live = live;
        requests.mix = mix;
        requests.draw();
        return requests;
    }
}
