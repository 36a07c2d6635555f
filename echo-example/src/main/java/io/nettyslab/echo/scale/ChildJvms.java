package io.nettyslab.echo.scale;

import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.process.ChildProcess;
import io.nettyslab.echo.text.Units;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The children of one run. None outlives it, and none runs on when its time is over. */
final class ChildJvms implements AutoCloseable {

    private final List<ChildProcess> children = new CopyOnWriteArrayList<>();
    private final Timer timer = new Timer("scale-time-limit", true);
    private final Duration timeLimit;
    private volatile boolean timeIsOver;

    ChildJvms(Duration timeLimit) {
        this.timeLimit = timeLimit;
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        timeIsOver = true;
                        children.forEach(ChildProcess::close); // whoever waits for their answer then fails
                    }
                },
                timeLimit.toMillis());
    }

    ChildProcess start(String name, List<String> flags, String mainClass, List<String> arguments) {
        ChildProcess child = new ChildProcess(name, flags, mainClass, arguments);
        children.add(child);
        if (timeIsOver) {
            child.close();
        }
        return child;
    }

    /**
     * Does the work.
     *
     * @param work what talks to the children
     * @return its result
     * @throws EchoFailure if it fails, or if its time is over
     */
    <T> T run(Supplier<T> work) {
        try {
            return work.get();
        } catch (EchoFailure e) {
            throw timeIsOver ? new EchoFailure("not done after " + Units.duration(timeLimit) + " (--time-limit)") : e;
        }
    }

    @Override
    public void close() {
        timer.cancel();
        children.forEach(ChildProcess::close);
    }
}
