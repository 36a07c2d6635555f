package io.nettyslab.echo.live;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nettyslab.SizeClassMetric;
import io.nettyslab.SlabByteBufAllocatorMetric;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.server.EchoServer;
import io.nettyslab.echo.server.Traffic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Everything the server can tell, as Prometheus reads it. Micrometer's own binders tell of the JVM and what Netty knows
 * of any allocator; what only slabs have is added here. Meters read live figures when they are asked, and cost nothing
 * in between.
 */
final class Metrics implements AutoCloseable {

    /** Prometheus' text format; understood by every version of it. */
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final EchoAllocator allocator;
    private final MultiGauge slots;

    Metrics(EchoServer server, EchoAllocator allocator, LatencyWindow latency) {
        this.allocator = allocator;
        this.slots = MultiGauge.builder("netty.slab.slots")
                .description("Slots of each size class: in use, ready on free lists, held in their spans")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new NettyAllocatorMetrics(allocator.metricProvider()).bindTo(registry);
        allocator.slabMetric().ifPresent(this::bindSlabs);
        bindTraffic(server);
        bindLatency(latency);
    }

    private void bindSlabs(SlabByteBufAllocatorMetric slabs) {
        memory("reserved", "Taken from the system", "direct", slabs, m -> m.reservedDirectMemory());
        memory("reserved", "Taken from the system", "heap", slabs, m -> m.reservedHeapMemory());
        memory("unpooled", "In use outside the slabs", "direct", slabs, m -> m.unpooledDirectMemory());
        memory("unpooled", "In use outside the slabs", "heap", slabs, m -> m.unpooledHeapMemory());
        memory("spans", "In spans and large buffers, in use or not", "direct", slabs, m -> m.directSpanBytes());
        memory("spans", "In spans and large buffers, in use or not", "heap", slabs, m -> m.heapSpanBytes());
        gauge("netty.slab.memory.bound", "Most that slabs may take", BaseUnits.BYTES, slabs, m -> m.maxMemory());
        gauge(
                "netty.slab.unpooled.bound",
                "Most that unpooled buffers may take at one time",
                BaseUnits.BYTES,
                slabs,
                m -> m.maxUnpooledMemory());
        gauge("netty.slab.buffers.used", "Buffers handed out", BaseUnits.BUFFERS, slabs, m -> m.buffersInUse());
        allocations("slab", slabs, m -> m.slabAllocations());
        allocations("unpooled", slabs, m -> m.unpooledAllocations());
        counter("netty.slab.failures", "Requests refused", null, slabs, m -> m.failedAllocations());
    }

    private void memory(
            String what,
            String description,
            String kind,
            SlabByteBufAllocatorMetric slabs,
            ToDoubleFunction<SlabByteBufAllocatorMetric> figure) {
        Gauge.builder("netty.slab.memory." + what, slabs, figure)
                .description(description)
                .baseUnit(BaseUnits.BYTES)
                .tag("memory.type", kind)
                .register(registry);
    }

    private void allocations(
            String source, SlabByteBufAllocatorMetric slabs, ToDoubleFunction<SlabByteBufAllocatorMetric> figure) {
        FunctionCounter.builder("netty.slab.allocations", slabs, figure)
                .description("Buffers handed out since the start")
                .tag("source", source)
                .register(registry);
    }

    private void bindTraffic(EchoServer server) {
        gauge(
                "echo.connections",
                "Connections open now",
                BaseUnits.CONNECTIONS,
                server,
                s -> traffic(s).opened() - traffic(s).closed());
        counter(
                "echo.accepted",
                "Connections accepted",
                BaseUnits.CONNECTIONS,
                server,
                s -> traffic(s).opened());
        counter(
                "echo.broken",
                "Connections that broke",
                BaseUnits.CONNECTIONS,
                server,
                s -> traffic(s).errors());
        counter(
                "echo.read",
                "Bytes received",
                BaseUnits.BYTES,
                server,
                s -> traffic(s).bytesRead());
        counter(
                "echo.written",
                "Bytes handed to the transport",
                BaseUnits.BYTES,
                server,
                s -> traffic(s).bytesWritten());
        counter(
                "echo.reads",
                "Buffers received",
                BaseUnits.BUFFERS,
                server,
                s -> traffic(s).reads());
        counter(
                "echo.writes",
                "Buffers sent",
                BaseUnits.BUFFERS,
                server,
                s -> traffic(s).writes());
    }

    private static Traffic traffic(EchoServer server) {
        return server.figures().traffic();
    }

    private <T> void gauge(String name, String description, String unit, T source, ToDoubleFunction<T> figure) {
        Gauge.builder(name, source, figure)
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private <T> void counter(String name, String description, String unit, T source, ToDoubleFunction<T> figure) {
        FunctionCounter.builder(name, source, figure)
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private void bindLatency(LatencyWindow latency) {
        for (double percentile : new double[] {50, 99}) {
            Gauge.builder("echo.latency", latency, window -> seconds(window.percentile(percentile)))
                    .description("From a read to the end of the write that answers it, sampled over the last seconds")
                    .baseUnit("seconds")
                    .tag("quantile", String.valueOf(percentile / 100))
                    .register(registry);
        }
    }

    private static double seconds(Long nanos) {
        return nanos == null ? Double.NaN : nanos / 1e9;
    }

    /** Returns all meters in Prometheus' text format. */
    byte[] text() {
        allocator.slabMetric().ifPresent(slabs -> slots.register(rows(slabs.sizeClasses()), true));
        return registry.scrape(CONTENT_TYPE).getBytes(StandardCharsets.UTF_8);
    }

    /** Size classes come with their first use, so their gauges are made anew each time. */
    private static List<MultiGauge.Row<?>> rows(List<SizeClassMetric> classes) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (SizeClassMetric c : classes) {
            rows.add(row(c, "used", c.slotsInUse()));
            rows.add(row(c, "ready", c.readySlots()));
            rows.add(row(c, "held", c.heldSlots()));
        }
        return rows;
    }

    private static MultiGauge.Row<?> row(SizeClassMetric c, String state, long slots) {
        Tags tags = Tags.of(
                "memory.type",
                c.direct() ? "direct" : "heap",
                "slot.size",
                String.valueOf(c.slotSize()),
                "state",
                state);
        return MultiGauge.Row.of(tags, slots);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
