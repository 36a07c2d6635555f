package io.nettyslab.jmh.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadsTest {

    @Test
    void names_areUnique() {
        assertThat(Workloads.ALL).extracting(Workload::name).doesNotHaveDuplicates();
    }

    @Test
    void figuresOfOtherRuns_haveBenchmarkAndRowsOfTheirs() {
        for (Workload workload : Workloads.ALL) {
            Workload run = named(workload.run());
            assertThat(run.runsItself()).isTrue();
            assertThat(run.benchmark()).isEqualTo(workload.benchmark());
            assertThat(run.rows()).containsAll(workload.rows());
        }
    }

    @Test
    void rows_areAllCombinationsInOrder() {
        Workload workload = named("cross-thread");

        assertThat(workload.rows())
                .hasSize(4)
                .first()
                .isEqualTo(Map.of(
                        Workload.OPERATION,
                        "allocateHereReleaseThere",
                        "receivers",
                        "1",
                        "capacity",
                        "1024",
                        "payload",
                        "1024",
                        "kind",
                        "direct"));
        assertThat(workload.rows())
                .extracting(row -> row.get("receivers") + row.get("kind"))
                .containsExactly("1direct", "1heap", "3direct", "3heap");
    }

    @Test
    void narrowed_keepsSomeRows_andRefusesOthers() {
        Workload churn = named("churn");

        assertThat(churn.narrowed("mix", "web").rows()).hasSize(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> churn.narrowed("mix", "soup"))
                .withMessageContaining("mix: [soup]")
                .withMessageContaining("tiny");
        assertThatIllegalArgumentException().isThrownBy(() -> churn.narrowed("colour", "red"));
    }

    @Test
    void virtualThreads_needTheirJdk() {
        assertThat(named("churn-virtual").runsOn(17)).isFalse();
        assertThat(named("churn-virtual").runsOn(21)).isTrue();
        assertThat(named("churn").runsOn(17)).isTrue();
    }

    @Test
    void collectorAndThreads_areReadFromFlags_theLastOneCounts() {
        assertThat(Collector.of(List.of("-Xmx2g"))).isEqualTo(Collector.g1);
        assertThat(Collector.of(Collector.zgc.flags(25))).isEqualTo(Collector.zgc);
        assertThat(ThreadKind.of(List.of("-Djmh.executor=CUSTOM", "-Djmh.executor=VIRTUAL")))
                .isEqualTo(ThreadKind.VIRTUAL);
        assertThat(ThreadKind.of(List.of())).isEqualTo(ThreadKind.PLATFORM);
    }

    @Test
    void zgc_isGenerational() {
        assertThat(Collector.zgc.isIn(17)).isFalse();
        assertThat(Collector.zgc.flags(21)).contains("-XX:+ZGenerational");
        assertThat(Collector.zgc.flags(25)).containsExactly("-XX:+UseZGC");
    }

    private static Workload named(String name) {
        return Workloads.ALL.stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
