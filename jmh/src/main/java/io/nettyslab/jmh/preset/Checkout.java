package io.nettyslab.jmh.preset;

import io.netty.util.Version;
import io.nettyslab.jmh.results.Header;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says which sources a program was made from: those of the checkout that its jar lies in. What would make a result
 * impossible to repeat is said as well: changes that are in no commit, and sources that are newer than the jar.
 */
final class Checkout {

    static final String AS_COMMITTED = "as committed";

    private static final String UNKNOWN = "unknown";
    private static final int FINGERPRINT_LENGTH = 12;

    /** What the measured code is made from; changes elsewhere, in results for one, do not matter. */
    private static final List<String> SOURCES =
            List.of("allocator/src/main", "jmh/src/main", "pom.xml", "allocator/pom.xml", "jmh/pom.xml");

    private final Path code;
    private final Optional<Path> root;

    /**
     * Looks at the sources of one program.
     *
     * @param code its jar, or the folder of its classes
     */
    Checkout(Path code) {
        this.code = code;
        this.root = git(code.toAbsolutePath().getParent(), "rev-parse", "--show-toplevel")
                .map(Path::of);
    }

    Header.Build describe() {
        Version netty = Version.identify().get("netty-buffer");
        return new Header.Build(commit(), sources(), fingerprint(), netty == null ? UNKNOWN : netty.artifactVersion());
    }

    String commit() {
        return root.flatMap(top -> git(top, "rev-parse", "HEAD")).orElse(UNKNOWN);
    }

    /** Returns {@link #AS_COMMITTED}, or what is different. */
    String sources() {
        if (root.isEmpty()) {
            return UNKNOWN;
        }
        List<String> command = new ArrayList<>(List.of("status", "--porcelain", "--"));
        command.addAll(SOURCES);
        long changed = git(root.get(), command.toArray(String[]::new))
                .orElse("")
                .lines()
                .count();
        if (changed > 0) {
            return changed + (changed == 1 ? " file differs" : " files differ") + " from the commit";
        }
        return Files.isRegularFile(code) && SOURCES.stream().anyMatch(this::isNewerThanTheJar)
                ? "changed after the jar was built"
                : AS_COMMITTED;
    }

    private boolean isNewerThanTheJar(String source) {
        try (Stream<Path> files = Files.walk(root.orElseThrow().resolve(source))) {
            FileTime built = Files.getLastModifiedTime(code);
            return files.filter(Files::isRegularFile)
                    .anyMatch(file -> lastModified(file).compareTo(built) > 0);
        } catch (IOException e) {
            return false; // a layout of somebody else's
        }
    }

    private static FileTime lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the start of the jar's SHA-256; classes in a folder have none. */
    private String fingerprint() {
        if (!Files.isRegularFile(code)) {
            return "none, classes in a folder";
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(code));
            return HexFormat.of().formatHex(digest).substring(0, FINGERPRINT_LENGTH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** Returns what git prints; empty if there is no git or it refuses. */
    private static Optional<String> git(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(said.stripTrailing()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
