package io.nettyslab.jmh.preset;

import io.nettyslab.jmh.AllocatorKind;
import io.nettyslab.jmh.EventLoopBenchmark;
import io.nettyslab.jmh.results.BadInput;
import io.nettyslab.jmh.results.Header;
import io.nettyslab.jmh.results.ResultsFolder;
import io.nettyslab.jmh.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jmh.runner.RunnerException;

/**
 * A preset on one JDK and one collector, written into one folder. It may be run in several goes: what the folder has
 * whole is not measured again, and after each part everything so far is on disk.
 */
public final class PresetRun {

    private final Preset preset;
    private final MeasuredJvm jvm;
    private final ResultsFolder folder;
    private final PrintWriter out;
    private final List<Part> parts;

    PresetRun(Preset preset, List<Part> parts, MeasuredJvm jvm, ResultsFolder folder, PrintWriter out) {
        this.preset = preset;
        this.parts = parts;
        this.jvm = jvm;
        this.folder = folder;
        this.out = out;
    }

    /**
     * Makes a run, which does nothing yet.
     *
     * @param preset what to measure
     * @param only names of workloads, or what they begin with up to a dash; all if empty
     * @param jvm what to measure on
     * @param folder where the results go
     * @param out where it says what it did
     * @return the run
     * @throws BadInput if {@code only} names what the preset does not have, or nothing that runs on this JVM
     */
    public static PresetRun of(
            Preset preset, List<String> only, MeasuredJvm jvm, ResultsFolder folder, PrintWriter out) {
        List<Part> parts = choose(preset, only).stream()
                .filter(part -> part.workload().runsOn(jvm.feature()))
                .map(part -> jvm.other().isEmpty() ? part : part.with(AllocatorKind.other))
                .toList();
        if (parts.isEmpty()) {
            throw new BadInput("--only: " + String.join(", ", only) + " (expected: something that JDK " + jvm.feature()
                    + " can run; it has no virtual threads)");
        }
        return new PresetRun(preset, parts, jvm, folder, out);
    }

    private static List<Part> choose(Preset preset, List<String> only) {
        List<Part> all = preset.parts();
        Set<String> names = new LinkedHashSet<>();
        all.forEach(part -> names.add(part.workload().name()));
        for (String name : only) {
            if (names.stream().noneMatch(workload -> matches(workload, name))) {
                throw new BadInput("--only: " + name + " (expected: " + String.join(", ", names) + ')');
            }
        }
        return all.stream()
                .filter(part -> only.isEmpty()
                        || only.stream()
                                .anyMatch(name -> matches(part.workload().name(), name)))
                .toList();
    }

    private static boolean matches(String workload, String name) {
        return workload.equals(name) || workload.startsWith(name + '-');
    }

    /** Prints what would be measured and how long it should take. */
    public void plan() {
        StartMillis start = startMillis();
        long millis = 0;
        for (Part part : parts) {
            Workload workload = part.workload();
            millis += part.millis(start);
            out.printf(
                    Locale.ROOT,
                    "%-22s %4d rows %4d trials %6s  %s%n",
                    workload.name(),
                    workload.rows().size(),
                    part.trials(),
                    clock(part.millis(start)),
                    workload.title());
        }
        out.printf(
                Locale.ROOT,
                "%s on JDK %d, %s: %s by estimate, a JVM that touches its heap starting within %.1f s, others within"
                        + " %.1f s%n",
                preset,
                jvm.feature(),
                jvm.collector(),
                clock(millis),
                start.touched() / 1000.0,
                start.untouched() / 1000.0);
        out.flush();
    }

    private StartMillis startMillis() {
        try (Progress progress = Progress.startSteps("start of a JVM", 1)) {
            StartMillis start = jvm.startMillis();
            progress.step(1);
            return start;
        }
    }

    /**
     * Measures what is missing.
     *
     * @param again whether to measure also what is there
     * @param minutes begin no part that would not end within them; 0 for no such limit
     * @return whether all that was measured gave results
     * @throws BadInput if the folder holds results of another preset, build or JVM
     */
    public boolean run(boolean again, int minutes) throws IOException, RunnerException {
        Header header = openFolder();
        List<Part> missing = new ArrayList<>(parts);
        if (!again) {
            missing.removeIf(part -> header.has(part.workload().name()));
            missing.sort(
                    Comparator.comparing(part -> header.hasTried(part.workload().name()))); // what failed comes last
        }
        if (!header.build().sources().equals(Checkout.AS_COMMITTED)) {
            out.println("note: sources " + header.build().sources() + "; the report will say so");
        }
        if (missing.isEmpty()) {
            out.println("nothing is missing in " + folder.path() + "; --again measures anew");
            out.flush();
            return true;
        }
        boolean complete = measure(header, missing, minutes == 0 ? Long.MAX_VALUE : minutes * 60_000L);
        out.println("results in " + folder.path() + "; JMH's own words in " + folder.log());
        out.flush();
        return complete;
    }

    private Header openFolder() throws IOException {
        Header fresh = new Header(preset.name(), build(), jvm.describe(), Computer.describe(), List.of());
        Optional<Header> found = folder.header();
        Header header = found.orElse(fresh);
        boolean same = header.preset().equals(fresh.preset())
                && header.build().jar().equals(fresh.build().jar())
                && header.jvm().equals(fresh.jvm())
                && header.machine().equals(fresh.machine());
        if (!same || folder.hasResults() && found.isEmpty()) {
            throw new BadInput("--into: " + folder.path() + " (expected: a folder that is empty or has results of"
                    + " the same preset, jar, JVM and machine)");
        }
        if (found.isPresent() && !folder.hasResults()) {
            throw new BadInput(
                    "--into: " + folder.path() + " has a header but no results (expected: both, or neither)");
        }
        if (folder.hasResults()) {
            folder.measurements(); // if they are damaged, then now and not when there is something to add
        }
        Files.createDirectories(folder.path());
        return header;
    }

    static Header.Build build() {
        try {
            return new Checkout(Path.of(EventLoopBenchmark.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI()))
                    .describe();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean measure(Header begun, List<Part> missing, long limitMillis) throws IOException, RunnerException {
        Header header = begun;
        boolean complete = true;
        StartMillis start = startMillis();
        long begin = System.nanoTime();
        try (Progress progress = Progress.start(
                missing.stream().mapToLong(part -> part.millis(start)).sum())) {
            for (int i = 0; i < missing.size(); i++) {
                Part part = missing.get(i);
                if (millisSince(begin) + part.millis(start) > limitMillis) {
                    progress.line(
                            out,
                            missing.size() - i + " of " + parts.size()
                                    + " parts are left, no time for the next; the same command goes on with them");
                    break;
                }
                Header.Piece piece = measure(part, start, header, progress);
                header = header.and(piece);
                complete &= piece.failed() == 0;
            }
        }
        return complete;
    }

    private Header.Piece measure(Part part, StartMillis start, Header header, Progress progress)
            throws IOException, RunnerException {
        String started = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        double loadBefore = Computer.load();
        long begin = System.nanoTime();
        JmhRun run = new JmhRun(jvm, start, folder.log(), progress);
        run.measure(part);
        Header.Piece piece = new Header.Piece(
                part.workload().name(),
                started,
                millisSince(begin) / 1000,
                loadBefore,
                Computer.load(),
                run.trials(),
                run.failed());
        folder.add(run.json(), header.and(piece));
        progress.line(out, describe(piece));
        return piece;
    }

    private static String describe(Header.Piece piece) {
        String failed = piece.failed() == 0 ? "" : ", " + piece.failed() + " FAILED, see the log";
        return String.format(
                Locale.ROOT,
                "%-22s %4d trials in %s, load %.2f before, %.2f after%s",
                piece.workload(),
                piece.trials(),
                clock(piece.seconds() * 1000),
                piece.loadBefore(),
                piece.loadAfter(),
                failed);
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private static String clock(long millis) {
        long seconds = Math.round(millis / 1000.0);
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
