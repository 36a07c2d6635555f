package io.nettyslab.jmh.preset;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettyslab.jmh.workload.Workload;
import io.nettyslab.jmh.workload.Workloads;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PresetTest {

    @Test
    void full_hasEveryRowOfTheTable() {
        Set<String> measured = new TreeSet<>();
        Preset.full.parts().forEach(part -> measured.addAll(rows(part.workload())));

        for (Workload workload : Workloads.ALL) {
            assertThat(measured).as(workload.name()).containsAll(rows(workload));
        }
    }

    @Test
    void full_measuresNoRowTwice() {
        assertThat(Preset.full.parts().stream().flatMap(part -> rows(part.workload()).stream()))
                .doesNotHaveDuplicates();
    }

    private static List<String> rows(Workload workload) {
        return workload.rows().stream()
                .map(row -> workload.benchmark() + new TreeMap<>(row) + workload.threads() + workload.threadKind())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void preset_takesNoLongerThanItSays(Preset preset) {
        long millis = preset.parts().stream()
                .mapToLong(part -> part.millis(StartMillis.QUICK))
                .sum();

        assertThat(millis).isBetween(preset.minutes() * 30_000L, preset.minutes() * 60_000L);
    }

    /** Whoever makes garbage would pay for fresh pages, and rivals may make some where we must not. */
    @Test
    void onlyAccessWithoutGarbage_leavesTheHeapUntouched() {
        assertThat(Preset.full.parts().stream()
                        .filter(part -> !part.effort().touchesHeap())
                        .map(part -> part.workload().name()))
                .containsExactly("access-sequential", "access-random", "copy", "copy-foreign", "search", "text-write");
    }

    static List<Workload> table() {
        return Workloads.ALL;
    }

    /** A misspelt parameter would be ignored by JMH, and the rows would all be the same. */
    @ParameterizedTest
    @MethodSource("table")
    void table_namesMethodsAndParametersThatExist(Workload workload) {
        for (String operation : workload.operations()) {
            Set<String> expected = new TreeSet<>(workload.parameters().keySet());
            expected.remove(Workload.OPERATION);
            expected.add("allocator");
            assertThat(Declared.parameters(workload, operation)).containsAll(expected);
        }
        if (!workload.control().isEmpty()) {
            assertThat(Declared.parameters(workload, workload.control())).doesNotContain("allocator");
        }
    }
}
