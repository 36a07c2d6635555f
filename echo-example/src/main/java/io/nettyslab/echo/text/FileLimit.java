package io.nettyslab.echo.text;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells how many connections a process can have, where the system tells that. */
public final class FileLimit {

    private static final Path PORT_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int RESERVE = 200; // for the jar, the JVM's own files, event loops, and a server's listener
    private static final int UNKNOWN_LIMIT = 1000;
    private static final int UNKNOWN_PORTS = 28_000;

    private FileLimit() {}

    /**
     * Returns how many connections to one address this process can open, and another with the same limit can accept.
     *
     * @return connections, at least 1
     */
    public static int connections() {
        return (int) Math.max(1, Math.min(files(), ports()) - RESERVE);
    }

    private static long files() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount()
                : UNKNOWN_LIMIT;
    }

    /** Each connection to the same address needs a port of its own on this side. */
    private static long ports() {
        try {
            String[] range = Files.readString(PORT_RANGE).trim().split("\\s+");
            return Long.parseLong(range[1]) - Long.parseLong(range[0]) + 1;
        } catch (IOException | RuntimeException e) {
            return UNKNOWN_PORTS;
        }
    }
}
