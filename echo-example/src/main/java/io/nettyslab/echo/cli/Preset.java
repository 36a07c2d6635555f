package io.nettyslab.echo.cli;

import io.nettyslab.echo.load.LoadProtocol;
import io.nettyslab.echo.load.MessageSizes;
import io.nettyslab.echo.text.FileLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs that every echo server should pass; {@link TrafficOptions} tells users what each is. A preset stands for
 * options; those that are given win. All speak
 * {@code framed}, where a message and its prefix can be torn apart.
 */
enum Preset {
    TWO_BY_TWO(2, 2, "64", 0, 0),
    THREE_BY_FIVE(3, 5, "64", 0, 0),
    SMALL_BUFFER(3, 5, "1k", 100, 100),
    TINY_BUFFER(3, 5, "64", 3, 3),
    SMALL_SERVER_BUFFER(3, 5, "1k", 0, 100),
    THREADS(8, 5, "64", 0, 0),
    THOUSAND(1000, 500, "16-512", 0, 0),
    SOAK(0, 0, "16-512", 0, 0);

    private final int connections; // 0 for as many as possible
    private final long messages; // 0 for as many as the time allows
    private final String sizes;
    private final int clientReadBuffer; // 0 for Netty's choice
    private final int serverReadBuffer;

    Preset(int connections, long messages, String sizes, int clientReadBuffer, int serverReadBuffer) {
        this.connections = connections;
        this.messages = messages;
        this.sizes = sizes;
        this.clientReadBuffer = clientReadBuffer;
        this.serverReadBuffer = serverReadBuffer;
    }

    int connections() {
        return connections > 0
                ? connections
                : Math.min(FileLimit.connectionsToOneAddress(), TrafficOptions.MAX_CONNECTIONS);
    }

    long messages() {
        return messages;
    }

    MessageSizes sizes() {
        return MessageSizes.parse(sizes);
    }

    int depth() {
        return this == THOUSAND ? 4 : 1;
    }

    long repeatSet() {
        return this == SOAK ? 100 : 0;
    }

    Duration duration() {
        return this == SOAK ? Duration.ofMinutes(10) : null;
    }

    LoadProtocol protocol() {
        return LoadProtocol.FRAMED;
    }

    int readBuffer() {
        return clientReadBuffer;
    }

    /** Returns what {@code serve} needs beside the protocol. */
    List<String> serverArguments() {
        List<String> arguments = new ArrayList<>();
        if (serverReadBuffer > 0) {
            arguments.addAll(List.of("--read-buffer", String.valueOf(serverReadBuffer)));
        }
        if (this == THREADS) {
            arguments.addAll(List.of("--watch", "threads"));
        }
        return arguments;
    }

    /** The name as it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
