package io.nettyslab.echo.scale;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** One burst of messages over all connections. Connections report from their event loops; one thread waits. */
final class Pulse {

    /** Tells a connection to send the first bytes of a message and then to fall silent. */
    record Half(int bytes) {}

    /** What connections report. */
    static final class Results {
        private final ConcurrentHistogram latency = new ConcurrentHistogram(3);
        private long errors;
        private String firstError = "";

        void echoed(long nanos) {
            latency.recordValue(nanos);
        }

        synchronized void fail(String message) {
            if (errors++ == 0) {
                firstError = message;
            }
        }

        synchronized long errors() {
            return errors;
        }

        synchronized String firstError() {
            return firstError;
        }

        /** Returns the latencies, in nanoseconds, since it was last asked. Only while no pulse is under way. */
        Histogram takeLatency() {
            Histogram taken = latency.copy();
            latency.reset();
            return taken;
        }
    }

    private final int messages;
    private final int messageSize;
    private final CountDownLatch busy;

    /**
     * Makes a pulse.
     *
     * @param connections how many take part
     * @param messages that each sends
     * @param messageSize bytes of each
     */
    Pulse(int connections, int messages, int messageSize) {
        this.messages = messages;
        this.messageSize = messageSize;
        this.busy = new CountDownLatch(connections);
    }

    int messages() {
        return messages;
    }

    int messageSize() {
        return messageSize;
    }

    /** Called once by each connection, when its last message is back or none will come. */
    void done() {
        busy.countDown();
    }

    /** Returns how many connections are still waiting for an answer when the time is over, 0 if all went well. */
    long await(Duration patience) throws InterruptedException {
        busy.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        return busy.getCount();
    }
}
