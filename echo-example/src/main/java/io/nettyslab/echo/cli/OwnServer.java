package io.nettyslab.echo.cli;

import io.nettyslab.echo.load.LoadProtocol;
import io.nettyslab.echo.load.LoadWire;
import io.nettyslab.echo.process.ChildProcess;
import io.nettyslab.echo.text.KeyValues;
import java.util.ArrayList;
import java.util.List;

/** A server in a process of its own, for one load. */
final class OwnServer implements AutoCloseable {

    private final ChildProcess process;
    private final int port;

    OwnServer(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("serve", "--machine", "--port", "0"));
        all.addAll(arguments);
        process = new ChildProcess(String.join(" ", all), all);
        port = (int) process.read().number("port");
    }

    /** Returns what a server needs to understand a load. */
    static List<String> arguments(LoadWire wire, Preset preset) {
        List<String> arguments = new ArrayList<>();
        if (wire.protocol() != LoadProtocol.RAW) {
            arguments.addAll(List.of("--protocol", wire.protocol().toString()));
        }
        if (wire.tls()) {
            arguments.add("--tls");
        }
        if (preset != null) {
            arguments.addAll(preset.serverArguments());
        }
        return arguments;
    }

    int port() {
        return port;
    }

    /** Ends the server and returns its last figures. */
    KeyValues finish() {
        process.endInput();
        KeyValues figures = process.read();
        process.finish();
        return figures;
    }

    @Override
    public void close() {
        process.close();
    }
}
