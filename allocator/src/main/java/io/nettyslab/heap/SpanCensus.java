package io.nettyslab.heap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where the spans and large buffers of one kind of memory lie just now. Reads what owners write, without a lock: exact
 * while nobody allocates or releases, otherwise a span that changed hands during the reading may be missing.
 */
final class SpanCensus {

    private static final Comparator<SpanState> PLACE =
            Comparator.comparingInt(SpanState::slab).thenComparingInt(SpanState::offset);

    private final List<SpanState> found = new ArrayList<>();

    void add(FreeList[] lists) {
        for (FreeList list : lists) {
            if (list != null) {
                list.describeSpans(found::add);
            }
        }
    }

    void add(LargeBuffers large) {
        large.describe(found::add);
    }

    /** Returns them by place. None overlaps another: of two that seem to, one was given back meanwhile. */
    List<SpanState> spans() {
        found.sort(PLACE);
        List<SpanState> apart = new ArrayList<>(found.size());
        SpanState before = null;
        for (SpanState span : found) {
            if (before == null || before.slab() != span.slab() || before.end() <= span.offset()) {
                apart.add(span);
                before = span;
            }
        }
        return apart;
    }
}
