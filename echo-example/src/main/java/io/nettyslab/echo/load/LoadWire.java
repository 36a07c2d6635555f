package io.nettyslab.echo.load;

/**
 * How bytes are sent.
 *
 * @param protocol how messages are laid into the stream
 * @param tls whether the stream is encrypted; any certificate is trusted, so this is for a server on the same machine
 * @param readBuffer bytes read from a socket at once; 0 leaves it to Netty, which adapts
 */
public record LoadWire(LoadProtocol protocol, boolean tls, int readBuffer) {

    /** Bytes as they are. */
    public static final LoadWire PLAIN = new LoadWire(LoadProtocol.RAW, false, 0);
}
