package io.nettyslab.echo.cli;

import java.net.InetSocketAddress;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where the server listens, for both sides. */
final class AddressOptions {

    private static final int MAX_PORT = 65_535;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--host",
            paramLabel = "<address>",
            defaultValue = "127.0.0.1",
            description = "address of the server (default: ${DEFAULT-VALUE})")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "<port>",
            defaultValue = "8007",
            description = "port of the server; to listen, 0 takes a free one (default: ${DEFAULT-VALUE})")
    private int port;

    InetSocketAddress toListen() {
        return address(0);
    }

    InetSocketAddress toConnect() {
        return address(1);
    }

    private InetSocketAddress address(int minPort) {
        if (port < minPort || port > MAX_PORT) {
            throw new ParameterException(
                    spec.commandLine(), "--port: " + port + " (expected: " + minPort + " to " + MAX_PORT + ")");
        }
        return new InetSocketAddress(host, port);
    }
}
