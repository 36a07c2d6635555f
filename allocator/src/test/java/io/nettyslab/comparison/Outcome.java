package io.nettyslab.comparison;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Objects;

/**
 * How a call ended.
 *
 * @param value what it returned; {@link #THIS} for the buffer itself
 * @param failure the kind of exception it threw, or {@code null}
 * @param thrown the exception, or {@code null}
 */
record Outcome(Object value, Class<?> failure, Throwable thrown) {

    static final String THIS = "this";

    /** The kinds of exception that a caller can tell apart, special ones before general ones. */
    private static final List<Class<? extends Exception>> KINDS = List.of(
            IllegalReferenceCountException.class,
            IndexOutOfBoundsException.class,
            ReadOnlyBufferException.class,
            UnsupportedOperationException.class,
            IllegalArgumentException.class,
            NullPointerException.class,
            BufferOverflowException.class,
            BufferUnderflowException.class,
            ClosedChannelException.class,
            IOException.class);

    static Outcome of(Action action, ByteBuf buffer, Side side) {
        try {
            return new Outcome(valueOf(action.on(buffer, side), buffer), null, null);
        } catch (Exception e) {
            return new Outcome(null, kindOf(e), e);
        }
    }

    /** What can be compared of a returned value: fluent methods return a different buffer on each side. */
    static Object valueOf(Object returned, ByteBuf buffer) {
        return returned == buffer ? THIS : returned;
    }

    private static Class<?> kindOf(Exception e) {
        if (e instanceof NegativeArraySizeException) { // the reference makes an array before it checks the length
            return IndexOutOfBoundsException.class;
        }
        return KINDS.stream()
                .filter(kind -> kind.isInstance(e))
                .<Class<?>>map(kind -> kind)
                .findFirst()
                .orElse(e.getClass());
    }

    boolean failed() {
        return failure != null;
    }

    boolean failedWith(Class<?> kind) {
        return failure == kind;
    }

    /** Whether a caller sees a difference. Views are compared afterwards, by the calls that are made on them. */
    boolean sameAs(Outcome other) {
        if (value instanceof Derived && other.value instanceof Derived) {
            return true;
        }
        return failure == other.failure && Objects.equals(value, other.value);
    }

    @Override
    public String toString() {
        return failed() ? thrown.toString() : String.valueOf(value);
    }
}
