package io.nettyslab.comparison;

import io.netty.buffer.ByteBuf;

/** A buffer and its reference: a root that an allocator returned, or two views made by the same call. */
final class Pair {

    static final int MAX_DEPTH = 3;

    private final ByteBuf ours;
    private final ByteBuf reference;
    private final Pair root;
    private final Pair counted; // whose reference count ours shares
    private final Pair parent; // what it was made from, or what that shares its count with; null for a root
    private final int depth; // 0 for a root
    private final int offset; // where in the root it begins
    private final String origin; // how it came about, for messages

    private Pair(
            ByteBuf ours,
            ByteBuf reference,
            Pair root,
            Pair counted,
            Pair parent,
            int depth,
            int offset,
            String origin) {
        this.ours = ours;
        this.reference = reference;
        this.root = root == null ? this : root;
        this.counted = counted == null ? this : counted;
        this.parent = parent;
        this.depth = depth;
        this.offset = offset;
        this.origin = origin;
    }

    static Pair root(ByteBuf ours, ByteBuf reference) {
        return new Pair(ours, reference, null, null, null, 0, 0, ours.getClass().getSimpleName());
    }

    Pair derive(Derived ours, Derived reference, String call) {
        boolean hasOwnCount = ours.retained() && ours.buffer().refCnt() == 1; // a shared one would be 2 or more
        return new Pair(
                ours.buffer(),
                reference.buffer(),
                root,
                hasOwnCount ? null : counted,
                counted,
                depth + 1,
                offset + ours.offset(),
                origin + '.' + call);
    }

    /** Whether ours has a reference count of its own, and so holds one reference to the root. */
    boolean hasOwnCount() {
        return counted == this && root != this;
    }

    /** Whether ours holds a reference, beside that to the root, to another view that has a count of its own. */
    boolean holdsAnotherView() {
        return hasOwnCount() && parent != root;
    }

    int depth() {
        return depth;
    }

    boolean sharesCountOfRoot() {
        return counted == root;
    }

    ByteBuf ours() {
        return ours;
    }

    ByteBuf reference() {
        return reference;
    }

    /** Whether the root has shrunk since, so that some of what is, or was about to be, shown here is gone. */
    boolean isStale() {
        return offset + Math.max(ours.capacity(), ours.writerIndex()) > root.ours.capacity();
    }

    boolean mayDerive() {
        return depth < MAX_DEPTH;
    }

    @Override
    public String toString() {
        return origin;
    }
}
