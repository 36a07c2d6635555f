package io.nettyslab.echo.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.nettyslab.echo.protocol.EchoHandler;
import io.nettyslab.echo.protocol.FrameDecoder;
import io.nettyslab.echo.protocol.FramedHandler;
import io.nettyslab.echo.protocol.LineEditor;
import io.nettyslab.echo.protocol.LineReply;
import io.nettyslab.echo.protocol.TelnetDecoder;
import io.nettyslab.echo.protocol.Unfinished;
import io.nettyslab.echo.protocol.WorkerHandler;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** Builds the pipeline of each connection. Bytes come in at the top and replies leave there. */
final class ConnectionInitializer extends ChannelInitializer<Channel> {

    private final ServerSettings settings;
    private final TrafficCounters counters;
    private final LatencySampler latency;
    private final Connections connections;
    private final Executor workers; // null to answer on the event loops
    private final AtomicLong sessions = new AtomicLong();
    private final AtomicLong transmissions = new AtomicLong();

    ConnectionInitializer(
            ServerSettings settings,
            TrafficCounters counters,
            LatencySampler latency,
            Connections connections,
            Executor workers) {
        this.settings = settings;
        this.counters = counters;
        this.latency = latency;
        this.connections = connections;
        this.workers = workers;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (connections.admit(channel)) {
            serve(channel);
        } else {
            refuse(channel);
        }
    }

    private void serve(Channel channel) {
        Session session = new Session(sessions.incrementAndGet(), channel.remoteAddress(), settings.protocol);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new TrafficHandler(counters, latency, settings.allocator::isFromSlab));
        if (settings.tls != null) {
            pipeline.addLast(settings.tls.newHandler(channel.alloc()));
        }
        pipeline.addLast(connections.newMember());
        ReadGate gate = new ReadGate();
        pipeline.addLast(gate);
        Unfinished unfinished = addProtocol(pipeline, session);
        pipeline.addLast(new ConnectionEnd(counters));

        String gateName = pipeline.context(gate).name();
        if (!settings.receiveTimeout.isZero() || !settings.idleTimeout.isZero()) {
            pipeline.addBefore(gateName, null, new Timeouts(settings.receiveTimeout, settings.idleTimeout, unfinished));
        }
        if (settings.listener != null) {
            pipeline.addBefore(gateName, null, ListenerHandlers.beforeProtocol(settings.listener, session, unfinished));
        }
    }

    /** Returns who knows of messages that are not complete. */
    private Unfinished addProtocol(ChannelPipeline pipeline, Session session) {
        switch (settings.protocol) {
            case RAW -> {
                pipeline.addLast(new EchoHandler());
                return () -> 0;
            }
            case FRAMED -> {
                FrameDecoder decoder = new FrameDecoder(1, settings.maxMessage);
                pipeline.addLast(decoder);
                listenToMessages(pipeline, session);
                if (workers != null) {
                    pipeline.addLast(new WorkerHandler(workers, transmissions, number -> working(session, number)));
                }
                pipeline.addLast(new FramedHandler(transmissions));
                return decoder;
            }
            default -> {
                TelnetDecoder telnet = new TelnetDecoder();
                LineEditor editor = new LineEditor(telnet, settings.maxMessage);
                pipeline.addLast(telnet, editor);
                listenToMessages(pipeline, session);
                pipeline.addLast(new LineReply(session.id(), editor));
                return editor;
            }
        }
    }

    private void listenToMessages(ChannelPipeline pipeline, Session session) {
        if (settings.listener != null) {
            pipeline.addLast(ListenerHandlers.beforeAnswer(settings.listener, session));
        }
    }

    private void working(Session session, long number) {
        if (settings.listener != null) {
            settings.listener.working(session, number);
        }
    }

    private void refuse(Channel channel) {
        counters.refused();
        if (settings.listener != null) {
            settings.listener.refused(channel.remoteAddress());
        }
        channel.pipeline().addLast(new RefusedConnection(), new ReadGate(), new ConnectionEnd(counters));
    }
}
