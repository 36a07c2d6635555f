package io.nettyslab.jmh.results;

import java.util.ArrayList;
import java.util.List;

/**
 * What the measurements themselves do not know.
 *
 * @param preset which one was run
 * @param build what was measured
 * @param jvm what it ran on
 * @param machine where
 * @param pieces what was run when, in that order
 */
public record Header(String preset, Build build, Jvm jvm, Machine machine, List<Piece> pieces) {

    /**
     * The code.
     *
     * @param commit of the sources, {@code unknown} outside a checkout
     * @param sources {@code as committed}, or in a few words what differs
     * @param jar fingerprint of the jar: results of two builds never share a folder
     * @param netty version of the rivals
     */
    public record Build(String commit, String sources, String jar, String netty) {}

    /**
     * The Java that runs the benchmarks.
     *
     * @param version of the JDK
     * @param vm its virtual machine
     * @param collector name of the garbage collector, as in {@code --gc}
     * @param flags that benchmarks get; workloads append some, for other threads or a heap that stays untouched
     */
    public record Jvm(String version, String vm, String collector, List<String> flags) {}

    /**
     * The computer.
     *
     * @param processor model
     * @param cores number that this process may use
     * @param caches level and size of each
     * @param memory in all
     * @param kernel operating system and its version
     */
    public record Machine(String processor, int cores, String caches, String memory, String kernel) {}

    /**
     * One workload that was run.
     *
     * @param workload its name
     * @param started date and time, UTC
     * @param seconds it took
     * @param loadBefore processes that ran or wanted to, mean of the minute before; negative if unknown
     * @param loadAfter the same at its end, its own among them
     * @param trials JVMs that were started for it
     * @param failed how many of them gave no result
     */
    public record Piece(
            String workload,
            String started,
            long seconds,
            double loadBefore,
            double loadAfter,
            int trials,
            int failed) {}

    /** Returns this header with one more piece, in place of an earlier one of the same workload. */
    public Header and(Piece piece) {
        List<Piece> more = new ArrayList<>(pieces);
        more.removeIf(old -> old.workload().equals(piece.workload()));
        more.add(piece);
        return new Header(preset, build, jvm, machine, List.copyOf(more));
    }

    /** Returns whether the workload of this name has been run, whatever came of it. */
    public boolean hasTried(String workload) {
        return pieces.stream().anyMatch(piece -> piece.workload().equals(workload));
    }

    /** Returns whether the workload of this name has been run and all of it gave results. */
    public boolean has(String workload) {
        return pieces.stream().anyMatch(piece -> piece.workload().equals(workload) && piece.failed() == 0);
    }
}
