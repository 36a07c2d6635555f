package io.nettyslab.echo.cli;

import io.netty.util.NetUtil;
import io.nettyslab.echo.live.LiveServer;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.page.Json;
import io.nettyslab.echo.server.EchoServer;
import io.nettyslab.echo.server.ServerFigures;
import io.nettyslab.echo.server.ServerSettings;
import io.nettyslab.echo.text.KeyValues;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs an echo server until Ctrl-C, SIGTERM or the end of its time, then tells what its allocator did. */
@Command(
        name = "serve",
        description = "Runs an echo server.",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:stopped, by Ctrl-C, SIGTERM or time, and every buffer came back",
            "1:something failed, such as a port in use, or buffers are missing",
            "2:wrong usage"
        })
public final class ServeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private AddressOptions address;

    @Mixin
    private TransportOptions transport;

    @Mixin
    private ProtocolOptions protocol;

    @Mixin
    private LimitOptions limits;

    @Mixin
    private AllocatorOptions allocatorOptions;

    @Mixin
    private LiveOptions live;

    @Option(
            names = "--watch",
            paramLabel = "<topic>",
            split = ",",
            description = "print what happens, for learning: any of ${COMPLETION-CANDIDATES}, separated by commas; with"
                    + " --machine to standard error")
    private Set<WatchTopic> topics = EnumSet.noneOf(WatchTopic.class);

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
        live.check();
        allocatorOptions
                .warning(transport.transport())
                .ifPresent(spec.commandLine().getErr()::println);
        try (StopSignal stop = machine ? StopSignal.ofProgram() : StopSignal.ofTerminal();
                EchoAllocator allocator = allocatorOptions.create();
                EchoServer server = EchoServer.start(settings(allocator));
                LiveServer page = live.start(server, allocator, transport)) {
            if (machine) {
                announceToProgram(server, page);
                Dialogue.start(command -> answer(command, server, allocator), stop::request);
            } else {
                announce(server, allocator, page);
            }
            stop.await(duration);
            int cutOff = server.stop(EchoServer.PATIENCE);
            summarize(server.figures(), cutOff);
            return stop.exitWith(server.figures().memory().everythingReturned() ? 0 : 1);
        }
    }

    private ServerSettings settings(EchoAllocator allocator) {
        ServerSettings settings = new ServerSettings(transport.transport(), allocator)
                .address(address.toListen())
                .eventLoops(transport.eventLoops())
                .readBuffer(transport.readBuffer());
        protocol.apply(settings);
        limits.apply(settings, protocol.kind());
        if (!topics.isEmpty()) {
            PrintWriter forPeople =
                    machine ? spec.commandLine().getErr() : spec.commandLine().getOut();
            settings.listener(new Watch(topics, allocator, forPeople));
        }
        return settings;
    }

    private void announceToProgram(EchoServer server, LiveServer page) {
        KeyValues ports = new KeyValues().put("port", server.address().getPort());
        if (page != null) {
            ports.put("httpPort", page.address().getPort());
        }
        ports.print(spec.commandLine().getOut());
    }

    private void announce(EchoServer server, EchoAllocator allocator, LiveServer page) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("listening on " + server.address().getHostString() + ":"
                + server.address().getPort() + ", transport " + transport.transport() + ", " + transport.eventLoops()
                + " event loops, allocator " + allocator.kind());
        out.println(protocol.describe());
        server.tls()
                .ifPresent(tls ->
                        out.println("TLS by " + tls.engine() + ", SHA-256 of the certificate " + tls.fingerprint()));
        out.println(allocator.allocator());
        out.println(duration == null ? "Ctrl-C stops." : "Ctrl-C stops, or else time does.");
        if (page != null) {
            out.println("live page http://" + NetUtil.toSocketAddressString(page.address()) + "/");
        }
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
