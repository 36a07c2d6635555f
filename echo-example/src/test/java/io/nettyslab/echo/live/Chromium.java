package io.nettyslab.echo.live;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Chromium without a window, if the machine has one. */
final class Chromium {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
            "--window-size=1400,1000");

    /** Time that passes for the page; it stands still while the page waits for an answer. */
    private static final String VIRTUAL_MILLIS = "3000";

    private static final int LONGEST_SECONDS = 60;

    private Chromium() {}

    /**
     * What a page has become.
     *
     * @param dom its elements after some time
     * @param log what the browser said, the page's console included
     */
    record Result(String dom, String log) {}

    static Result open(URI page, Path folder, String... more) throws IOException, InterruptedException {
        Optional<Path> program = find();
        assumeTrue(program.isPresent(), "no Chromium on this machine");
        Path dom = folder.resolve("dom.html");
        Path log = folder.resolve("log.txt");
        List<String> command = new ArrayList<>(List.of(program.get().toString()));
        command.addAll(FLAGS);
        command.addAll(List.of(more));
        command.addAll(List.of(
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=" + VIRTUAL_MILLIS,
                "--dump-dom",
                page.toString()));
        Process process = new ProcessBuilder(command)
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Chromium does not end: " + Files.readString(log));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return new Result(Files.readString(dom), Files.readString(log));
    }

    private static Optional<Path> find() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
