package io.nettyslab.echo.protocol;

/** Knows how much of a message that is not complete has come so far; asked on the connection's event loop only. */
@FunctionalInterface
public interface Unfinished {

    /**
     * Returns how much waits for more.
     *
     * @return bytes, 0 between messages
     */
    int unfinishedBytes();
}
