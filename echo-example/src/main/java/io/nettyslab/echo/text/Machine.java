package io.nettyslab.echo.text;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Describes where figures were taken: without it they mean nothing. */
public final class Machine {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Machine() {}

    /**
     * Describes the machine.
     *
     * @return one line: cores, processor, operating system
     */
    public static String hardware() {
        return Runtime.getRuntime().availableProcessors() + " cores (" + processor() + "), " + system();
    }

    /**
     * Names the operating system.
     *
     * @return name and version; on Linux the kernel's
     */
    public static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version");
    }

    /**
     * Describes the Java that runs this program.
     *
     * @return one line: version, vendor, collector
     */
    public static String java() {
        return "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + "), " + collector();
    }

    private static String collector() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(" + "));
    }

    /**
     * Names the processor.
     *
     * @return its model, or its architecture where nothing tells the model
     */
    public static String processor() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
