package io.nettyslab.echo.compare;

import io.nettyslab.echo.process.ResidentMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;

/** Notes the resident memory of one process twice a second, on a thread of its own. */
final class MemoryWatch implements AutoCloseable {

    private static final int INTERVAL_MILLIS = 500;

    private final Timer timer = new Timer("echo-memory", true);
    private final List<MemoryPoint> points = new ArrayList<>();

    MemoryWatch(long pid) {
        long start = System.nanoTime();
        TimerTask task = new TimerTask() {
            @Override
            public void run() {
                ResidentMemory.of(pid)
                        .ifPresent(bytes -> add(new MemoryPoint((System.nanoTime() - start) / 1e9, bytes)));
            }
        };
        timer.scheduleAtFixedRate(task, 0, INTERVAL_MILLIS);
    }

    private synchronized void add(MemoryPoint point) {
        points.add(point);
    }

    synchronized List<MemoryPoint> points() {
        return List.copyOf(points);
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
