package io.nettyslab.echo.page;

import io.netty.util.Version;
import io.nettyslab.echo.text.Build;
import io.nettyslab.echo.text.Machine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What figures were taken with: without it they mean nothing.
 *
 * @param time when
 * @param version of this program
 * @param commit it was built from, empty if unknown
 * @param netty version of Netty
 * @param java version, vendor and collector
 * @param cores of this machine, as the JVM counts them
 * @param processor model of the processor
 * @param system operating system and its version
 */
public record Setup(
        String time,
        String version,
        String commit,
        String netty,
        String java,
        int cores,
        String processor,
        String system) {

    /**
     * Describes this program on this machine.
     *
     * @return the setup
     */
    public static Setup here() {
        Version netty = Version.identify().get("netty-buffer");
        return new Setup(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Build.version(),
                Build.commit(),
                netty == null ? "unknown" : netty.artifactVersion(),
                Machine.java(),
                Runtime.getRuntime().availableProcessors(),
                Machine.processor(),
                Machine.system());
    }

    /**
     * Says it in words.
     *
     * @return one line
     */
    public String summary() {
        return "netty-slab " + version + (commit.isEmpty() ? "" : " (" + commit + ")") + ", Netty " + netty + ", "
                + java + "; " + cores + " cores (" + processor + "), " + system;
    }
}
