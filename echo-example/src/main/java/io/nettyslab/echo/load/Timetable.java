package io.nettyslab.echo.load;

/**
 * When each message of one connection should be sent in an open loop. The connections take turns, so that the whole
 * load is as even as the rate says.
 */
final class Timetable {

    private final double interval; // nanoseconds between two messages of this connection
    private final double offset; // nanoseconds from the start to the first message
    private long start; // of the current run, as System.nanoTime() counts
    private long sent; // messages since the start

    Timetable(LoadSettings settings, int connection) {
        this.interval = settings.nanosBetweenMessages();
        this.offset = interval * connection / settings.connections();
    }

    /** Begins anew: what was not sent while the load paused is not owed. */
    void restart(long now) {
        start = now;
        sent = 0;
    }

    /**
     * Returns the time of the next message.
     *
     * @return as {@code System.nanoTime()} counts; lies in the past if the connection is late
     */
    long next() {
        // From the start each time, not from the message before: rounding errors do not add up.
        return start + Math.round(offset + interval * sent);
    }

    void advance() {
        sent++;
    }
}
