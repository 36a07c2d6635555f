package io.nettyslab.echo.testing;

import io.nettyslab.echo.protocol.Frames;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A client of the framed protocol on a plain blocking socket. */
public final class FramedSocket implements AutoCloseable {

    /**
     * What came back.
     *
     * @param id its transmission id
     * @param message without id and length
     */
    public record Reply(long id, byte[] message) {}

    private final EchoSocket socket;

    public FramedSocket(InetSocketAddress server) throws IOException {
        this(new EchoSocket(server));
    }

    public FramedSocket(EchoSocket socket) {
        this.socket = socket;
    }

    public EchoSocket socket() {
        return socket;
    }

    public void send(byte[] message) {
        socket.send(FrameSplit.frame(message));
    }

    public Reply receive() throws IOException {
        int length = ByteBuffer.wrap(socket.receive(Frames.LENGTH_BYTES)).getInt();
        ByteBuffer reply = ByteBuffer.wrap(socket.receive(length));
        long id = reply.getLong();
        byte[] message = new byte[reply.remaining()];
        reply.get(message);
        return new Reply(id, message);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
