package io.nettyslab.echo.process;

import io.nettyslab.echo.text.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The memory that the system has given to a process, where {@code /proc} tells it. */
public final class ResidentMemory {

    private static final String NAME = "VmRSS:";

    private ResidentMemory() {}

    /**
     * Reads the resident memory of a process.
     *
     * @param pid its id
     * @return bytes, empty if nobody tells
     */
    public static OptionalLong of(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith(NAME))
                    .mapToLong(line ->
                            Units.parseBytes(line.substring(NAME.length()).trim()))
                    .findFirst();
        } catch (IOException | RuntimeException e) { // no such process any more, or no /proc
            return OptionalLong.empty();
        }
    }
}
