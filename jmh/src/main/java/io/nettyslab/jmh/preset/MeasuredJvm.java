package io.nettyslab.jmh.preset;

import io.nettyslab.jmh.EventLoopBenchmark;
import io.nettyslab.jmh.OtherAllocator;
import io.nettyslab.jmh.results.BadInput;
import io.nettyslab.jmh.results.Header;
import io.nettyslab.jmh.workload.Collector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Fork;

/**
 * The Java that runs the benchmarks: this one or another.
 *
 * @param java path of its launcher
 * @param version as it states it
 * @param vm name, version and vendor of its virtual machine
 * @param collector the garbage collector to use
 * @param other class of an allocator to measure beside ours and Netty's; empty if there is none
 */
public record MeasuredJvm(Path java, String version, String vm, Collector collector, String other) {

    private static final int OLDEST = 17;

    /**
     * Asks a Java who it is.
     *
     * @param where its launcher, or the folder of a JDK
     * @param collector the garbage collector to use
     * @throws BadInput if it is no Java, too old, or has no such collector
     */
    public static MeasuredJvm at(Path where, Collector collector) {
        Path java = Files.isDirectory(where) ? where.resolve("bin").resolve("java") : where;
        String said = ask(java);
        String version = property(said, "java.version");
        String vm = Stream.of("java.vm.name", "java.vm.version", "java.vm.vendor")
                .map(name -> property(said, name))
                .collect(Collectors.joining(", "));
        if (version.isEmpty() || feature(version) < OLDEST) {
            throw new BadInput("--jvm: " + where + " (expected: the java of a JDK " + OLDEST + " or newer"
                    + (version.isEmpty() ? "" : "; it is " + version) + ')');
        }
        if (!collector.isIn(feature(version))) {
            throw new BadInput("--gc: " + collector + " (expected on JDK " + feature(version) + ": "
                    + Arrays.stream(Collector.values())
                            .filter(other -> other.isIn(feature(version)))
                            .map(Enum::name)
                            .collect(Collectors.joining(", "))
                    + "; ZGC counts from JDK 21 on, where it is generational)");
        }
        return new MeasuredJvm(java, version, vm, collector, "");
    }

    /**
     * Returns the same JVM with another allocator to measure in it.
     *
     * @param allocator the name of its class
     * @throws BadInput if that is no allocator
     */
    public MeasuredJvm with(String allocator) {
        try {
            OtherAllocator.create(allocator);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--other: " + e.getMessage());
        }
        return new MeasuredJvm(java, version, vm, collector, allocator);
    }

    private static String ask(Path java) {
        try {
            return answer(start(List.of(java.toString(), "-XshowSettings:properties", "-version")));
        } catch (IOException e) {
            throw new BadInput("--jvm: " + java + " (expected: the java of a JDK " + OLDEST + " or newer; "
                    + e.getMessage() + ')');
        }
    }

    private static Process start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return process;
    }

    private static String answer(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /**
     * Starts one that touches its heap and one that does not, to see how long they take.
     *
     * @throws BadInput if one does not start
     */
    StartMillis startMillis() {
        return new StartMillis(startMillis(Effort.BRIEF), startMillis(Effort.BRIEF.untouched()));
    }

    private long startMillis(Effort effort) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(allFlags());
        command.addAll(effort.flags());
        command.add("-version");
        long begin = System.nanoTime();
        try {
            Process process = start(command);
            String said = answer(process);
            int code = process.waitFor();
            if (code != 0) {
                throw new BadInput("--jvm: " + java + " does not start with " + allFlags() + ": " + said.strip());
            }
        } catch (IOException e) {
            throw new BadInput("--jvm: " + java + " does not start: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadInput("--jvm: " + java + ": interrupted before it had started");
        }
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private static String property(String said, String name) {
        Matcher matcher = Pattern.compile("^\\s*" + Pattern.quote(name) + " = (.*)$", Pattern.MULTILINE)
                .matcher(said);
        return matcher.find() ? matcher.group(1).trim() : "";
    }

    private static int feature(String version) {
        return version.startsWith("1.")
                ? 8
                : Runtime.Version.parse(version).feature(); // up to 8 they counted otherwise
    }

    /** Returns the feature version, 17 for example. */
    public int feature() {
        return feature(version);
    }

    /** Returns the name of the folder for its results, such as {@code jdk17-g1}. */
    public String folderName() {
        return "jdk" + feature() + '-' + collector;
    }

    /** Returns the flags to append to those of every benchmark. */
    List<String> flags() {
        List<String> flags = new ArrayList<>(collector.flags(feature()));
        if (!other.isEmpty()) {
            flags.add("-D" + OtherAllocator.PROPERTY + '=' + other);
        }
        return flags;
    }

    private List<String> allFlags() {
        List<String> all = new ArrayList<>(
                Arrays.asList(EventLoopBenchmark.class.getAnnotation(Fork.class).jvmArgsPrepend()));
        all.addAll(flags());
        return all;
    }

    Header.Jvm describe() {
        return new Header.Jvm(version, vm, collector.name(), allFlags());
    }
}
