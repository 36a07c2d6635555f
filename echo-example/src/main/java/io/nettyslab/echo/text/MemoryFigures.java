package io.nettyslab.echo.text;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What memory this JVM occupies now.
 *
 * @param heapBytes Java heap in use, garbage that is not collected yet included
 * @param residentBytes physical memory of the whole process; -1 where there is no {@code /proc} to ask
 */
public record MemoryFigures(long heapBytes, long residentBytes) {

    private static final Path STATUS = Path.of("/proc/self/status");

    /**
     * Reads the figures of this moment.
     *
     * @return figures of this JVM
     */
    public static MemoryFigures now() {
        return new MemoryFigures(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), resident());
    }

    private static long resident() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }
}
