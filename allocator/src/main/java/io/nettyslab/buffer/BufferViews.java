package io.nettyslab.buffer;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a buffer keeps for those who look at it in other ways: its NIO view, and the views that it lends; and its link
 * in a chain, should it be away when it is released. Made when first needed; most buffers never are looked at so.
 *
 * <p>Threads that have been lent views of different numbers may read and write at the same time, and lose what the
 * other has just put here: it is made anew next time. So every field may be seen as it was in the beginning, too.
 */
final class BufferViews extends AwayLink {

    private ByteBuffer nio;
    private RetainedView first; // most buffers lend one at a time
    private RetainedView[] others; // from number 1 on; null for none

    BufferViews(SlabByteBuf buffer) {
        super(buffer);
    }

    /** Returns the NIO view, {@code null} if there is none. */
    ByteBuffer nio() {
        return nio;
    }

    void setNio(ByteBuffer view) {
        nio = view;
    }

    /** Returns view {@code number}, {@code null} if there is none. */
    RetainedView get(int number) {
        if (number == 0) {
            return first;
        }
        RetainedView[] all = others;
        return all != null && number <= all.length ? all[number - 1] : null;
    }

    void put(int number, RetainedView view) {
        if (number == 0) {
            first = view;
            return;
        }
        RetainedView[] all = others;
        if (all == null) {
            others = all = new RetainedView[number];
        } else if (number > all.length) {
            others = all = Arrays.copyOf(all, 2 * number);
        }
        all[number - 1] = view;
    }
}
