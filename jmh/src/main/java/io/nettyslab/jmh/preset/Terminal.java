package io.nettyslab.jmh.preset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether a person is watching. */
final class Terminal {

    private static final Path STDERR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /**
     * Tells whether standard error is a terminal. {@code System.console()} cannot: it speaks of standard input and
     * output, and since JDK 22 it is there even without any terminal. Where there is no {@code /proc} to ask, nobody is
     * watching.
     */
    static boolean showsErrors() {
        try {
            String target = Files.readSymbolicLink(STDERR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
