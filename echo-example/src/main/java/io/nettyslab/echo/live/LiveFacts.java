package io.nettyslab.echo.live;

import io.nettyslab.SlabByteBufAllocatorMetric;
import io.nettyslab.echo.net.EchoAllocator;
import java.util.List;

/**
 * What does not change while a server runs.
 *
 * @param started when the page was started, in milliseconds since 1970; another number is another server
 * @param allocator its kind as on the command line
 * @param notes what else to say of the server, a few words each
 * @param maxMemory most bytes for slabs, {@code null} if there are none
 * @param maxUnpooledMemory most bytes beside them at one time, {@code null} if there are no slabs
 * @param intervalMillis time between samples
 * @param historyMillis how far samples reach back
 */
record LiveFacts(
        long started,
        String allocator,
        List<String> notes,
        Long maxMemory,
        Long maxUnpooledMemory,
        long intervalMillis,
        long historyMillis) {

    static LiveFacts of(EchoAllocator allocator, List<String> notes) {
        SlabByteBufAllocatorMetric slabs = allocator.slabMetric().orElse(null);
        return new LiveFacts(
                System.currentTimeMillis(),
                allocator.kind().toString(),
                notes,
                slabs == null ? null : slabs.maxMemory(),
                slabs == null ? null : slabs.maxUnpooledMemory(),
                Sampler.INTERVAL.toMillis(),
                Sampler.HISTORY.toMillis());
    }
}
