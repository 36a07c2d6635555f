package io.nettyslab.echo.server;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** All threads of a server. */
final class ServerThreads {

    private static final int STOP_SECONDS = 5;

    private final EventLoopGroup serving;
    private final EventLoopGroup accepting; // the same as serving unless asked for
    private final ExecutorService workers; // null if there are none

    ServerThreads(ServerSettings settings) {
        serving = settings.transport.newGroup(settings.eventLoops, "echo-server");
        // One group both accepts and serves: accepting is rare, and a thread less matters on small machines.
        accepting = settings.acceptThreads == 0
                ? serving
                : settings.transport.newGroup(settings.acceptThreads, "echo-accept");
        workers = settings.workers == 0
                ? null
                : Executors.newFixedThreadPool(settings.workers, new DefaultThreadFactory("echo-worker", true));
    }

    EventLoopGroup serving() {
        return serving;
    }

    EventLoopGroup accepting() {
        return accepting;
    }

    Executor workers() {
        return workers;
    }

    /** Workers first: what they still hold goes home through the event loops. */
    void stop() {
        if (workers != null) {
            workers.shutdown();
            try {
                workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        accepting.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
        serving.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
