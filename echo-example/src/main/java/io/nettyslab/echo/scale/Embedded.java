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
    private final ChildJvms children;
    private final PrintWriter messages;

    /**
     * Prepares a run.
     *
     * @param settings what to do
     * @param children where the processes are started, and may be stopped
     * @param messages where a line for each step goes if no progress bar is shown
     */
    public Embedded(EmbeddedSettings settings, ChildJvms children, PrintWriter messages) {
        this.settings = settings;
        this.children = children;
        this.messages = messages;
    }

    /**
     * Runs every step that can be run, until the children are stopped.
     *
     * @return what was seen, and what is missing
     * @throws EchoFailure if nothing was
     */
    public EmbeddedReport run() {
        List<EmbeddedResult> results = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        children.stopAfter(settings.timeLimit());
        try (Progress progress = Progress.start("scale", settings.estimate())) {
            for (int channels : settings.channels()) {
                for (AllocatorKind allocator : settings.allocators()) {
                    String step = Units.count(channels) + " channels on " + allocator;
                    try {
                        results.add(runStep(step, allocator, channels, progress));
                    } catch (EchoFailure e) { // no reason to lose the other steps
                        missing.add(step + ": " + children.cause(e));
                    }
                }
            }
        }
        if (results.isEmpty()) {
            throw new EchoFailure(missing.get(0));
        }
        return new EmbeddedReport(settings, results, missing);
    }

    private EmbeddedResult runStep(String step, AllocatorKind allocator, int channels, Progress progress) {
        List<String> arguments = List.of(
                allocator.name(),
                String.valueOf(channels),
                String.valueOf(settings.duration().toMillis()));
        ChildProcess child =
                children.start("its JVM", EmbeddedSettings.FLAGS, EmbeddedWorker.class.getName(), arguments);
        progress.note(step);
        if (!Progress.isVisible()) {
            messages.println(step);
            messages.flush();
        }
        EmbeddedResult result = EmbeddedResult.of(allocator, channels, child.read());
        child.finish();
        return result;
    }
}
