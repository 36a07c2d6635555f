package io.nettyslab.memory;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Remembers that the JVM has refused memory. To ask it is dear when it has none: it collects garbage and waits, on JDK
 * 17 for half a second. So after a refusal nobody asks for as much or more for ten times as long as that took, unless
 * as much has been given back meanwhile: asking in vain takes a tenth of the time at most. That less was granted
 * meanwhile says nothing about as much.
 *
 * <p>Any thread may call. Threads that race may ask once too often, or be refused because of what another was just now.
 */
final class Refusals {

    private static final int TIMES_AS_LONG = 10;

    private final LongSupplier clock; // nanoseconds

    private volatile Refusal last; // null: the JVM has not refused, or has given as much since
    private volatile long freed; // bytes since the last refusal

    Refusals(LongSupplier clock) {
        this.clock = clock;
    }

    /** What was refused, bytes, and until when, in nanoseconds of the clock, not to ask again. */
    private record Refusal(OutOfMemoryError error, long bytes, long until) {}

    /**
     * Takes memory from the JVM.
     *
     * @param bytes how much
     * @param request asks the JVM
     * @throws OutOfMemoryError if the JVM refuses, or did so just now
     */
    <T> T take(long bytes, Supplier<T> request) {
        Refusal before = last;
        long start = clock.getAsLong();
        if (before != null && bytes >= before.bytes && freed < bytes && start - before.until < 0) {
            throw again(before.error);
        }
        try {
            T taken = request.get();
            if (before != null && bytes >= before.bytes) {
                last = null;
            }
            return taken;
        } catch (OutOfMemoryError refused) {
            long now = clock.getAsLong();
            freed = 0;
            last = new Refusal(refused, bytes, now + TIMES_AS_LONG * (now - start));
            throw refused;
        }
    }

    private static OutOfMemoryError again(OutOfMemoryError refused) {
        OutOfMemoryError error = new OutOfMemoryError("not asked again so soon after: " + refused.getMessage());
        error.initCause(refused);
        return error;
    }

    /** Notes that {@code bytes} have been given back. */
    void noteFreed(long bytes) {
        if (last != null) {
            freed += bytes; // racing threads may lose some: then it is the time that decides
        }
    }
}
