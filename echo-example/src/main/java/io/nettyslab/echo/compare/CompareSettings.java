package io.nettyslab.echo.compare;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.TransportKind;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * What a comparison runs.
 *
 * @param transports compared one after the other
 * @param allocators compared in turns
 * @param rounds turns of each allocator
 * @param warmUp traffic of each allocator before its first round, not counted
 * @param duration each of the two measurements in a round
 * @param timeLimit no round begins that would end after this time, but for the first of each transport
 * @param eventLoops threads of each server, and of each load
 * @param connections of each load
 * @param messageSize as the {@code load} command reads it
 * @param depth messages on their way in one connection
 */
public record CompareSettings(
        List<TransportKind> transports,
        List<AllocatorKind> allocators,
        int rounds,
        Duration warmUp,
        Duration duration,
        Duration timeLimit,
        int eventLoops,
        int connections,
        String messageSize,
        int depth) {

    /** Traffic between the turns of two servers and a measurement of the second, for caches and clock rates. */
    static final Duration SETTLE = Duration.ofMillis(100);

    /** Under full load, and at the rate that is the same for all. */
    private static final int MEASUREMENTS = 2;

    /** Processes of one transport start and stop in about this time. */
    private static final Duration OVERHEAD = Duration.ofSeconds(6);

    Duration roundTime() {
        return SETTLE.plus(duration).multipliedBy((long) MEASUREMENTS * allocators.size());
    }

    /**
     * Estimates how long the comparison takes.
     *
     * @return no more than the time limit, unless one round takes longer
     */
    public Duration estimate() {
        Duration most = Collections.min(List.of(timeOf(rounds), timeLimit));
        return Collections.max(List.of(timeOf(1), most));
    }

    private Duration timeOf(int someRounds) {
        Duration ofTransport = OVERHEAD.plus(warmUp.multipliedBy(allocators.size()))
                .plus(roundTime().multipliedBy(someRounds));
        return ofTransport.multipliedBy(transports.size());
    }
}
