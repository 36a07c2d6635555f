package io.nettyslab.echo.cli;

import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.process.ChildJvms;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Turns Ctrl-C and SIGTERM into a request that the main thread answers in its own time: it stops the server, prints
 * what there is to say, and only then may the JVM end.
 *
 * <p>The JVM ends such a process with 130 or 143 whatever came of it. To let scripts see the real result, the shutdown
 * hook halts with the exit code of the command once the command is done. Other hooks run beside this one and may not be
 * finished by then; this program has none.
 */
final class StopSignal implements AutoCloseable {

    /** Longer than any orderly stop takes; after it the JVM ends without the command's last words. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    /**
     * How long the program that started this one may still have use for it after a signal: Ctrl-C reaches both at once.
     */
    private static final Duration LONGEST_USE = Duration.ofSeconds(10);

    private final Duration use; // after a signal, before it is a request
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onShutdown, "echo-stop");
    private volatile int exitCode = 1; // unless the command says otherwise
    private volatile Runnable onRequest = () -> {};

    private StopSignal(Duration use) {
        this.use = use;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** A signal asks to stop at once. */
    static StopSignal ofTerminal() {
        return new StopSignal(Duration.ZERO);
    }

    /** The program at the other end of standard input asks to stop, a signal only if that program does not. */
    static StopSignal ofProgram() {
        return new StopSignal(LONGEST_USE);
    }

    private void onShutdown() {
        try {
            await(use);
            request();
            if (finished.await(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(exitCode);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks to stop; may be called from any thread and more than once. */
    void request() {
        requested.countDown();
        onRequest.run();
    }

    /** Runs a command that a signal stops by ending its children: whatever it waits for then fails. */
    static int runWithChildren(CommandSpec spec, Function<ChildJvms, Integer> command) throws Exception {
        try (StopSignal stop = ofTerminal();
                ChildJvms children = new ChildJvms()) {
            stop.onRequest = () -> children.stop("stopped");
            if (stop.isRequested()) { // since it was made
                stop.request();
            }
            return stop.run(spec, () -> command.apply(children));
        }
    }

    /**
     * Waits until somebody asks to stop.
     *
     * @param longest how long to wait at most, {@code null} for ever
     */
    void await(Duration longest) throws InterruptedException {
        if (longest == null) {
            requested.await();
        } else {
            requested.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Runs a command to its end, and says what failed before a signal lets the JVM end. */
    int run(CommandSpec spec, Callable<Integer> command) throws Exception {
        try {
            return exitWith(command.call());
        } catch (EchoFailure failure) {
            CommandLine line = spec.commandLine();
            return exitWith(
                    line.getExecutionExceptionHandler().handleExecutionException(failure, line, line.getParseResult()));
        }
    }

    /** Sets what the process ends with if it was ended by a signal. */
    int exitWith(int code) {
        exitCode = code;
        return code;
    }

    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The hook is running: it has just been told to go on.
        }
    }
}
