package io.nettyslab.echo.cli;

import java.util.Locale;

/** What {@code --watch} can show. */
enum WatchTopic {
    /** Reads, messages, replies, and when reading pauses. */
    FLOW,

    /** Connections that come, go and are refused. */
    CONNECTIONS,

    /** The bytes themselves. */
    DATA,

    /** Which thread does it. */
    THREADS;

    /** The name as it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
