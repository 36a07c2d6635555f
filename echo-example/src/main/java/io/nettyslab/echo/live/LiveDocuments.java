package io.nettyslab.echo.live;

import io.nettyslab.SlabByteBufAllocatorMetric;
import io.nettyslab.SlabMetric;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.page.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The documents of the page. Their shape is documented in docs/live-page.md; programs may rely on it. */
final class LiveDocuments {

    /** Bytes in a page of a slab, see {@link io.nettyslab.SpanMetric#offset()}. */
    private static final int PAGE_SIZE = 4096;

    private LiveDocuments() {}

    /**
     * {@code /live.json}: the facts, and samples.
     *
     * @param facts what does not change
     * @param samples in their order
     */
    private record Live(LiveFacts facts, List<Sample> samples) {}

    static byte[] live(LiveFacts facts, List<Sample> samples) {
        return write(new Live(facts, samples));
    }

    /**
     * {@code /slabs.json}.
     *
     * @param allocator its kind as on the command line
     * @param pageSize bytes; every offset and length is a multiple of it
     * @param maxMemory most bytes for slabs
     * @param slabs direct ones first, each kind in the order in which it was reserved; none for other allocators
     */
    private record Slabs(String allocator, int pageSize, long maxMemory, List<SlabMetric> slabs) {}

    static byte[] slabs(EchoAllocator allocator) {
        SlabByteBufAllocatorMetric metric = allocator.slabMetric().orElse(null);
        return write(new Slabs(
                allocator.kind().toString(),
                PAGE_SIZE,
                metric == null ? 0 : metric.maxMemory(),
                metric == null ? List.of() : metric.slabs()));
    }

    private static byte[] write(Object document) {
        return Json.writeLine(document).getBytes(StandardCharsets.UTF_8);
    }
}
