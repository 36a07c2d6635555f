package io.nettyslab.echo.live;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.SlabSettings;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.server.EchoServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** An echo server with its live page, on free ports, and ways to ask the page. */
final class RunningPage implements AutoCloseable {

    private static final SlabSettings SLABS = new SlabSettings(8L << 20, 1 << 20, null);

    /** A page that does not answer fails the test that asked, not the whole run. */
    private static final Duration LONGEST = Duration.ofSeconds(8);

    final EchoAllocator allocator;
    final EchoServer server;
    private final LiveServer page;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // or it would ask for an upgrade first
            .build();

    RunningPage(AllocatorKind kind) {
        allocator = kind == AllocatorKind.SLAB ? kind.create(SLABS) : kind.create();
        server = EchoServer.start(TransportKind.NIO, allocator, anyPort(), 1);
        page = LiveServer.start(anyPort(), server, allocator, List.of("a note"));
    }

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    InetSocketAddress address() {
        return page.address();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + address().getPort() + path);
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).timeout(LONGEST).build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends any bytes and returns all that comes until the page closes the connection. */
    String exchange(String request) throws IOException {
        try (Socket socket = new Socket(address().getAddress(), address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        page.close();
        server.close();
        allocator.close();
    }
}
