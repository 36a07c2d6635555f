package io.nettyslab.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettyslab.SlabByteBufAllocator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One allocator with the default settings for all tests of a class; after the last, every buffer must be back. */
public final class OpenAllocator implements BeforeAllCallback, AfterAllCallback {

    private final int forgotten;
    private SlabByteBufAllocator allocator;

    public OpenAllocator() {
        this(0);
    }

    private OpenAllocator(int forgotten) {
        this.forgotten = forgotten;
    }

    /** For tests, not ours, that never release so many of their buffers. */
    public static OpenAllocator whoseTestsForget(int buffers) {
        return new OpenAllocator(buffers);
    }

    public SlabByteBufAllocator get() {
        return allocator;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        allocator = new SlabByteBufAllocator();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        long left = allocator.metric().buffersInUse();
        allocator.close();
        assertThat(left).as("buffers never released").isEqualTo(forgotten);
    }
}
