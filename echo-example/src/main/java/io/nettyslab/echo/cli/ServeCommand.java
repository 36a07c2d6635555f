package io.nettyslab.echo.cli;

import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.page.Json;
import io.nettyslab.echo.server.EchoServer;
import io.nettyslab.echo.server.ServerFigures;
import io.nettyslab.echo.text.KeyValues;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs an echo server until Ctrl-C, SIGTERM or the end of its time, then tells what its allocator did. */
@Command(
        name = "serve",
        description = "Runs an echo server: every byte goes back as it comes.",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        sortOptions = false)
public final class ServeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--host",
            paramLabel = "<address>",
            defaultValue = "127.0.0.1",
            description = "default: ${DEFAULT-VALUE}")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "<port>",
            defaultValue = "8007",
            description = "0 takes a free one (default: ${DEFAULT-VALUE})")
    private int port;

    @Mixin
    private TransportOptions transport;

    @Mixin
    private AllocatorOptions allocatorOptions;

    @Option(
            names = "--duration",
            paramLabel = "<time>",
            converter = DurationConverter.class,
            description = "stop after this time, such as 30s (default: run until Ctrl-C)")
    private Duration duration;

    @Option(
            names = "--machine",
            description = "for programs: print key=value lines, and figures whenever a line is read ('collect' collects"
                    + " garbage first, 'slabs' adds what lies in them), stop at the end of standard input")
    private boolean machine;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port: " + port + " (expected: 0 to 65535)");
        }
        int eventLoops = transport.eventLoops();
        try (StopSignal stop = new StopSignal();
                EchoAllocator allocator = allocatorOptions.create();
                EchoServer server = EchoServer.start(
                        transport.transport(), allocator, new InetSocketAddress(host, port), eventLoops)) {
            announce(server, allocator, eventLoops);
            if (machine) {
                Dialogue.start(command -> answer(command, server, allocator), stop::request);
            }
            stop.await(duration);
            int cutOff = server.stop(EchoServer.PATIENCE);
            summarize(server.figures(), cutOff);
            return stop.exitWith(server.figures().memory().everythingReturned() ? 0 : 1);
        }
    }

    private void announce(EchoServer server, EchoAllocator allocator, int eventLoops) {
        PrintWriter out = spec.commandLine().getOut();
        if (machine) {
            new KeyValues().put("port", server.address().getPort()).print(out);
            return;
        }
        out.println("listening on " + server.address().getHostString() + ":"
                + server.address().getPort() + ", transport " + transport.transport() + ", " + eventLoops
                + " event loops, allocator " + allocator.kind());
        out.println(allocator.allocator());
        out.println(duration == null ? "Ctrl-C stops." : "Ctrl-C stops, or else time does.");
        out.flush();
    }

    private void answer(String command, EchoServer server, EchoAllocator allocator) {
        if (command.equals("collect")) {
            System.gc();
        }
        KeyValues figures = ServerReport.keyValues(server.figures());
        if (command.equals("slabs")) {
            allocator.slabMetric().ifPresent(metric -> figures.put("slabs", Json.writeLine(metric.slabs())));
        }
        figures.print(spec.commandLine().getOut());
    }

    private void summarize(ServerFigures figures, int cutOff) {
        PrintWriter out = spec.commandLine().getOut();
        if (machine) {
            ServerReport.keyValues(figures).print(out);
        } else {
            out.println();
            ServerReport.table(figures, cutOff).print(out);
        }
    }
}
