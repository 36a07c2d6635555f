package io.nettyslab.echo.cli;

import io.nettyslab.echo.demo.Demo;
import io.nettyslab.echo.demo.DemoSettings;
import io.nettyslab.echo.demo.DemoTable;
import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.page.Setup;
import io.nettyslab.echo.text.Units;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares the slab allocator with Netty's own on every transport of this machine and prints one table. */
@Command(
        name = "demo",
        description =
                "Compares the slab allocator with Netty's own, each server and each load in a process of its own.",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        sortOptions = false)
public final class DemoCommand implements Callable<Integer> {

    private static final int CONNECTIONS = 64;
    private static final int MESSAGE_SIZE = 1024;
    private static final int DEPTH = 8;

    @Spec
    private CommandSpec spec;

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
            names = "--rounds",
            paramLabel = "<n>",
            defaultValue = "10",
            description = "turns of each allocator (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--duration",
            paramLabel = "<time>",
            defaultValue = "600ms",
            converter = DurationConverter.class,
            description = "measurement in each round (default: ${DEFAULT-VALUE})")
    private Duration duration;

    @Option(
            names = "--warmup",
            paramLabel = "<time>",
            defaultValue = "3s",
            converter = DurationConverter.class,
            description = "traffic before the first round (default: ${DEFAULT-VALUE})")
    private Duration warmUp;

    @Option(
            names = "--time-limit",
            paramLabel = "<time>",
            defaultValue = "150s",
            converter = DurationConverter.class,
            description = "leave out rounds rather than take longer (default: ${DEFAULT-VALUE})")
    private Duration timeLimit;

    @Option(
            names = "--event-loops",
            paramLabel = "<n>",
            description = "threads of each server and of each load (default: half the cores)")
    private Integer eventLoops;

    @Override
    public Integer call() {
        DemoSettings settings = settings();
        PrintWriter out = spec.commandLine().getOut();
        long start = System.nanoTime();
        describe(settings, out);
        DemoTable table = new Demo(settings, spec.commandLine().getErr()).run();
        out.println();
        table.print(out);
        out.println();
        out.println("Medians of " + table.rounds() + " rounds of " + Units.format("%.1f", duration.toMillis() / 1e3)
                + " s, taken in turns; the ratio is the median of the rounds' ratios; collections are of all rounds"
                + " together. Every byte came back right.");
        out.println("Latency under full load, corrected for coordinated omission. Reserved and still out as each"
                + " allocator reports it (- not known).");
        out.println(Units.format("Took %.0f s.", (System.nanoTime() - start) / 1e9));
        out.flush();
        return 0;
    }

    private DemoSettings settings() {
        require(rounds >= 1, "--rounds: " + rounds + " (expected: 1 or more)");
        require(duration.toMillis() >= 1, "--duration: " + duration + " (expected: 1ms or more)");
        require(eventLoops == null || eventLoops >= 1, "--event-loops: " + eventLoops + " (expected: 1 or more)");
        return new DemoSettings(
                transports != null ? transports.stream().distinct().toList() : TransportKind.available(),
                allocators.stream().distinct().toList(),
                rounds,
                warmUp,
                duration,
                timeLimit,
                eventLoops != null ? eventLoops : defaultEventLoops(),
                CONNECTIONS,
                MESSAGE_SIZE,
                DEPTH);
    }

    /** Server and load share the machine; more threads than cores would measure the scheduler. */
    private static int defaultEventLoops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private static void describe(DemoSettings settings, PrintWriter out) {
        out.println("Echo over 127.0.0.1: " + settings.connections() + " connections x "
                + Units.bytes(settings.messageSize()) + " x depth " + settings.depth()
                + ", server and load each with " + settings.eventLoops()
                + (settings.eventLoops() == 1 ? " event loop." : " event loops."));
        out.println(Setup.here().summary());
        out.println("Each server and each load is a JVM of its own, and both use the allocator named. Flags: "
                + String.join(" ", DemoSettings.jvmFlags()));
        Arrays.stream(TransportKind.values())
                .filter(kind -> !settings.transports().contains(kind))
                .forEach(kind -> kind.unavailability()
                        .ifPresent(reason -> out.println("Not available here: " + kind + ", " + reason)));
        out.println("This takes about " + settings.estimate().toSeconds() + " s.");
        out.flush();
    }
}
