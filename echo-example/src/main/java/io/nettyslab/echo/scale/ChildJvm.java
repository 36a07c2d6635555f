package io.nettyslab.echo.scale;

import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.text.KeyValues;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that runs a class of this program, answers commands with {@code key=value} lines, and ends with its input. */
final class ChildJvm implements AutoCloseable {

    private static final int SECONDS_TO_END = 15;

    private final String name;
    private final Process process;
    private final BufferedReader output;
    private final PrintWriter input;

    /**
     * Starts it.
     *
     * @param name for messages
     * @param flags of the JVM
     * @param mainClass name of the class to run
     * @param arguments what it is told
     * @throws EchoFailure if it cannot be started
     */
    ChildJvm(String name, List<String> flags, String mainClass, List<String> arguments) {
        this.name = name;
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(flags);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Dio.netty.leakDetection.level=disabled"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        try {
            // Errors go where ours go: a child that fails says why by itself.
            process =
                    new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new EchoFailure("cannot start " + name, e);
        }
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        input = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    void tell(String command) {
        input.println(command);
    }

    KeyValues ask(String command) {
        tell(command);
        return read();
    }

    KeyValues read() {
        try {
            KeyValues answer = KeyValues.read(output);
            if (answer != null) {
                return answer;
            }
        } catch (IOException e) {
            // A pipe that breaks is an end, too.
        }
        throw new EchoFailure(name + " ended too early");
    }

    /** Ends its input and waits until it has ended well. */
    void finish() {
        input.close();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                throw new EchoFailure(name + " did not end within " + SECONDS_TO_END + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EchoFailure("interrupted");
        }
        if (process.exitValue() != 0) {
            throw new EchoFailure(name + " failed with exit code " + process.exitValue());
        }
    }

    /** Ends it at once, whatever it is doing. */
    @Override
    public void close() {
        process.destroyForcibly();
        input.close();
    }
}
