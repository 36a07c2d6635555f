package io.nettyslab.echo.process;

import java.lang.management.ManagementFactory;

/**
 * What memory this JVM occupies now.
 *
 * @param heapBytes Java heap in use, garbage that is not collected yet included
 * @param residentBytes physical memory of the whole process; -1 where there is no {@code /proc} to ask
 */
public record MemoryFigures(long heapBytes, long residentBytes) {

    /**
     * Reads the figures of this moment.
     *
     * @return figures of this JVM
     */
    public static MemoryFigures now() {
        return new MemoryFigures(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ResidentMemory.of(ProcessHandle.current().pid()).orElse(-1));
    }
}
