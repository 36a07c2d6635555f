package io.nettyslab.echo.cli;

import io.nettyslab.OverflowPolicy;
import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.SlabSettings;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.text.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which allocator, and how large its slabs may grow. */
final class AllocatorOptions {

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--allocator",
            paramLabel = "<allocator>",
            defaultValue = "slab",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private AllocatorKind kind;

    @Option(
            names = "--max-memory",
            paramLabel = "<size>",
            converter = SizeConverter.class,
            description = "slab only: most memory for slabs, such as 64m")
    private Long maxMemory;

    @Option(
            names = "--slab-size",
            paramLabel = "<size>",
            converter = SizeConverter.class,
            description = "slab only: size of one slab, a power of two such as 4m")
    private Long slabSize;

    @Option(
            names = "--overflow",
            paramLabel = "<policy>",
            description = "slab only: what to do when the slabs are full, ${COMPLETION-CANDIDATES}")
    private OverflowPolicy overflow;

    EchoAllocator create() {
        SlabSettings settings = new SlabSettings(maxMemory, slabSizeInRange(), overflow);
        if (kind != AllocatorKind.SLAB && !settings.isDefault()) {
            throw usage("--max-memory, --slab-size and --overflow belong to --allocator slab, not to " + kind);
        }
        try {
            return kind.create(settings);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage()); // the allocator names the setting, its value and the range
        }
    }

    /** Says what Netty makes of an exhausted pool with io_uring, if it may come to that. */
    Optional<String> warning(TransportKind transport) {
        return kind == AllocatorKind.SLAB && overflow == OverflowPolicy.FAIL && transport == TransportKind.IO_URING
                ? Optional.of(
                        "note: with io_uring a server loses an event loop, and all its connections, when the slabs"
                                + " are full and --overflow is fail")
                : Optional.empty();
    }

    /** Returns these options as another process of this program takes them. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("--allocator", kind.toString()));
        add("--max-memory", maxMemory, arguments);
        add("--slab-size", slabSize, arguments);
        add("--overflow", overflow, arguments);
        return arguments;
    }

    private static void add(String name, Object value, List<String> to) {
        if (value != null) {
            to.addAll(List.of(name, value.toString()));
        }
    }

    private Integer slabSizeInRange() {
        if (slabSize != null && slabSize > Integer.MAX_VALUE) {
            throw usage("--slab-size: " + Units.bytes(slabSize) + " (expected: at most 1 GiB)");
        }
        return slabSize == null ? null : slabSize.intValue();
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
