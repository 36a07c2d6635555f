package io.nettyslab.echo.cli;

import io.nettyslab.echo.load.LoadProtocol;
import io.nettyslab.echo.load.LoadWire;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How a load sends, and how much it puts up with. */
final class WireOptions {

    private static final int MAX_RETRIES = 1000;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--protocol",
            paramLabel = "<protocol>",
            description = "${COMPLETION-CANDIDATES}, as the server's (default: raw)")
    private LoadProtocol protocol;

    @Option(names = "--tls", description = "encrypt; trusts any certificate, so only for your own server")
    private boolean tls;

    @Option(
            names = "--retries",
            paramLabel = "<n>",
            defaultValue = "0",
            description = "how often to try a connection again that is refused, or closed before its first answer, 0 to"
                    + " 1,000, after 50 ms, 100 ms, and so on to 1.6 s (default: ${DEFAULT-VALUE})")
    private int retries;

    @Option(
            names = "--timeout",
            paramLabel = "<time>",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "give up when nothing comes back for so long, 1ms to 24 days (default: ${DEFAULT-VALUE})")
    private Duration timeout;

    boolean tls() {
        return tls;
    }

    int retries() {
        Ranges.check(spec, "--retries", retries, 0, MAX_RETRIES);
        return retries;
    }

    Duration timeout() {
        if (timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
            throw Ranges.refusal(spec, "--timeout", timeout, "1ms to 24 days");
        }
        return timeout;
    }

    LoadWire wire(Preset preset, int readBuffer) {
        LoadProtocol otherwise = preset != null ? preset.protocol() : LoadProtocol.RAW;
        return new LoadWire(
                protocol != null ? protocol : otherwise,
                tls,
                readBuffer > 0 || preset == null ? readBuffer : preset.readBuffer());
    }
}
