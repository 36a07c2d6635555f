package io.nettyslab.echo.text;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/**
 * What this JVM has used so far.
 *
 * @param collections garbage collections
 * @param collectionMillis time spent in them
 * @param cpuNanos processor time of all threads; -1 if the JVM does not tell
 */
public record ProcessFigures(long collections, long collectionMillis, long cpuNanos) {

    /**
     * Reads the figures of this moment.
     *
     * @return figures of this JVM
     */
    public static ProcessFigures now() {
        long collections = 0;
        long millis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += Math.max(0, collector.getCollectionCount());
            millis += Math.max(0, collector.getCollectionTime());
        }
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        long cpu =
                system instanceof com.sun.management.OperatingSystemMXBean detailed ? detailed.getProcessCpuTime() : -1;
        return new ProcessFigures(collections, millis, cpu);
    }
}
