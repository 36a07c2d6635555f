package io.nettyslab.echo.scale;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.process.ChildJvms;
import io.nettyslab.echo.process.ChildProcess;
import io.nettyslab.echo.text.Progress;
import io.nettyslab.echo.text.Units;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Runs the steps without sockets one after the other, each in a JVM of its own with the same flags. */
public final class Embedded {

    private final EmbeddedSettings settings;
    private final PrintWriter messages;

    /**
     * Prepares a run.
     *
     * @param settings what to do
     * @param messages where a line for each step goes if no progress bar is shown
     */
    public Embedded(EmbeddedSettings settings, PrintWriter messages) {
        this.settings = settings;
        this.messages = messages;
    }

    /**
     * Runs it.
     *
     * @return what was seen
     * @throws EchoFailure if a process fails, or if the time is over
     */
    public EmbeddedReport run() {
        try (ChildJvms children = new ChildJvms();
                Progress progress = Progress.start("scale", settings.estimate())) {
            children.stopAfter(settings.timeLimit());
            try {
                List<EmbeddedResult> results = new ArrayList<>();
                for (int channels : settings.channels()) {
                    for (AllocatorKind allocator : settings.allocators()) {
                        String step = Units.count(channels) + " channels on " + allocator;
                        progress.note(step);
                        if (!Progress.isVisible()) {
                            messages.println(step);
                            messages.flush();
                        }
                        results.add(runStep(children, allocator, channels));
                    }
                }
                return new EmbeddedReport(settings, results);
            } catch (EchoFailure e) {
                throw new EchoFailure(children.cause(e));
            }
        }
    }

    private EmbeddedResult runStep(ChildJvms children, AllocatorKind allocator, int channels) {
        List<String> arguments = List.of(
                allocator.name(),
                String.valueOf(channels),
                String.valueOf(settings.duration().toMillis()));
        ChildProcess child = children.start(
                "the JVM with " + Units.count(channels) + " channels on " + allocator,
                EmbeddedSettings.FLAGS,
                EmbeddedWorker.class.getName(),
                arguments);
        EmbeddedResult result = EmbeddedResult.of(allocator, channels, child.read());
        child.finish();
        return result;
    }
}
