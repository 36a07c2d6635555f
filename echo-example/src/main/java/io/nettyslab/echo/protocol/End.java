package io.nettyslab.echo.protocol;

/**
 * User events that end a connection in order: nothing more is read, all answers that are due are sent, then the end of
 * the stream.
 */
public enum End {
    /** The server stops; it waits itself for the client to close. */
    STOP,

    /** This connection has had its last answer; a client that does not close within some seconds is cut off. */
    LAST_ANSWER
}
