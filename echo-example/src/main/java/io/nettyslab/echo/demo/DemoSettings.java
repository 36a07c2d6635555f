package io.nettyslab.echo.demo;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.process.ChildProcess;
import java.time.Duration;
import java.util.List;

/**
 * What a demo runs.
 *
 * @param transports compared one after the other
 * @param allocators compared in turns
 * @param rounds turns of each allocator
 * @param warmUp traffic of each allocator before its first round, not counted
 * @param duration measurement in each round
 * @param timeLimit no round begins that would end after this time, but for the first of each transport
 * @param eventLoops threads of each server, and of each load
 * @param connections of each load
 * @param messageSize bytes
 * @param depth messages on their way in one connection
 */
public record DemoSettings(
        List<TransportKind> transports,
        List<AllocatorKind> allocators,
        int rounds,
        Duration warmUp,
        Duration duration,
        Duration timeLimit,
        int eventLoops,
        int connections,
        int messageSize,
        int depth) {

    /** Traffic between the turns of two servers and the measurement of the second, for caches and clock rates. */
    static final Duration SETTLE = Duration.ofMillis(100);

    /** Processes of one transport start and stop in about this time. */
    private static final Duration OVERHEAD = Duration.ofSeconds(3);

    /**
     * Returns how the JVM of each server and each load is started.
     *
     * @return the same for all
     */
    public static List<String> jvmFlags() {
        return ChildProcess.JVM_FLAGS;
    }

    Duration roundTime() {
        return SETTLE.plus(duration).multipliedBy(allocators.size());
    }

    /**
     * Estimates how long the demo takes.
     *
     * @return never more than the time limit, on a machine that keeps up
     */
    public Duration estimate() {
        Duration ofTransport = OVERHEAD.plus(warmUp.multipliedBy(allocators.size()))
                .plus(roundTime().multipliedBy(rounds));
        Duration all = ofTransport.multipliedBy(transports.size());
        return all.compareTo(timeLimit) < 0 ? all : timeLimit;
    }
}
