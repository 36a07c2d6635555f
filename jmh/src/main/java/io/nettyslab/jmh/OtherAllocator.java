package io.nettyslab.jmh;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.reflect.InvocationTargetException;

/**
 * An allocator that is not ours and not Netty's, named by its class: whoever has another one can measure it beside
 * them, and this project depends on none.
 */
public final class OtherAllocator {

    /** The system property that names the class. */
    public static final String PROPERTY = "nettyslab.other";

    private static final String EXPECTED = " (expected: a class on the class path that is a ByteBufAllocator with"
            + " metrics, public, with a public constructor for 'preferDirect' or without parameters)";

    private OtherAllocator() {}

    /**
     * Makes one, preferring direct buffers if it can be told.
     *
     * @throws IllegalArgumentException if the property names no class that can be made
     */
    static ByteBufAllocator create() {
        String name = System.getProperty(PROPERTY, "");
        try {
            return create(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("-D" + PROPERTY + ": " + e.getMessage(), e);
        }
    }

    /**
     * Makes one of the class {@code name}, which the benchmarks do in JVMs of their own.
     *
     * @throws IllegalArgumentException if there is no such class, or it cannot be made
     */
    public static ByteBufAllocator create(String name) {
        try {
            Object made = create(Class.forName(name));
            if (made instanceof ByteBufAllocatorMetricProvider && made instanceof ByteBufAllocator allocator) {
                return allocator;
            }
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(name + EXPECTED + ", which failed: " + e.getCause(), e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalArgumentException(name + EXPECTED + ": " + e, e);
        }
        throw new IllegalArgumentException(name + EXPECTED);
    }

    private static Object create(Class<?> type) throws ReflectiveOperationException {
        try {
            return type.getConstructor(boolean.class).newInstance(true);
        } catch (NoSuchMethodException e) {
            return type.getConstructor().newInstance();
        }
    }
}
