package io.nettyslab.echo.cli;

import io.nettyslab.echo.load.LoadProtocol;
import io.nettyslab.echo.load.LoadWire;
import io.nettyslab.echo.load.MessageSizes;
import io.nettyslab.echo.process.ChildProcess;
import io.nettyslab.echo.text.KeyValues;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
    static List<String> arguments(LoadWire wire, MessageSizes sizes, Preset preset) {
        List<String> arguments = new ArrayList<>();
        if (wire.protocol() == LoadProtocol.FRAMED) {
            arguments.addAll(List.of("--protocol", wire.protocol().toString()));
            arguments.addAll(List.of("--max-message", String.valueOf(sizes.largest())));
        }
        if (wire.tls()) {
            arguments.add("--tls");
        }
        if (preset != null) {
            arguments.addAll(preset.serverArguments());
        }
        return arguments;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
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
