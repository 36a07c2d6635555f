package io.nettyslab.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RefusalsTest {

    private static final long COST = 500; // nanoseconds that a refusal takes

    private long now = -100; // as System.nanoTime() may be
    private long free; // bytes that this JVM has
    private int asked;
    private final Refusals refusals = new Refusals(() -> now);

    private long take(long bytes) {
        return refusals.take(bytes, () -> {
            asked++;
            if (bytes > free) {
                now += COST;
                throw new OutOfMemoryError("has " + free);
            }
            return bytes;
        });
    }

    private void demandRefusal(long bytes, String message) {
        assertThatThrownBy(() -> take(bytes))
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessage(message);
    }

    @Test
    void whatTheJvmGivesIsTaken() {
        free = 10;
        assertThat(take(10)).isEqualTo(10);
        assertThat(take(1)).isEqualTo(1);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void afterARefusalNobodyAsksForTenTimesAsLong() {
        demandRefusal(10, "has 0");
        demandRefusal(10, "not asked again so soon after: has 0");
        now += 10 * COST - 1;
        demandRefusal(11, "not asked again so soon after: has 0");
        assertThat(asked).isEqualTo(1);
        now += 1;
        demandRefusal(10, "has 0");
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void thatNobodyAsksCanBeKnownBefore() {
        assertThat(refusals.refuses(10)).isFalse();
        demandRefusal(10, "has 0");
        assertThat(refusals.refuses(10)).isTrue();
        assertThat(refusals.refuses(9)).isFalse();
        now += 10 * COST;
        assertThat(refusals.refuses(10)).isFalse();
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void lessMayBeAskedForAtOnce() {
        free = 9;
        demandRefusal(10, "has 9");
        assertThat(take(9)).isEqualTo(9);
        demandRefusal(10, "not asked again so soon after: has 9");
        assertThat(asked)
                .as("a small success says nothing about what was refused")
                .isEqualTo(2);
    }

    @Test
    void whatComesAndGoesMeanwhileGivesNothingBack() {
        free = 9;
        demandRefusal(10, "has 9");
        for (int i = 0; i < 4; i++) {
            take(5);
            refusals.noteFreed(5);
        }
        demandRefusal(10, "not asked again so soon after: has 9");
    }

    @Test
    void aSmallerRefusalDoesNotHideALargerOne() {
        demandRefusal(10, "has 0");
        demandRefusal(3, "has 0");
        refusals.noteFreed(3);
        free = 3;
        assertThat(take(3)).isEqualTo(3);
        demandRefusal(10, "not asked again so soon after: has 0");
        assertThat(take(2)).isEqualTo(2);
        assertThat(asked).isEqualTo(4);
    }

    @Test
    void onceAsMuchWasGivenNothingIsRemembered() {
        demandRefusal(10, "has 0");
        now += 10 * COST;
        free = 10;
        assertThat(take(10)).isEqualTo(10);
        now -= 10 * COST;
        assertThat(take(10)).as("well within the time after the refusal").isEqualTo(10);
    }

    @Test
    void whatWasGivenBackMayBeAskedForAtOnce() {
        demandRefusal(10, "has 0");
        refusals.noteFreed(4);
        demandRefusal(10, "not asked again so soon after: has 0");
        refusals.noteFreed(6);
        free = 10;
        assertThat(take(10)).isEqualTo(10);
    }

    @Test
    void whatWasGivenBackBeforeTheRefusalDoesNotCount() {
        refusals.noteFreed(100);
        demandRefusal(10, "has 0");
        demandRefusal(10, "not asked again so soon after: has 0");
        assertThat(asked).isEqualTo(1);
    }
}
