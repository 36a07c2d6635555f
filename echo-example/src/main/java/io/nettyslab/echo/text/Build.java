package io.nettyslab.echo.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** Tells which program this is. */
public final class Build {

    private Build() {}

    /**
     * Returns the version of this program, as the build wrote it down.
     *
     * @return such as {@code 0.1.0}
     */
    public static String version() {
        try (InputStream in = Build.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the commit that is checked out where the program lies, which is where it was built, if that is a clone.
     *
     * @return such as {@code 8526fd3}, with {@code -dirty} if files were changed; empty if there is no clone or no git
     */
    public static String commit() {
        try {
            Path here = Path.of(Build.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Process git = new ProcessBuilder(
                            "git", "-C", here.getParent().toString(), "describe", "--always", "--dirty", "--exclude=*")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            return git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0 ? answer : "";
        } catch (IOException | URISyntaxException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
