package io.nettyslab.echo.server;

import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;

/**
 * Hears what happens on a server. Every method is called on the event loop of the connection concerned, several at the
 * same time for different connections, unless it says otherwise; a method that blocks holds up the server. Buffers are
 * lent for the time of the call: whoever wants to keep the bytes copies them, and nobody moves the indices. Without a
 * listener the server does none of this work.
 */
public interface ServerListener {

    /** A connection was accepted. */
    default void connected(Session session) {}

    /** A connection was refused because as many as allowed are open. */
    default void refused(SocketAddress remote) {}

    /** A connection has ended. */
    default void disconnected(Session session) {}

    /** One read has brought these bytes; with TLS, decrypted. */
    default void received(Session session, ByteBuf bytes) {}

    /** So many bytes of a message wait for the rest of it; told after each read that ends inside a message. */
    default void unfinished(Session session, int bytes) {}

    /**
     * A message is complete.
     *
     * @param session where it came from
     * @param number counts the session's messages from 1
     * @param message without anything the protocol adds to it; what shall not be seen is there too
     * @param secure whether nobody may be shown the message
     */
    default void message(Session session, long number, ByteBuf message, boolean secure) {}

    /** A worker begins with the message of this number. Called on the worker's thread. */
    default void working(Session session, long number) {}

    /** These bytes go to the transport; with TLS, not yet encrypted. */
    default void sent(Session session, ByteBuf bytes) {}

    /** The server stops reading because the client does not keep up, or reads on. */
    default void reading(Session session, boolean reads) {}
}
