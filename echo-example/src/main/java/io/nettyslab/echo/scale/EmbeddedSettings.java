package io.nettyslab.echo.scale;

import io.nettyslab.echo.net.AllocatorKind;
import java.time.Duration;
import java.util.List;

/**
 * What a run without sockets does.
 *
 * @param channels how many at a time, one step for each
 * @param allocators those to compare
 * @param duration of each measurement, of which there are three after a warm-up, all of it twice
 * @param timeLimit when to give up
 */
public record EmbeddedSettings(
        List<Integer> channels, List<AllocatorKind> allocators, Duration duration, Duration timeLimit) {

    /** The same for every step. A channel without a socket takes about 1 KiB of heap, so a million fit. */
    public static final List<String> FLAGS = List.of("-Xmx4608m", "-XX:MaxDirectMemorySize=1g");

    /** Bytes of a message: small, so that a million of them, each in a buffer of its own, fit into memory. */
    public static final int MESSAGE_SIZE = 256;

    /**
     * Guesses how long a run takes.
     *
     * @return for the progress bar
     */
    Duration estimate() {
        long perAllocator = channels.stream()
                .mapToLong(count -> 1000 + 8 * duration.toMillis() + count / 100)
                .sum();
        return Duration.ofMillis(perAllocator * allocators.size());
    }
}
