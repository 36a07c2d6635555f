package io.nettyslab.echo.cli;

import io.nettyslab.echo.load.LoadClient;
import io.nettyslab.echo.load.LoadReport;
import io.nettyslab.echo.load.LoadRun;
import io.nettyslab.echo.load.LoadSample;
import io.nettyslab.echo.load.LoadSettings;
import io.nettyslab.echo.load.LoadTraffic;
import io.nettyslab.echo.load.LoadWire;
import io.nettyslab.echo.net.AllocatorFigures;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.page.HtmlPage;
import io.nettyslab.echo.page.Json;
import io.nettyslab.echo.text.KeyValues;
import io.nettyslab.echo.text.Progress;
import io.nettyslab.echo.text.Units;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Sends messages to an echo server, checks every byte that comes back, and reports throughput and latency. */
@Command(
        name = "load",
        description = "Sends messages to an echo server and checks every byte that comes back.",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every echo came back right, until Ctrl-C if there was one",
            "1:something failed: no server, wrong bytes, a lost connection, a timeout; or nothing was measured",
            "2:wrong usage"
        })
public final class LoadCommand implements Callable<Integer> {

    private static final Duration DEFAULT_DURATION = Duration.ofSeconds(10);

    /** Of a load that counts its messages. */
    private static final Duration NO_LIMIT = Duration.ofDays(365);

    @Spec
    private CommandSpec spec;

    @Mixin
    private AddressOptions address;

    @Option(
            names = "--with-server",
            description = "start a server for this load in a process of its own, with the same transport, allocator and"
                    + " protocol; --read-buffer is for the load alone")
    private boolean withServer;

    @Mixin
    private TransportOptions transport;

    @Mixin
    private AllocatorOptions allocatorOptions;

    @Mixin
    private TrafficOptions trafficOptions;

    @Mixin
    private WireOptions wireOptions;

    @Option(
            names = "--duration",
            paramLabel = "<time>",
            converter = DurationConverter.class,
            description = "how long to measure, such as 500ms or 1m (default: 10s; with --messages until all are back)")
    private Duration duration;

    @Option(
            names = "--warmup",
            paramLabel = "<time>",
            defaultValue = "2s",
            converter = DurationConverter.class,
            description = "how long to run before measuring (default: ${DEFAULT-VALUE})")
    private Duration warmUp;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--machine",
            description =
                    "for programs: print key=value lines, do a run whenever 'run <warm-up> <duration> [<rate>]' is"
                            + " read, stop at the end of standard input")
    private boolean machine;

    @Override
    public Integer call() throws Exception {
        checkUsage();
        if (machine) {
            return run(null);
        }
        try (StopSignal stop = StopSignal.ofTerminal()) {
            return stop.run(spec, () -> run(stop));
        }
    }

    private int run(StopSignal stop) {
        tellWhatServerNeeds();
        LoadWire wire = wireOptions.wire(trafficOptions.preset(), transport.readBuffer());
        LoadTraffic traffic = trafficOptions.traffic();
        int connections = trafficOptions.connections();
        try (EchoAllocator allocator = allocatorOptions.create();
                OwnServer server = withServer ? startServer(wire, traffic, stop) : null) {
            LoadSettings settings = new LoadSettings(
                    transport.transport(),
                    allocator,
                    server != null ? server.address() : address.toConnect(),
                    transport.eventLoops(),
                    connections,
                    trafficOptions.ramp(),
                    wireOptions.retries(),
                    wireOptions.timeout(),
                    wire,
                    traffic);
            AllocatorFigures memory = machine ? converse(settings) : runOnce(settings, server, stop);
            if (!memory.everythingReturned()) {
                throw new EchoFailure("the client's allocator misses buffers: " + memory);
            }
            return 0;
        }
    }

    private void checkUsage() {
        ParseResult given = spec.commandLine().getParseResult();
        if (withServer && (given.hasMatchedOption("--host") || given.hasMatchedOption("--port"))) {
            throw new ParameterException(
                    spec.commandLine(), "--with-server starts a server of its own; --host and --port are for another");
        }
        if (machine) {
            Ranges.refuseGiven(spec, "is not for --machine: standard input says how long", "--duration", "--warmup");
            Ranges.refuseGiven(spec, "is not for --machine: standard input says how much", "--rate", "--messages");
            Ranges.refuseGiven(spec, "is for people, --machine for programs", "--json", "--html", "--with-server");
        }
        if (trafficOptions.traffic().messages() > 0) {
            Ranges.refuseGiven(spec, "is not for a certain number of messages: all are measured", "--warmup");
        }
        address.toConnect();
        if (duration != null && duration.isZero()) {
            throw Ranges.refusal(spec, "--duration", duration, "more than nothing");
        }
        output.check();
    }

    /** Half of some presets is in the server. */
    private void tellWhatServerNeeds() {
        Preset preset = trafficOptions.preset();
        if (preset != null && !preset.serverArguments().isEmpty() && !withServer) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("note: " + preset + " is meant for a server with " + String.join(" ", preset.serverArguments())
                    + "; --with-server starts one");
            err.flush();
        }
    }

    private OwnServer startServer(LoadWire wire, LoadTraffic traffic, StopSignal stop) {
        List<String> arguments = new ArrayList<>(OwnServer.arguments(wire, traffic.sizes(), trafficOptions.preset()));
        arguments.addAll(List.of("--transport", transport.transport().toString()));
        arguments.addAll(allocatorOptions.arguments());
        arguments.addAll(List.of("--event-loops", String.valueOf(transport.eventLoops())));
        try {
            return new OwnServer(arguments);
        } catch (EchoFailure failure) {
            throw stop.isRequested() ? LoadRun.stoppedEarly() : failure; // Ctrl-C reached the server, too
        }
    }

    private AllocatorFigures runOnce(LoadSettings settings, OwnServer server, StopSignal stop) {
        LoadReport report;
        int retried;
        try (LoadClient client = new LoadClient(settings)) {
            report = connectAndMeasure(client, stop);
            requireMessages(report, stop);
            retried = client.retriedConnections();
        }
        AllocatorFigures memory = settings.allocator().figures(); // after the close, when all must be back
        KeyValues serverFigures = server == null ? null : server.finish();
        print(new LoadResult(settings, report, stop.isRequested(), retried, memory, serverFigures));
        return memory;
    }

    /** A table of zeros would look like a result. */
    private static void requireMessages(LoadReport report, StopSignal stop) {
        if (report.messages() > 0) {
            return;
        }
        throw stop.isRequested()
                ? LoadRun.stoppedEarly()
                : new EchoFailure(Units.format(
                        "nothing was measured: no message came back within %.2f s, %s came later",
                        report.nanos() / 1e9, Units.count(report.measured().getTotalCount() - report.unsent())));
    }

    private LoadReport connectAndMeasure(LoadClient client, StopSignal stop) {
        LoadSettings settings = client.settings();
        Progress[] shown = {Progress.counting("connect", settings.connections(), client::openedConnections)};
        LoadRun run = new LoadRun(client, sample -> shown[0].note(note(sample, client)), stop::isRequested);
        try {
            run.connect();
            shown[0].close();
            shown[0] = progress(client);
            return run.measure(settings.traffic().rate(), warmUp, duration());
        } finally {
            shown[0].close();
        }
    }

    private Progress progress(LoadClient client) {
        LoadTraffic traffic = client.settings().traffic();
        return traffic.messages() > 0
                ? Progress.counting(
                        "load", traffic.messages() * client.settings().connections(), client::echoedMessages)
                : Progress.start("load", warmUp.plus(duration()));
    }

    private Duration duration() {
        if (duration != null) {
            return duration;
        }
        if (trafficOptions.traffic().messages() > 0) {
            return NO_LIMIT;
        }
        Preset preset = trafficOptions.preset();
        return preset != null && preset.duration() != null ? preset.duration() : DEFAULT_DURATION;
    }

    private static String note(LoadSample sample, LoadClient client) {
        if (client.echoedMessages() == 0) {
            int retried = client.retriedConnections();
            return retried == 0 ? "" : Units.count(retried) + " refused, tried again";
        }
        return Units.format(
                "%s/s p50 %s p99 %s us",
                Units.count(Math.round(sample.messagesPerSecond())),
                Units.micros(sample.p50Nanos()),
                Units.micros(sample.p99Nanos()));
    }

    private void print(LoadResult result) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.wantsTable()) {
            result.print(out);
        }
        String json = Json.write(result.document());
        if (output.wantsJson()) {
            output.writeJson(json, out);
        }
        if (output.wantsHtml()) {
            output.writeHtml(HtmlPage.of("Echo load", "load.js", json));
        }
    }

    /** Stays connected and warm between runs, so that a program can measure several servers in turns. */
    private AllocatorFigures converse(LoadSettings settings) {
        PrintWriter out = spec.commandLine().getOut();
        try (LoadClient client = new LoadClient(settings)) {
            // The program on the other side shows its own progress.
            LoadRun run = new LoadRun(client, sample -> {}, () -> false);
            run.connect();
            new KeyValues().put("connections", settings.connections()).print(out);
            Dialogue.read(
                    line -> {
                        String[] words = line.split(" ");
                        double rate = words.length > 3 ? Double.parseDouble(words[3]) : 0;
                        LoadResult.keyValues(
                                        run.measure(rate, Units.parseDuration(words[1]), Units.parseDuration(words[2])))
                                .print(out);
                    },
                    () -> {});
        }
        return settings.allocator().figures();
    }
}
