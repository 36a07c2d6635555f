package io.nettyslab.echo.text;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many connections a process may hold: each is an open file, and the system limits those of one process. */
public final class FileLimit {

    /** Files that a JVM with this program keeps open for itself: libraries, selectors, pipes; with room to spare. */
    public static final int OWN_FILES = 500;

    private static final Path PORT_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int PORTS_IF_UNKNOWN = 16_384; // of macOS and Windows, unless somebody has changed it

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

    /**
     * Returns how many connections to one address this process can open, and another with the same limit can accept.
     * Each needs a port of its own on this side; as many as files are left to others, who need ports as well.
     *
     * @return connections, at least 1
     */
    public static int connectionsToOneAddress() {
        return Math.max(1, fitting(ports() - OWN_FILES, openFiles()));
    }

    private static int ports() {
        try {
            String[] range = Files.readString(PORT_RANGE).trim().split("\\s+");
            return Integer.parseInt(range[1]) - Integer.parseInt(range[0]) + 1;
        } catch (IOException | RuntimeException e) {
            return PORTS_IF_UNKNOWN;
        }
    }
}
