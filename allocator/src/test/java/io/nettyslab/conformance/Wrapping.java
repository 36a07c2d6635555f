package io.nettyslab.conformance;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector.Level;
import java.util.function.Supplier;

/** What the allocator puts around a buffer before it hands it out, and the leak detection level that brings it. */
enum Wrapping {
    /** The buffer itself. */
    NONE(Level.DISABLED, null),

    /** The wrapper that the sampled few get by default. */
    SIMPLE(Level.SIMPLE, "SimpleLeakAwareByteBuf"),

    /** The wrapper that records every access. */
    ADVANCED(Level.PARANOID, "AdvancedLeakAwareByteBuf");

    /** Chance of none of so many buffers being sampled, at one in 128: less than one in 10^33. */
    private static final int ATTEMPTS = 10_000;

    final Level level;
    private final String className; // null for none

    Wrapping(Level level, String className) {
        this.level = level;
        this.className = className;
    }

    /** Allocates until the detector's sampling brings a buffer that is wrapped in this way. */
    ByteBuf allocate(Supplier<ByteBuf> allocation) {
        for (int i = 0; i < ATTEMPTS; i++) {
            ByteBuf buffer = allocation.get();
            if (isOn(buffer)) {
                return buffer;
            }
            buffer.release();
        }
        throw new AssertionError("no buffer with wrapping " + this + " at level " + level);
    }

    private boolean isOn(ByteBuf buffer) {
        return className == null
                ? buffer.unwrap() == null
                : buffer.getClass().getSimpleName().equals(className);
    }
}
