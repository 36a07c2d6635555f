package io.nettyslab.comparison;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The life of one root buffer and the views made of it: random calls on any of them, then the last release, then some
 * more calls on what is dead.
 *
 * <p>After each call the outcome, the indices, capacity and reference count of every view, and the contents must be
 * equal on both sides. Two liberties are granted. A slab buffer that has to grow may grow to the end of its slot, where
 * the reference grows to the next power of two; the reference then follows. And a call that is out of bounds may fail
 * as such on the slab side, even where the reference, a view of something longer, gives an answer, or reports another
 * of several things that are wrong; if it reaches past the capacity, it must fail.
 *
 * <p>Retained views of a slab buffer that no leak tracker watches have a count of their own, and may hold a reference
 * to each other. The references of all of them together must then, those aside, be as many as the reference has, and
 * calls that change a count are left out.
 */
final class Episode {

    private static final int MAX_PAIRS = 8;
    private static final int CALLS_ON_DEAD = 40;
    private static final int REMEMBERED = 40;

    /** Not called on what is dead: the reference then has no capacity, and refuses, but a slab buffer obeys. */
    private static final Set<String> SETTING_INDICES =
            Set.of("readerIndex", "writerIndex", "setIndex", "clear", "resetReaderIndex", "resetWriterIndex");

    private static final Set<String> COUNTING = Set.of("refCnt", "retain", "release");

    private final Side slab;
    private final Side reference;
    private final SplittableRandom random;
    private final int contentEvery;
    private final Pair root;
    private final Slack slack;
    private final List<Pair> pairs = new ArrayList<>();
    private final Deque<String> lastCalls = new ArrayDeque<>();
    private boolean capacityChanged;

    Episode(Side slab, Side reference, Pair root, int contentEvery, SplittableRandom random) {
        this.slab = slab;
        this.reference = reference;
        this.root = root;
        this.contentEvery = contentEvery;
        this.random = random;
        this.slack = Slack.of(root.ours());
        pairs.add(root);
    }

    void run(int calls) {
        try {
            demand(root.ours().capacity() == root.reference().capacity(), "initial capacity");
            overwriteBoth(0, root.ours().capacity());
            for (int i = 1; i <= calls; i++) {
                callLiving();
                if (i % contentEvery == 0) {
                    compareContents();
                }
            }
            compareContents();
            slack.demandUnharmed(!capacityChanged);
            releaseAll();
            for (int i = 0; i < CALLS_ON_DEAD; i++) {
                callDead();
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(e.getMessage() + " after\n  " + String.join("\n  ", lastCalls), e);
        }
    }

    private void callLiving() {
        Pair pair = pairs.get(random.nextInt(pairs.size()));
        Arguments arguments = new Arguments(random, pair.ours(), pair.isStale());
        Operation operation = pick();
        if (COUNTING.contains(operation.method()) && pairs.stream().anyMatch(Pair::hasOwnCount)) {
            return;
        }
        Action action = operation.draft().apply(arguments);
        String call = operation.method() + '[' + arguments + " ]";
        remember(pair + "." + call);
        int slotCapacity = root.ours().writerIndex() + root.ours().maxFastWritableBytes();
        int capacity = root.ours().capacity();
        int writerIndex = pair.ours().writerIndex();
        boolean stale = pair.isStale();

        Outcome ours = Outcome.of(action, pair.ours(), slab);
        Outcome theirs = Outcome.of(action, pair.reference(), reference);
        remember("    -> " + ours + " and " + theirs);

        demand(!arguments.areOutside() || ours.failed(), "a call past the capacity was answered");
        if ((stale || arguments.areWrong()) && ours.failedWith(IndexOutOfBoundsException.class)) {
            undo(pair, theirs, stale);
        } else {
            demand(ours.sameAs(theirs), "different outcomes");
            followGrowth(capacity, slotCapacity, writerIndex, pair.ours().writerIndex());
        }
        capacityChanged |= root.ours().capacity() != capacity;
        compareIndices();
        settle(pair, ours, theirs, call);
        compareReferences();
    }

    /**
     * Lets the reference follow where the slab buffer grew within its slot, and gives both the same new bytes, but for
     * those that the call wrote.
     */
    private void followGrowth(int before, int slotCapacity, int writtenFrom, int writtenTo) {
        int ours = root.ours().capacity();
        int theirs = root.reference().capacity();
        if (ours != theirs) {
            demand(ours > before && theirs > before && ours == slotCapacity, "different capacities");
            root.reference().capacity(ours);
        }
        if (ours != before) {
            overwriteBoth(before, Math.min(writtenFrom, ours));
            overwriteBoth(Math.max(before, writtenTo), ours);
        }
    }

    /** New views join the comparison; a reader that ran past the writer, as some calls let it, is sent back. */
    private void settle(Pair pair, Outcome ours, Outcome theirs, String call) {
        if (pair.ours().readerIndex() > pair.ours().writerIndex()) {
            pair.ours().clear();
            pair.reference().clear();
        }
        if (ours.value() instanceof Derived our && theirs.value() instanceof Derived their) {
            if (pair.mayDerive() && pairs.size() < MAX_PAIRS) {
                pairs.add(pair.derive(our, their, call));
                compareIndices();
            } else {
                release(our);
                release(their);
            }
        }
    }

    private static void release(Object value) {
        if (value instanceof Derived derived && derived.retained()) {
            derived.buffer().release();
        }
    }

    /** Takes back what the reference did before, or instead of, reporting a call out of bounds. */
    private void undo(Pair pair, Outcome theirs, boolean stale) {
        if (!theirs.failed()) {
            release(theirs.value());
        }
        if (!theirs.failed() || stale) { // even a call that fails may have moved an index before
            pair.ours().clear();
            pair.reference().clear();
            root.reference().capacity(root.ours().capacity());
            root.reference().setBytes(0, contentOf(root.ours()));
        }
    }

    private void releaseAll() {
        pairs.stream()
                .filter(Pair::hasOwnCount)
                .sorted(Comparator.comparing(Pair::depth).reversed()) // who holds another one before that
                .forEach(
                        pair -> demand(pair.ours().release(pair.ours().refCnt()), "not the last reference to " + pair));
        int released = root.reference().refCnt() - root.ours().refCnt();
        if (released > 0) {
            root.reference().release(released);
        }
        List<Pair> living = pairs.stream().filter(Pair::sharesCountOfRoot).toList();
        while (root.reference().refCnt() > 0) {
            Pair pair = living.get(random.nextInt(living.size()));
            int count = random.nextInt(1, root.reference().refCnt() + 1);
            Action action = (buffer, side) -> count == 1 ? buffer.release() : buffer.release(count);
            remember(pair + ".release(" + count + ")");
            Outcome ours = Outcome.of(action, pair.ours(), slab);
            demand(ours.sameAs(Outcome.of(action, pair.reference(), reference)), "different outcomes of release");
        }
    }

    /** Where the reference says that it is dead, a slab buffer must say the same. */
    private void callDead() {
        Pair pair = pairs.get(random.nextInt(pairs.size()));
        Operation operation = pick();
        if (SETTING_INDICES.contains(operation.method())) {
            return;
        }
        Action action = operation.draft().apply(new Arguments(random, pair.ours(), true));
        remember(pair + "." + operation.method() + " after release");
        Outcome ours = Outcome.of(action, pair.ours(), slab);
        Outcome theirs = Outcome.of(action, pair.reference(), reference);
        remember("    -> " + ours + " and " + theirs);
        if (theirs.failedWith(IllegalReferenceCountException.class)) {
            demand(ours.failedWith(IllegalReferenceCountException.class), "different outcomes after release");
        }
        demand(pair.ours().refCnt() == 0, "no longer dead");
    }

    private Operation pick() {
        return Operations.ALL.get(random.nextInt(Operations.ALL.size()));
    }

    private void compareIndices() {
        for (Pair pair : pairs) {
            ByteBuf ours = pair.ours();
            ByteBuf theirs = pair.reference();
            if (ours.readerIndex() != theirs.readerIndex()
                    || ours.writerIndex() != theirs.writerIndex()
                    || ours.capacity() != theirs.capacity()) {
                throw new AssertionError("different states: " + stateOf(ours) + " and " + stateOf(theirs));
            }
        }
    }

    private void compareReferences() {
        int references = root.ours().refCnt();
        for (Pair pair : pairs) {
            references += pair.hasOwnCount() ? pair.ours().refCnt() - 1 : 0;
            references -= pair.holdsAnotherView() ? 1 : 0;
        }
        demand(
                references == root.reference().refCnt(),
                references + " and " + root.reference().refCnt() + " references");
    }

    private static String stateOf(ByteBuf buffer) {
        return buffer + " with " + buffer.refCnt() + " references";
    }

    private void compareContents() {
        byte[] ours = contentOf(root.ours());
        byte[] theirs = contentOf(root.reference());
        int at = Arrays.mismatch(ours, theirs);
        demand(at < 0, "different contents at " + at);
    }

    private static byte[] contentOf(ByteBuf buffer) {
        byte[] content = new byte[buffer.capacity()];
        buffer.getBytes(0, content);
        return content;
    }

    private void overwriteBoth(int from, int to) {
        if (from < to) {
            byte[] content = new byte[to - from];
            new Arguments(random, root.ours(), false).fill(content);
            root.ours().setBytes(from, content);
            root.reference().setBytes(from, content);
        }
    }

    private void remember(String event) {
        lastCalls.addLast(event);
        if (lastCalls.size() > REMEMBERED) {
            lastCalls.removeFirst();
        }
    }

    private static void demand(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
