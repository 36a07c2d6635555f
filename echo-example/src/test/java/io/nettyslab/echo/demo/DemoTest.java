package io.nettyslab.echo.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettyslab.echo.testing.CommandRun;
import org.junit.jupiter.api.Test;

class DemoTest {

    /** Real processes, each for a moment: that they start, talk, and end, not how fast they are. */
    @Test
    void demo_twoAllocators_printsALineForEach() {
        CommandRun run = CommandRun.of(
                "demo",
                "--transport",
                "nio",
                "--allocator",
                "slab,adaptive",
                "--rounds",
                "2",
                "--warmup",
                "100ms",
                "--duration",
                "100ms");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("nio +slab +[\\d,]+ +\\d+\\.\\d\\d x .* 100 % +0\n")
                .containsPattern("nio +adaptive +[\\d,]+ ")
                .contains("Medians of 2 rounds");
    }
}
