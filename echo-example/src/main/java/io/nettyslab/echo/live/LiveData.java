package io.nettyslab.echo.live;

import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.server.EchoServer;
import io.nettyslab.echo.server.LatencySampler;
import java.util.List;

/** All that the page can be asked for. Belongs to the page's event loop. */
final class LiveData implements AutoCloseable {

    private final EchoAllocator allocator;
    private final LatencySampler latency;
    private final LiveFacts facts;
    private final Sampler sampler;
    private final Metrics metrics;

    LiveData(EchoServer server, EchoAllocator allocator, List<String> notes) {
        this.allocator = allocator;
        this.latency = server.latency();
        this.facts = LiveFacts.of(allocator, notes);
        LatencyWindow window = new LatencyWindow(latency, (int) Sampler.LATENCY_WINDOW.dividedBy(Sampler.INTERVAL));
        this.sampler = new Sampler(server, allocator, window);
        this.metrics = new Metrics(server, allocator, window);
    }

    void askForLatency() {
        latency.want();
    }

    void sample() {
        sampler.sample();
    }

    byte[] live(long since) {
        return LiveDocuments.live(facts, sampler.since(since));
    }

    byte[] slabs() {
        return LiveDocuments.slabs(allocator);
    }

    byte[] metrics() {
        return metrics.text();
    }

    @Override
    public void close() {
        metrics.close();
    }
}
