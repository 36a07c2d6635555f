package io.nettyslab.echo.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.nettyslab.echo.protocol.EchoHandler;
import io.nettyslab.echo.protocol.FrameDecoder;
import io.nettyslab.echo.protocol.FramedHandler;
import java.util.concurrent.atomic.AtomicLong;

/** Builds the pipeline of each connection. Bytes come in at the top and replies leave there. */
final class ConnectionInitializer extends ChannelInitializer<Channel> {

    private final ServerSettings settings;
    private final TrafficCounters counters;
    private final LatencySampler latency;
    private final Connections connections;
    private final AtomicLong transmissions = new AtomicLong();

    ConnectionInitializer(
            ServerSettings settings, TrafficCounters counters, LatencySampler latency, Connections connections) {
        this.settings = settings;
        this.counters = counters;
        this.latency = latency;
        this.connections = connections;
    }

    @Override
    protected void initChannel(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new TrafficHandler(counters, latency, settings.allocator::isFromSlab));
        pipeline.addLast(connections.newMember());
        pipeline.addLast(new ReadGate());
        addProtocol(pipeline);
        pipeline.addLast(new ConnectionEnd(counters));
    }

    private void addProtocol(ChannelPipeline pipeline) {
        switch (settings.protocol) {
            case RAW -> pipeline.addLast(new EchoHandler());
            case FRAMED ->
                pipeline.addLast(new FrameDecoder(1, settings.maxMessage)).addLast(new FramedHandler(transmissions));
        }
    }
}
