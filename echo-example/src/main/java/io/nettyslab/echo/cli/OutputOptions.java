package io.nettyslab.echo.cli;

import io.nettyslab.echo.net.EchoFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where results go beside the table. */
final class OutputOptions {

    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--json",
            paramLabel = "<file>",
            description = "write results as JSON; - writes to standard output instead of the table")
    private Path json;

    @Option(names = "--html", paramLabel = "<file>", description = "write a page with charts that needs no network")
    private Path html;

    /** Finds out before the run, not after it, that a file cannot be written. */
    void check() {
        check(spec, "--json", STANDARD_OUTPUT.equals(json) ? null : json);
        check(spec, "--html", html);
    }

    /** Refuses an option's file, unless it is {@code null}, that cannot be written. */
    static void check(CommandSpec spec, String name, Path file) {
        if (file == null) {
            return;
        }
        if (STANDARD_OUTPUT.equals(file)) {
            throw Ranges.refusal(spec, name, file, "a file");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw Ranges.refusal(spec, name, file, "a file in a folder that exists and can be written");
        }
        if (Files.exists(file) && (Files.isDirectory(file) || !Files.isWritable(file))) {
            throw Ranges.refusal(spec, name, file, "a file that can be written");
        }
    }

    boolean wantsTable() {
        return !STANDARD_OUTPUT.equals(json);
    }

    boolean wantsJson() {
        return json != null;
    }

    boolean wantsHtml() {
        return html != null;
    }

    void writeJson(String text, PrintWriter out) {
        if (wantsTable()) {
            write(json, text);
        } else {
            out.print(text);
            out.flush();
        }
    }

    void writeHtml(String text) {
        write(html, text);
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new EchoFailure("cannot write " + file, e);
        }
    }
}
