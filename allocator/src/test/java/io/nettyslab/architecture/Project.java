package io.nettyslab.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the files are. */
final class Project {

    static final Path ROOT = root();
    static final List<String> MODULES = List.of("allocator", "echo-example", "jmh");

    private Project() {}

    private static Path root() {
        Path dir = Path.of("").toAbsolutePath();
        while (!Files.exists(dir.resolve("mvnw"))) {
            dir = dir.getParent();
        }
        return dir;
    }

    /** Returns the compiled main classes of the allocator. */
    static Path mainClasses() {
        return ROOT.resolve("allocator/target/classes");
    }

    /** Returns all Java files of all modules, tests included. */
    static List<Path> javaFiles() {
        return MODULES.stream()
                .map(module -> ROOT.resolve(module).resolve("src"))
                .filter(Files::isDirectory)
                .flatMap(src -> filesBelow(src, ".java").stream())
                .toList();
    }

    static List<Path> filesBelow(Path dir, String ending) {
        try (Stream<Path> files = Files.walk(dir)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
