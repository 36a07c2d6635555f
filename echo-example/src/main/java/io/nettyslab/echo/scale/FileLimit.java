package io.nettyslab.echo.scale;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many connections a process may hold: each is an open file, and the system limits those of one process. */
public final class FileLimit {

    /** Files that a JVM with this program keeps open for itself: libraries, selectors, pipes; with room to spare. */
    public static final int OWN_FILES = 500;

    private FileLimit() {}

    /**
     * Returns the limit on open files of this process and of those it starts.
     *
     * @return files; {@link Long#MAX_VALUE} if the system does not tell
     */
    public static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    /**
     * Returns how many of the connections asked for fit into one process.
     *
     * @param wanted connections, 1 or more
     * @param openFiles the limit on open files
     * @return at most {@code wanted}; 0 or less if the limit leaves no room at all
     */
    public static int fitting(int wanted, long openFiles) {
        return (int) Math.min(wanted, openFiles - OWN_FILES);
    }
}
