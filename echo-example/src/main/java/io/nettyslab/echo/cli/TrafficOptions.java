package io.nettyslab.echo.cli;

import io.nettyslab.echo.load.LoadTraffic;
import io.nettyslab.echo.load.MessageSizes;
import io.nettyslab.echo.text.Units;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What a load sends. */
final class TrafficOptions {

    static final int MAX_CONNECTIONS = 60_000; // one client address has hardly more ports
    static final int MAX_DEPTH = 1 << 16;
    private static final double MAX_RATE = 1e9;
    private static final Duration LONGEST_RAMP = Duration.ofHours(1);

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--preset",
            paramLabel = "<name>",
            converter = PresetConverter.class,
            description = {
                "options for a classic run with --protocol framed; options given beside it win:",
                "  two-by-two: 2 connections with 2 messages each",
                "  three-by-five: 3 connections with 5 messages each",
                "  small-buffer: messages larger than the read buffers of both sides",
                "  tiny-buffer: read buffers smaller than the 4 bytes of the prefix",
                "  small-server-buffer: messages larger than the server's read buffer",
                "  threads: the server tells which of its threads do what",
                "  thousand: 1,000 connections with 500 messages each",
                "  soak: as many connections as files and ports allow, 100 messages over and over, for 10 minutes"
            })
    private Preset preset;

    @Option(names = "--connections", paramLabel = "<n>", description = "1 to 60,000 (default: 64)")
    private Integer connections;

    @Option(
            names = "--message-size",
            paramLabel = "<size>",
            converter = MessageSizesConverter.class,
            description = "bytes of a message: " + MessageSizes.FORMS + "; up to 16m (default: 1k)")
    private MessageSizes sizes;

    @Option(
            names = "--depth",
            paramLabel = "<n>",
            description = "most messages on their way in one connection, 1 to 65,536 (default: 8)")
    private Integer depth;

    @Option(
            names = "--rate",
            paramLabel = "<n>",
            description =
                    "messages per second over all connections, up to 1e9, on a timetable; latency then counts from"
                            + " the time a message should have been sent (default: send when an answer is back)")
    private Double rate;

    @Option(
            names = "--messages",
            paramLabel = "<n>",
            description = "messages of each connection; the load ends when all are back, and has no warm-up"
                    + " (default: send until the time is over)")
    private Long messages;

    @Option(
            names = "--repeat-set",
            paramLabel = "<n>",
            description = "send the same n messages of each connection over and over (default: no message twice)")
    private Long repeatSet;

    @Option(
            names = "--ramp",
            paramLabel = "<time>",
            defaultValue = "0s",
            converter = DurationConverter.class,
            description = "time between the opening of one connection and the next, at most 1h; each then sends at once"
                    + " (default: open all, then send)")
    private Duration ramp;

    @Option(
            names = "--seed",
            paramLabel = "<n>",
            defaultValue = "1",
            description = "decides the bytes and sizes sent (default: ${DEFAULT-VALUE})")
    private long seed;

    /** Returns the preset, {@code null} if there is none. */
    Preset preset() {
        return preset;
    }

    int connections() {
        int chosen = connections != null ? connections : preset != null ? preset.connections() : 64;
        Ranges.check(spec, "--connections", chosen, 1, MAX_CONNECTIONS);
        return chosen;
    }

    Duration ramp() {
        if (ramp.compareTo(LONGEST_RAMP) > 0) {
            throw Ranges.refusal(spec, "--ramp", ramp, "at most " + Units.duration(LONGEST_RAMP));
        }
        return ramp;
    }

    LoadTraffic traffic() {
        if (depth != null) {
            Ranges.check(spec, "--depth", depth, 1, MAX_DEPTH);
        }
        if (messages != null) {
            Ranges.check(spec, "--messages", messages, 1, Long.MAX_VALUE);
        }
        if (repeatSet != null) {
            Ranges.check(spec, "--repeat-set", repeatSet, 1, Long.MAX_VALUE);
        }
        if (rate != null && !(rate > 0 && rate <= MAX_RATE)) {
            throw Ranges.refusal(spec, "--rate", rate, "more than 0, at most 1e9");
        }
        return new LoadTraffic(
                sizes != null ? sizes : preset != null ? preset.sizes() : MessageSizes.fixed(1024),
                depth != null ? depth : preset != null ? preset.depth() : 8,
                rate != null ? rate : 0,
                messages != null ? messages : preset != null ? preset.messages() : 0,
                repeatSet != null ? repeatSet : preset != null ? preset.repeatSet() : 0,
                seed);
    }
}
