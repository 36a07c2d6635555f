package io.nettyslab.echo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A client without Netty: a plain blocking socket and arrays. */
public final class EchoSocket implements AutoCloseable {

    private final Socket socket;

    public EchoSocket(InetSocketAddress server) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), server.getPort()));
    }

    public EchoSocket(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true); // what is written apart shall be read apart
    }

    public static byte[] randomBytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Sends on a thread of its own, because a server with full buffers takes no more until it is read from. */
    public CompletableFuture<Void> send(byte[] message) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        socket.getOutputStream().write(message);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> new Thread(task, "echo-socket").start());
    }

    public byte[] receive(int length) throws IOException {
        byte[] bytes = new byte[length];
        new DataInputStream(socket.getInputStream()).readFully(bytes);
        return bytes;
    }

    /** Reads up to the other side's end of stream. */
    public byte[] receiveAll() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    /** Demands that a byte comes back. */
    public void assertServed() throws IOException {
        output().write(42);
        assertThat(receive(1)).containsExactly(42);
    }

    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes as a killed process does: the other side gets a reset. */
    public void kill() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    public OutputStream output() throws IOException {
        return socket.getOutputStream();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
