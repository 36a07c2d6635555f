package io.nettyslab.echo.cli;

import io.nettyslab.echo.load.LoadClient;
import io.nettyslab.echo.load.LoadReport;
import io.nettyslab.echo.load.LoadSettings;
import io.nettyslab.echo.net.AllocatorFigures;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.text.KeyValues;
import io.nettyslab.echo.text.Progress;
import io.nettyslab.echo.text.Units;
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

/** Sends messages to an echo server, checks every byte that comes back, and reports throughput and latency. */
@Command(
        name = "load",
        description = "Sends messages to an echo server and checks every byte that comes back.",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        sortOptions = false)
public final class LoadCommand implements Callable<Integer> {

    private static final Duration PROGRESS_STEP = Duration.ofMillis(200);

    @Spec
    private CommandSpec spec;

    @Mixin
    private AddressOptions address;

    @Mixin
    private TransportOptions transport;

    @Mixin
    private AllocatorOptions allocatorOptions;

    @Mixin
    private TrafficOptions traffic;

    @Option(
            names = "--duration",
            paramLabel = "<time>",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "how long to measure, such as 500ms or 1m (default: ${DEFAULT-VALUE})")
    private Duration duration;

    @Option(
            names = "--warmup",
            paramLabel = "<time>",
            defaultValue = "2s",
            converter = DurationConverter.class,
            description = "how long to run before measuring (default: ${DEFAULT-VALUE})")
    private Duration warmUp;

    @Option(
            names = "--machine",
            description = "for programs: print key=value lines, do a run whenever 'run <warm-up> <duration>' is read,"
                    + " stop at the end of standard input")
    private boolean machine;

    @Override
    public Integer call() {
        InetSocketAddress server = address.toConnect();
        if (duration.isZero()) {
            throw new ParameterException(spec.commandLine(), "--duration: 0 (expected: more than nothing)");
        }
        try (EchoAllocator allocator = allocatorOptions.create()) {
            LoadSettings settings = traffic.settings(transport.transport(), allocator, server, transport.eventLoops());
            AllocatorFigures memory = machine ? converse(settings) : runOnce(settings);
            if (!memory.everythingReturned()) {
                throw new EchoFailure("the client's allocator misses buffers: " + memory);
            }
            return 0;
        }
    }

    private AllocatorFigures runOnce(LoadSettings settings) {
        LoadReport report;
        try (LoadClient client = LoadClient.connect(settings)) {
            report = measure(client, warmUp, duration, Progress.start("load", warmUp.plus(duration)));
        }
        AllocatorFigures memory = settings.allocator().figures(); // after the close, when all must be back
        LoadResult.table(settings, report, memory).print(spec.commandLine().getOut());
        return memory;
    }

    private static LoadReport measure(LoadClient client, Duration warmUp, Duration duration, Progress shown) {
        try (Progress progress = shown) {
            client.start();
            runShowing(client, warmUp, progress);
            client.beginMeasuring();
            runShowing(client, duration, progress);
            LoadReport report = client.endMeasuring();
            client.pause();
            return report;
        }
    }

    private static void runShowing(LoadClient client, Duration time, Progress progress) {
        long deadline = System.nanoTime() + time.toNanos();
        long before = client.echoedMessages();
        for (long left = time.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            long from = System.nanoTime();
            client.run(Duration.ofNanos(Math.min(left, PROGRESS_STEP.toNanos())));
            long after = client.echoedMessages();
            progress.note(Units.count((after - before) * 1_000_000_000L / (System.nanoTime() - from)) + " msg/s");
            before = after;
        }
    }

    /** Stays connected and warm between runs, so that a program can measure several servers in turns. */
    private AllocatorFigures converse(LoadSettings settings) {
        PrintWriter out = spec.commandLine().getOut();
        try (LoadClient client = LoadClient.connect(settings)) {
            new KeyValues().put("connections", settings.connections()).print(out);
            Dialogue.read(
                    line -> {
                        String[] words = line.split(" ");
                        LoadReport report = measure(
                                client,
                                Units.parseDuration(words[1]),
                                Units.parseDuration(words[2]),
                                Progress.none()); // the program on the other side shows its own
                        LoadResult.keyValues(report).print(out);
                    },
                    () -> {});
        }
        return settings.allocator().figures();
    }
}
