package io.nettyslab.echo.process;

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
import java.util.stream.Stream;

/**
 * This program again, or another class of it, in a JVM of its own: memory, garbage collections and processor time then
 * belong to one allocator alone, and no compiled code is shared between allocators. It answers commands with
 * {@code key=value} lines, and ends when its standard input does.
 */
public final class ChildProcess implements AutoCloseable {

    /** The program itself; by name, since it knows this package and not the other way round. */
    public static final String PROGRAM = "io.nettyslab.echo.EchoExample";

    /**
     * What every child gets, whatever else it is started with. No leak detection, which would sample some allocators'
     * buffers more dearly than others'.
     */
    private static final List<String> COMMON_FLAGS = List.of(
            "-Dio.netty.leakDetection.level=disabled",
            "--enable-native-access=ALL-UNNAMED"); // the jar's manifest says so, a class path cannot

    /**
     * More than half a GiB of heap, below which Netty's adaptive allocator saves memory at the cost of speed; a fixed
     * smallest heap, so that collections count alike.
     */
    public static final List<String> HEAP_FLAGS = List.of("-Xms256m", "-Xmx1g");

    /** All flags of a child that gets {@link #HEAP_FLAGS}. */
    public static final List<String> JVM_FLAGS =
            Stream.of(HEAP_FLAGS, COMMON_FLAGS).flatMap(List::stream).toList();

    private static final int SECONDS_TO_END = 15;

    private final String name;
    private final Process process;
    private final BufferedReader output;
    private final PrintWriter input;

    /**
     * Starts the program with {@link #HEAP_FLAGS}.
     *
     * @param name for messages
     * @param arguments what it is told
     * @throws EchoFailure if it cannot be started
     */
    public ChildProcess(String name, List<String> arguments) {
        this(name, HEAP_FLAGS, PROGRAM, arguments);
    }

    /**
     * Starts a class.
     *
     * @param name for messages
     * @param flags of the JVM, beside those that every child gets
     * @param mainClass name of the class to run
     * @param arguments what it is told
     * @throws EchoFailure if it cannot be started
     */
    public ChildProcess(String name, List<String> flags, String mainClass, List<String> arguments) {
        this.name = name;
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(flags);
        command.addAll(COMMON_FLAGS);
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

    public KeyValues ask(String command) {
        tell(command);
        return read();
    }

    /** Sends a command whose answer is read later. */
    public void tell(String command) {
        input.println(command);
    }

    public long pid() {
        return process.pid();
    }

    public KeyValues read() {
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

    /** Tells the child to end; what it says last can still be read. */
    public void endInput() {
        input.close();
    }

    /** Waits for the end. */
    public void finish() {
        endInput();
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

    /**
     * Leaves no process behind, however far things got. It is killed before its input ends: at the end of its input it
     * would begin to stop in good order.
     */
    @Override
    public void close() {
        process.destroyForcibly();
        input.close();
    }
}
