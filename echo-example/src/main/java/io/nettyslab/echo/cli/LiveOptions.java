package io.nettyslab.echo.cli;

import io.nettyslab.echo.live.LiveServer;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.server.EchoServer;
import io.nettyslab.echo.text.Machine;
import java.net.InetSocketAddress;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Whether and where a server shows what it does. */
final class LiveOptions {

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--http",
            paramLabel = "<port>",
            description = "serve a live page with charts, a picture of the slabs, /metrics and /slabs.json;"
                    + " 0 takes a free port (default: none)")
    private Integer port;

    @Option(
            names = "--http-host",
            paramLabel = "<address>",
            defaultValue = "127.0.0.1",
            description = "where the live page listens; anyone who reaches it may look (default: ${DEFAULT-VALUE})")
    private String host;

    void check() {
        if (port == null) {
            Ranges.refuseGiven(spec, "belongs to --http", "--http-host");
        }
        if (port != null && (port < 0 || port > 65_535)) {
            throw new ParameterException(spec.commandLine(), "--http: " + port + " (expected: 0 to 65535)");
        }
    }

    /** Returns the running page, {@code null} if none is wanted. */
    LiveServer start(EchoServer server, EchoAllocator allocator, TransportOptions transport) {
        if (port == null) {
            return null;
        }
        List<String> notes = List.of(
                transport.transport().toString(),
                transport.eventLoops() + " event loops",
                server.address().getHostString() + ":" + server.address().getPort(),
                Machine.java());
        return LiveServer.start(new InetSocketAddress(host, port), server, allocator, notes);
    }
}
