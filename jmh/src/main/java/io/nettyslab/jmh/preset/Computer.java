package io.nettyslab.jmh.preset;

import com.sun.management.OperatingSystemMXBean;
import io.nettyslab.jmh.results.Header;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what this machine is. On Linux it reads what the kernel tells; elsewhere it knows less. */
final class Computer {

    private static final String UNKNOWN = "unknown";
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

    private Computer() {}

    static Header.Machine describe() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Header.Machine(
                processor(),
                Runtime.getRuntime().availableProcessors(),
                caches(),
                Math.round(system.getTotalMemorySize() / (double) (1 << 30)) + " GiB",
                System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
    }

    /** Returns the mean number of running processes in the last minute; negative if the system does not say. */
    static double load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return Math.round(load * 100) / 100.0;
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    private static String caches() {
        List<Path> folders;
        try (Stream<Path> entries = Files.list(CACHES)) {
            folders = entries.filter(entry -> entry.getFileName().toString().startsWith("index"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return UNKNOWN;
        }
        List<String> caches = new ArrayList<>();
        for (Path folder : folders) {
            String type = read(folder.resolve("type"));
            String suffix = switch (type) {
                case "Data" -> "d";
                case "Instruction" -> "i";
                default -> "";
            };
            caches.add('L' + read(folder.resolve("level")) + suffix + ' ' + read(folder.resolve("size")));
        }
        return caches.stream().collect(Collectors.joining(", "));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
