package io.nettyslab.echo.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads commands of a program from standard input. Its end means that the program is gone, or done; so no process
 * outlives the one that started it, however that ended.
 */
final class Dialogue {

    private Dialogue() {}

    /** Reads on a thread of its own. */
    static void start(Consumer<String> onLine, Runnable onEnd) {
        Thread reader = new Thread(() -> read(onLine, onEnd), "echo-dialogue");
        reader.setDaemon(true); // blocks in a read that nothing can end
        reader.start();
    }

    /** Reads on the calling thread until the end. */
    static void read(Consumer<String> onLine, Runnable onEnd) {
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                onLine.accept(line.trim());
            }
        } catch (IOException e) {
            // An input that cannot be read has ended too.
        } finally {
            onEnd.run();
        }
    }
}
