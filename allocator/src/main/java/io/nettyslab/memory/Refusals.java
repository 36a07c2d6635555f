package io.nettyslab.memory;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Remembers that the JVM has refused memory. To ask it is dear when it has none: it collects garbage and waits, on JDK
 * 17 for half a second. So after a refusal nobody asks for as much or more for ten times as long as that took, unless
 * as much has been given back meanwhile: asking in vain takes a tenth of the time at most. That less was granted or
 * refused meanwhile says nothing about as much.
 *
 * <p>Any thread may call. Threads that race may ask once too often, or be refused because of what another was just now.
 */
final class Refusals {

    private static final int TIMES_AS_LONG = 10;

    private final LongSupplier clock; // nanoseconds

    private volatile Refusal least; // of what was refused and not granted since; null: of nothing
    private volatile long freed; // bytes since the last refusal, less what was granted

    Refusals(LongSupplier clock) {
        this.clock = clock;
    }

    /** What was refused, bytes, until when, in nanoseconds of the clock, not to ask again, and the next larger one. */
    private record Refusal(OutOfMemoryError error, long bytes, long until, Refusal larger) {}

    /**
     * Takes memory from the JVM.
     *
     * @param bytes how much
     * @param request asks the JVM
     * @throws OutOfMemoryError if the JVM refuses, or did so just now
     */
    <T> T take(long bytes, Supplier<T> request) {
        long start = clock.getAsLong();
        Refusal standing = standing(bytes, start);
        if (standing != null) {
            throw again(standing.error);
        }
        try {
            T taken = request.get();
            noteGranted(bytes);
            return taken;
        } catch (OutOfMemoryError refused) {
            long now = clock.getAsLong();
            freed = 0;
            least = new Refusal(refused, bytes, now + TIMES_AS_LONG * (now - start), leastAbove(bytes));
            throw refused;
        }
    }

    /** Returns whether {@link #take} would refuse so many bytes without asking. */
    boolean refuses(long bytes) {
        return standing(bytes, clock.getAsLong()) != null;
    }

    /** Returns the refusal because of which nobody asks for so many bytes, or {@code null}. */
    private Refusal standing(long bytes, long now) {
        for (Refusal each = least; each != null && each.bytes <= bytes; each = each.larger) {
            if (freed < bytes && now - each.until < 0) {
                return each;
            }
        }
        return null;
    }

    private void noteGranted(long bytes) {
        if (least != null) {
            freed -= bytes;
            least = leastAbove(bytes);
        }
    }

    private Refusal leastAbove(long bytes) {
        Refusal each = least;
        while (each != null && each.bytes <= bytes) {
            each = each.larger;
        }
        return each;
    }

    private static OutOfMemoryError again(OutOfMemoryError refused) {
        OutOfMemoryError error = new OutOfMemoryError("not asked again so soon after: " + refused.getMessage());
        error.initCause(refused);
        return error;
    }

    /** Notes that {@code bytes} have been given back. */
    void noteFreed(long bytes) {
        if (least != null) {
            freed += bytes; // racing threads may lose some: then it is the time that decides
        }
    }
}
