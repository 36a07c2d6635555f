package io.nettyslab.threads;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.nettyslab.SlabExhaustedError;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.Pattern;
import java.util.ArrayList;
import java.util.List;

/** A buffer filled with the pattern of its number, so that any thread can tell whether it is still itself. */
record Numbered(ByteBuf buffer, long id) {

    static Numbered allocate(ByteBufAllocator allocator, Kind kind, int capacity, long id) {
        ByteBuf buffer = kind.allocate(allocator, capacity);
        Pattern.write(buffer, id);
        return new Numbered(buffer, id);
    }

    /** Allocates until there is no memory left. */
    static List<Numbered> fill(ByteBufAllocator allocator, Kind kind, int capacity) {
        List<Numbered> all = new ArrayList<>();
        try {
            for (; ; ) {
                all.add(allocate(allocator, kind, capacity, all.size()));
            }
        } catch (SlabExhaustedError full) {
            return all;
        }
    }

    static void releaseAll(List<Numbered> all) {
        all.forEach(Numbered::check); // first of all, so that no release can hide a clash
        all.forEach(each -> each.buffer.release());
    }

    void check() {
        Pattern.check(buffer, id);
    }

    void release() {
        check();
        buffer.release();
    }
}
