package io.nettyslab.echo.cli;

import io.nettyslab.echo.compare.CompareResult;
import io.nettyslab.echo.compare.CompareSettings;
import io.nettyslab.echo.compare.Comparison;
import io.nettyslab.echo.load.MessageSizes;
import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.page.HtmlPage;
import io.nettyslab.echo.page.Json;
import io.nettyslab.echo.page.Setup;
import io.nettyslab.echo.process.ChildJvms;
import io.nettyslab.echo.process.ChildProcess;
import io.nettyslab.echo.text.Units;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the slab allocator with Netty's own on every transport of this machine: a table and a page with charts. */
@Command(
        name = "compare",
        description = {
            "Compares the slab allocator with Netty's own, each server and each load in a process of its own, in turns.",
            "Prints a table, and writes compare.html and compare.json."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done, every echo came back right",
            "1:something failed, or Ctrl-C: what was measured by then is shown, and what is missing",
            "2:wrong usage"
        })
public final class CompareCommand implements Callable<Integer> {

    private static final String HTML = "compare.html";
    private static final String JSON = "compare.json";

    /** How long a comparison is, in default and in {@code --quick}. */
    private record Extent(int rounds, Duration duration, Duration warmUp, Duration timeLimit) {
        static final Extent FULL =
                new Extent(10, Duration.ofMillis(600), Duration.ofSeconds(3), Duration.ofSeconds(210));
        static final Extent QUICK =
                new Extent(3, Duration.ofMillis(300), Duration.ofMillis(1800), Duration.ofSeconds(58));
    }

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "less than a minute, and less certain: 3 rounds of 300 ms")
    private boolean quick;

    @Option(
            names = "--output",
            paramLabel = "<folder>",
            defaultValue = ".",
            description = "where compare.html and compare.json go (default: the current folder)")
    private Path output;

    @Option(
            names = "--transport",
            paramLabel = "<transport>",
            split = ",",
            description = "${COMPLETION-CANDIDATES}, separated by commas (default: all that are available here)")
    private List<TransportKind> transports;

    @Option(
            names = "--allocator",
            paramLabel = "<allocator>",
            split = ",",
            defaultValue = "slab,pooled,adaptive",
            description = "${COMPLETION-CANDIDATES}, separated by commas (default: ${DEFAULT-VALUE})")
    private List<AllocatorKind> allocators;

    @Option(
            names = "--connections",
            paramLabel = "<n>",
            defaultValue = "64",
            description = "1 to 60,000 (default: ${DEFAULT-VALUE})")
    private int connections;

    @Option(
            names = "--message-size",
            paramLabel = "<size>",
            defaultValue = "1k",
            description = "as in load, such as 1k, 16-512 or web (default: ${DEFAULT-VALUE})")
    private String messageSize;

    @Option(
            names = "--depth",
            paramLabel = "<n>",
            defaultValue = "8",
            description = "most messages on their way in one connection, 1 to 65,536 (default: ${DEFAULT-VALUE})")
    private int depth;

    @Option(names = "--rounds", paramLabel = "<n>", description = "turns of each allocator, 1 to 1,000 (default: 10)")
    private Integer rounds;

    @Option(
            names = "--duration",
            paramLabel = "<time>",
            converter = DurationConverter.class,
            description = "each of the two measurements in a round, 10ms or more (default: 600ms)")
    private Duration duration;

    @Option(
            names = "--warmup",
            paramLabel = "<time>",
            converter = DurationConverter.class,
            description = "traffic before the first round, 10ms or more (default: 3s)")
    private Duration warmUp;

    @Option(
            names = "--time-limit",
            paramLabel = "<time>",
            converter = DurationConverter.class,
            description = "leave out rounds, but for one of each transport, rather than take longer (default: 210s)")
    private Duration timeLimit;

    @Option(
            names = "--event-loops",
            paramLabel = "<n>",
            description = "threads of each server and of each load, 1 to 1,024 (default: half the cores)")
    private Integer eventLoops;

    @Override
    public Integer call() throws Exception {
        CompareSettings settings = settings();
        return StopSignal.runWithChildren(spec, children -> compare(settings, children));
    }

    private int compare(CompareSettings settings, ChildJvms children) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        long start = System.nanoTime();
        describe(settings, out);
        CompareResult result = new Comparison(settings, children, err).run();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (result.isEmpty()) {
            result.printMissing(err);
            throw new EchoFailure("nothing was measured");
        }
        out.println();
        result.print(out);
        String json = Json.write(result.document(seconds));
        OutputOptions.write(output.resolve(JSON), json);
        OutputOptions.write(output.resolve(HTML), HtmlPage.of("Allocators compared", "compare.js", json));
        out.println(Units.format("Took %.0f s.", seconds));
        out.println();
        out.println("Charts: " + output.resolve(HTML).toAbsolutePath().normalize());
        out.println("Data:   " + output.resolve(JSON).toAbsolutePath().normalize());
        out.flush();
        if (!result.isComplete()) {
            throw new EchoFailure("not everything was measured, see Missing");
        }
        return 0;
    }

    private CompareSettings settings() {
        Extent extent = quick ? Extent.QUICK : Extent.FULL;
        Extent chosen = new Extent(
                rounds != null ? rounds : extent.rounds,
                duration != null ? duration : extent.duration,
                warmUp != null ? warmUp : extent.warmUp,
                timeLimit != null ? timeLimit : extent.timeLimit);
        check(chosen);
        return new CompareSettings(
                transports != null ? transports.stream().distinct().toList() : TransportKind.available(),
                allocators.stream().distinct().toList(),
                chosen.rounds,
                chosen.warmUp,
                chosen.duration,
                chosen.timeLimit,
                eventLoops != null ? eventLoops : defaultEventLoops(),
                connections,
                messageSize,
                depth);
    }

    private void check(Extent extent) {
        Ranges.check(spec, "--rounds", extent.rounds, 1, 1000);
        Ranges.check(spec, "--connections", connections, 1, TrafficOptions.MAX_CONNECTIONS);
        Ranges.check(spec, "--depth", depth, 1, TrafficOptions.MAX_DEPTH);
        if (eventLoops != null) {
            Ranges.check(spec, "--event-loops", eventLoops, 1, TransportOptions.MAX_EVENT_LOOPS);
        }
        if (extent.duration.toMillis() < 10) {
            throw Ranges.refusal(spec, "--duration", extent.duration, "10ms or more");
        }
        if (extent.warmUp.toMillis() < 10) {
            throw Ranges.refusal(spec, "--warmup", extent.warmUp, "10ms or more");
        }
        if (extent.timeLimit.isZero()) {
            throw Ranges.refusal(spec, "--time-limit", extent.timeLimit, "more than nothing");
        }
        if (!Files.isDirectory(output) || !Files.isWritable(output)) {
            throw Ranges.refusal(spec, "--output", output, "a folder that exists and can be written");
        }
        OutputOptions.check(spec, "--output", output.resolve(JSON));
        OutputOptions.check(spec, "--output", output.resolve(HTML));
        try {
            MessageSizes.parse(messageSize);
        } catch (IllegalArgumentException e) {
            throw Ranges.refusal(spec, "--message-size", messageSize, MessageSizes.FORMS);
        }
    }

    /** Server and load share the machine; more threads than cores would measure the scheduler. */
    private static int defaultEventLoops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    private static void describe(CompareSettings settings, PrintWriter out) {
        out.println("Echo over 127.0.0.1: " + settings.connections() + " connections x " + settings.messageSize()
                + " x depth " + settings.depth() + ", server and load each with " + settings.eventLoops()
                + (settings.eventLoops() == 1 ? " event loop." : " event loops."));
        out.println(Setup.here().summary());
        out.println("Each server and each load is a JVM of its own, and both use the allocator named. Flags: "
                + String.join(" ", ChildProcess.JVM_FLAGS));
        Arrays.stream(TransportKind.values())
                .filter(kind -> !settings.transports().contains(kind))
                .forEach(kind -> kind.unavailability()
                        .ifPresent(reason -> out.println("Not available here: " + kind + ", " + reason)));
        out.println("This takes about " + settings.estimate().toSeconds() + " s.");
        out.flush();
    }
}
