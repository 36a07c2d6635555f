package io.nettyslab.echo.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port that refuses connections, and that nobody else gets meanwhile: it is bound, but nobody listens. */
public final class SilentPort implements AutoCloseable {

    private final Socket holder = new Socket();

    public SilentPort() throws IOException {
        holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public int number() {
        return holder.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
