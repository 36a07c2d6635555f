package io.nettyslab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.nettyslab.buffer.SlabByteBuf;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What objects are thought to weigh is compared with what the JVM says that a thread has taken for them. */
class ObjectSizesTest {

    private static final int OBJECTS = 1_000;

    @Test
    void referencesAreAsLargeAsTheJvmMakesThem() {
        assertThat(bytesOf(() -> new Object[100])).isEqualTo(ObjectSizes.array(100, ObjectSizes.REFERENCE));
    }

    /** Where references are not compressed, a buffer with an address is 8 bytes smaller than is said of all. */
    @ParameterizedTest
    @EnumSource
    void bufferObjectsAreAsLargeAsIsSaid(MemoryKind kind) {
        assertThat(bytesOf(() -> SlabByteBuf.make(kind)))
                .isBetween((long) SlabByteBuf.OBJECT_BYTES - (ObjectSizes.REFERENCE == 4 ? 0 : 8), (long)
                        SlabByteBuf.OBJECT_BYTES);
    }

    private static long bytesOf(Supplier<Object> maker) {
        Object[] made = new Object[OBJECTS];
        take(made, maker); // loads and links what it needs
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        take(made, maker);
        return (threads.getCurrentThreadAllocatedBytes() - before) / OBJECTS;
    }

    private static void take(Object[] made, Supplier<Object> maker) {
        for (int i = 0; i < made.length; i++) {
            made[i] = maker.get();
        }
    }
}
