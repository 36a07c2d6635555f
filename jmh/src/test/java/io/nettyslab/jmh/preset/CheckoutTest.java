package io.nettyslab.jmh.preset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutTest {

    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    private Path temp;

    private Path source;
    private Path jar;

    /** A checkout with one source, and a jar that was built after it. */
    @BeforeEach
    void commit() throws IOException, InterruptedException {
        source = temp.resolve("jmh/src/main/A.java");
        jar = temp.resolve("jmh/target/benchmarks.jar");
        Files.createDirectories(source.getParent());
        Files.createDirectories(jar.getParent());
        Files.writeString(source, "class A {}");
        Files.writeString(jar, "bytes");
        Files.setLastModifiedTime(source, FileTime.from(LONG_AGO));
        git("init", "-q");
        git("add", "jmh/src");
        git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "first");
    }

    @Test
    void sources_areAsCommitted_whateverElseLiesAround() {
        Checkout checkout = new Checkout(jar);

        assertThat(checkout.commit()).matches("[0-9a-f]{40}");
        assertThat(checkout.sources()).isEqualTo(Checkout.AS_COMMITTED);
    }

    @Test
    void sources_differ() throws IOException {
        Files.writeString(source.resolveSibling("B.java"), "class B {}");

        assertThat(new Checkout(jar).sources()).isEqualTo("1 file differs from the commit");
    }

    @Test
    void sources_areNewerThanTheJar() throws IOException {
        Files.setLastModifiedTime(jar, FileTime.from(LONG_AGO.minusSeconds(60)));

        assertThat(new Checkout(jar).sources()).isEqualTo("changed after the jar was built");
    }

    @Test
    void describe_knowsTheJarByItsContent() throws IOException {
        String before = new Checkout(jar).describe().jar();
        Files.writeString(jar, "other bytes");

        assertThat(before)
                .matches("[0-9a-f]{12}")
                .isNotEqualTo(new Checkout(jar).describe().jar());
    }

    @Test
    void outsideACheckout_nothingIsKnown(@TempDir Path elsewhere) throws IOException {
        Path lost = Files.writeString(elsewhere.resolve("benchmarks.jar"), "bytes");

        assertThat(new Checkout(lost).commit()).isEqualTo("unknown");
        assertThat(new Checkout(lost).sources()).isEqualTo("unknown");
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", temp.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }
}
