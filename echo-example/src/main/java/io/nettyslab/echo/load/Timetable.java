package io.nettyslab.echo.load;

/**
 * When each message of one connection should be sent in an open loop. The connections take turns, so that the whole
 * load is as even as the rate says.
 */
final class Timetable {

    private final double interval; // nanoseconds between two messages of this connection
    private final double offset; // nanoseconds from the start to the first message
    private final long start; // as System.nanoTime() counts
    private long sent; // messages since the start

    /**
     * Begins a timetable.
     *
     * @param rate messages per second over all connections
     * @param connections number of connections
     * @param connection number of this one
     * @param start as {@code System.nanoTime()} counts
     */
    Timetable(double rate, int connections, int connection, long start) {
        this.interval = 1e9 * connections / rate;
        this.offset = interval * connection / connections;
        this.start = start;
    }

    /**
     * Returns the time of the next message.
     *
     * @return as {@code System.nanoTime()} counts; lies in the past if the connection is late
     */
    long next() {
        return next(0);
    }

    /** Returns the time of the message that comes so many after the next. */
    long next(long ahead) {
        // From the start each time, not from the message before: rounding errors do not add up.
        return start + Math.round(offset + interval * (sent + ahead));
    }

    /** Returns how many messages are due before {@code time}, from the next on. */
    long dueBefore(long time) {
        return Math.max(0, (long) Math.ceil((time - start - offset) / interval) - sent);
    }

    void advance() {
        sent++;
    }
}
