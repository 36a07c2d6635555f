package io.nettyslab.comparison;

import io.netty.buffer.ByteBufAllocator;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One of the two sides: slab buffers, or the reference. */
final class Side implements Closeable {

    private final ByteBufAllocator allocator;
    private final boolean slab;
    private final FileChannel file;

    private Side(ByteBufAllocator allocator, boolean slab, Path file) throws IOException {
        this.allocator = allocator;
        this.slab = slab;
        this.file = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    static Side slab(ByteBufAllocator allocator, Path directory) throws IOException {
        return new Side(allocator, true, directory.resolve("slab"));
    }

    static Side reference(Path directory) throws IOException {
        return new Side(new ReferenceAllocator(), false, directory.resolve("reference"));
    }

    ByteBufAllocator allocator() {
        return allocator;
    }

    /** A file of this side's own. */
    FileChannel file() {
        return file;
    }

    /** Fails unless {@code holds}, on the slab side only: what is demanded of slab buffers alone. */
    void demand(boolean holds, String what, Object... arguments) {
        if (slab && !holds) {
            throw new AssertionError(String.format(what, arguments));
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
