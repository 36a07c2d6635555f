package io.nettyslab.echo.process;

import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.text.Units;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CopyOnWriteArrayList;

/** The children of one run. None outlives it, and all end at once when somebody stops them, or when time is over. */
public final class ChildJvms implements AutoCloseable {

    private final List<ChildProcess> children = new CopyOnWriteArrayList<>();
    private final Timer timer = new Timer("echo-time-limit", true);
    private volatile String stopped; // why; null while children may run

    /**
     * Ends all children, and lets no more begin: whoever waits for an answer of theirs then fails. May be called from
     * any thread; the first reason counts.
     *
     * @param why for {@link #cause}
     */
    public void stop(String why) {
        synchronized (this) {
            stopped = stopped == null ? why : stopped;
        }
        children.forEach(ChildProcess::close);
    }

    /**
     * Stops the children when time is over.
     *
     * @param timeLimit how long they may run
     */
    public void stopAfter(Duration timeLimit) {
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        stop("not done after " + Units.duration(timeLimit) + " (--time-limit)");
                    }
                },
                timeLimit.toMillis());
    }

    /**
     * Starts a child.
     *
     * @param name for messages
     * @param flags of the JVM, beside those that every child gets
     * @param mainClass name of the class to run
     * @param arguments what it is told
     * @return the child
     * @throws EchoFailure if it cannot be started, or if children have been stopped
     */
    public ChildProcess start(String name, List<String> flags, String mainClass, List<String> arguments) {
        if (isStopped()) {
            throw new EchoFailure(stopped);
        }
        ChildProcess child = new ChildProcess(name, flags, mainClass, arguments);
        children.add(child);
        if (isStopped()) { // since the first look
            child.close();
        }
        return child;
    }

    public boolean isStopped() {
        return stopped != null;
    }

    /**
     * Tells why something failed.
     *
     * @param failure which may be no more than what follows when children are stopped
     * @return why they were stopped, or else the failure's own message
     */
    public String cause(EchoFailure failure) {
        return isStopped() ? stopped : failure.getMessage();
    }

    @Override
    public void close() {
        timer.cancel();
        children.forEach(ChildProcess::close);
    }
}
