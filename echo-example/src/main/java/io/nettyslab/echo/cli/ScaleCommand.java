package io.nettyslab.echo.cli;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.page.Json;
import io.nettyslab.echo.process.ChildJvms;
import io.nettyslab.echo.scale.Embedded;
import io.nettyslab.echo.scale.EmbeddedChart;
import io.nettyslab.echo.scale.EmbeddedReport;
import io.nettyslab.echo.scale.EmbeddedSettings;
import io.nettyslab.echo.scale.Scale;
import io.nettyslab.echo.scale.ScaleReport;
import io.nettyslab.echo.scale.ScaleSettings;
import io.nettyslab.echo.text.FileLimit;
import io.nettyslab.echo.text.Machine;
import io.nettyslab.echo.text.Units;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Shows what a connection costs when there are as many as a process may hold, or a million channels without sockets.
 */
@Command(
        name = "scale",
        description = "Opens as many connections to one server as its process may hold, and shows what each costs.",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all connections were served, and held nothing while idle",
            "1:something failed, dead connections stayed, the time limit was reached, or Ctrl-C: what was seen by then"
                    + " is shown",
            "2:wrong usage"
        })
public final class ScaleCommand implements Callable<Integer> {

    private static final int MAX_CONNECTIONS = 1_000_000;
    private static final int MAX_MESSAGES = 1_000_000;
    private static final int MAX_MESSAGE_SIZE = 64 << 10;
    private static final int MAX_CHANNELS = 1_000_000;
    private static final Duration LONGEST = Duration.ofHours(1);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--connections",
            paramLabel = "<n>",
            defaultValue = "19000",
            description = "open at one time, 2 to 1,000,000; fewer if the limit on open files is too low (default:"
                    + " ${DEFAULT-VALUE})")
    private int connections;

    @Option(
            names = "--half-open",
            paramLabel = "<n>",
            description = "how many of them stop in the middle of a message later (default: 5000, at most half)")
    private Integer halfOpen;

    @Option(
            names = "--messages",
            paramLabel = "<n>",
            defaultValue = "5",
            description = "that each connection sends in a pulse, 1 to 1,000,000 (default: ${DEFAULT-VALUE})")
    private int messages;

    @Option(
            names = "--message-size",
            paramLabel = "<size>",
            defaultValue = "1024",
            converter = SizeConverter.class,
            description = "bytes of a message, 2 to 64k (default: ${DEFAULT-VALUE})")
    private long messageSize;

    @Mixin
    private TransportOptions transport;

    @Option(
            names = "--embedded",
            paramLabel = "<n>",
            split = ",",
            description = "no sockets: so many channels in one place, each number a step; a million needs 5 GiB")
    private List<Integer> embedded;

    @Option(
            names = "--duration",
            paramLabel = "<time>",
            defaultValue = "500ms",
            converter = DurationConverter.class,
            description = "--embedded only: length of each of eight measurements in a step (default: ${DEFAULT-VALUE})")
    private Duration duration;

    @Option(
            names = "--chart",
            paramLabel = "<file>",
            description = "--embedded only: draw the time of an echo into this PNG")
    private Path chart;

    @Option(
            names = "--allocator",
            paramLabel = "<allocator>",
            split = ",",
            description = "${COMPLETION-CANDIDATES}; with --embedded several, separated by commas"
                    + " (default: slab; with --embedded slab,pooled,adaptive)")
    private List<AllocatorKind> allocators;

    @Option(names = "--json", paramLabel = "<file>", description = "write the results to this file, too")
    private Path json;

    @Option(
            names = "--time-limit",
            paramLabel = "<time>",
            defaultValue = "150s",
            converter = DurationConverter.class,
            description = "give up after this time (default: ${DEFAULT-VALUE})")
    private Duration timeLimit;

    @Override
    public Integer call() throws Exception {
        require(!timeLimit.isZero() && timeLimit.compareTo(LONGEST) <= 0, "--time-limit", timeLimit, "up to 1h");
        OutputOptions.check(spec, "--json", json);
        OutputOptions.check(spec, "--chart", chart);
        require(chart == null || chart.toString().endsWith(".png"), "--chart", chart, "a file that ends in .png");
        if (embedded != null) {
            Ranges.refuseGiven(
                    spec, "is not for --embedded", "--connections", "--half-open", "--messages", "--event-loops");
            Ranges.refuseGiven(spec, "is not for --embedded", "--message-size", "--transport", "--read-buffer");
            EmbeddedSettings settings = embeddedSettings();
            return StopSignal.runWithChildren(spec, children -> runEmbedded(settings, children));
        }
        Ranges.refuseGiven(spec, "belongs to --embedded", "--chart", "--duration");
        ScaleSettings settings = socketSettings();
        return StopSignal.runWithChildren(spec, children -> runSockets(settings, children));
    }

    private ScaleSettings socketSettings() {
        check("--connections", connections, 2, MAX_CONNECTIONS);
        check("--messages", messages, 1, MAX_MESSAGES);
        check("--message-size", messageSize, 2, MAX_MESSAGE_SIZE);
        check("--half-open", halfOpen == null ? 0 : halfOpen, 0, connections - 1);
        require(allocators == null || allocators.size() == 1, "--allocator", allocators, "one, without --embedded");
        int fitting = fitting();
        return new ScaleSettings(
                transport.transport(),
                allocators == null ? AllocatorKind.SLAB : allocators.get(0),
                transport.eventLoops(),
                transport.readBuffer(),
                fitting,
                halfOpen == null ? Math.min(5000, fitting / 2) : Math.min(halfOpen, fitting - 1),
                messages,
                (int) messageSize,
                timeLimit);
    }

    private int fitting() {
        long openFiles = FileLimit.openFiles();
        int fitting = FileLimit.fitting(connections, openFiles);
        if (fitting < 2) {
            throw new EchoFailure("the limit on open files of a process is " + Units.count(openFiles)
                    + ", too low for any connections beside the " + FileLimit.OWN_FILES + " files kept back");
        }
        if (fitting < connections) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("The limit on open files of a process is " + Units.count(openFiles) + "; "
                    + Units.count(connections) + " connections need "
                    + Units.count((long) connections + FileLimit.OWN_FILES) + " (ulimit -n). Taking the "
                    + Units.count(fitting) + " that fit.");
            err.flush();
        }
        return fitting;
    }

    private EmbeddedSettings embeddedSettings() {
        embedded.forEach(channels -> check("--embedded", channels, 1, MAX_CHANNELS));
        require(duration.toMillis() >= 1, "--duration", duration, "1ms or more");
        return new EmbeddedSettings(
                embedded.stream().distinct().toList(),
                allocators == null
                        ? List.of(AllocatorKind.SLAB, AllocatorKind.POOLED, AllocatorKind.ADAPTIVE)
                        : allocators.stream().distinct().toList(),
                duration,
                timeLimit);
    }

    private int runSockets(ScaleSettings settings, ChildJvms children) {
        PrintWriter out = spec.commandLine().getOut();
        boolean slab = settings.allocator() == AllocatorKind.SLAB;
        out.println(Units.count(settings.connections()) + " connections over loopback, " + settings.transport()
                + ", server with " + settings.eventLoops() + " event loops, allocator " + settings.allocator()
                + (slab ? " of at most " + ScaleSettings.MAX_MEMORY : "") + ".");
        out.println("In a pulse each connection sends " + settings.messages() + " x "
                + Units.bytes(settings.messageSize()) + " and checks what comes back.");
        describeMachine(out, ScaleSettings.SERVER_FLAGS);
        ScaleReport report = new Scale(settings, children, spec.commandLine().getErr()).run();
        out.println();
        report.print(out);
        write(report.document());
        if (!report.complaints().isEmpty()) {
            throw new EchoFailure("not all was as it should be");
        }
        return 0;
    }

    private int runEmbedded(EmbeddedSettings settings, ChildJvms children) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Echo of " + EmbeddedSettings.MESSAGE_SIZE + " bytes through a random one of many channels without"
                + " sockets, on one event loop.");
        out.println("Idle: no channel holds a buffer. Holding: each keeps its last message until the next one comes.");
        describeMachine(out, EmbeddedSettings.FLAGS);
        EmbeddedReport report =
                new Embedded(settings, children, spec.commandLine().getErr()).run();
        out.println();
        report.print(out);
        write(report.document());
        if (chart != null) {
            EmbeddedChart.draw(report, chart);
        }
        if (!report.missing().isEmpty()) {
            throw new EchoFailure("not everything was measured, see Missing");
        }
        return 0;
    }

    private static void describeMachine(PrintWriter out, List<String> flags) {
        out.println(Machine.hardware());
        out.println(Machine.java() + ", flags: " + String.join(" ", flags));
        out.flush();
    }

    private void write(Map<String, Object> results) {
        if (json == null) {
            return;
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("machine", Machine.hardware());
        document.put("java", Machine.java());
        document.putAll(results);
        OutputOptions.write(json, Json.write(document));
    }

    private void check(String name, long value, long min, long max) {
        require(value >= min && value <= max, name, Units.count(value), Units.count(min) + " to " + Units.count(max));
    }

    private void require(boolean condition, String name, Object value, String expected) {
        if (!condition) {
            throw Ranges.refusal(spec, name, value, expected);
        }
    }
}
