package io.nettyslab.jmh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchmarksMainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | Missing command: run, report",
                "run huge | expected one of [quick, standard, full]",
                "run --gc cms | expected one of [g1, parallel, zgc]",
                "run --only churn,soup | --only: soup (expected: allocate, churn,",
                "run --minutes -1 | --minutes: -1 (expected: 0 to 1440)",
                "run --minutes soon | --minutes",
                "run --jvm no/such/java | --jvm: no/such/java (expected: the java of a JDK 17 or newer",
                "run --other no.such.Allocator | --other: no.such.Allocator (expected: a class on the class path",
                "run --other java.lang.String | --other: java.lang.String (expected: a class on the class path",
                "run --fast | --fast",
                "report | folder",
                "report no/such/folder | folder: no/such/folder (expected: results.json",
            })
    void wrongUsage_exits2_andSaysWhatIsWrong(String arguments, String message) {
        int exitCode = execute(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void report_refusesResultsThatJmhDidNotWrite(@TempDir Path temp) throws IOException {
        Files.writeString(temp.resolve("results.json"), "{}");

        assertThat(execute("report", temp.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("results.json").doesNotContain("\tat ");
        assertThat(temp.resolve("report.md")).doesNotExist();
        assertThat(temp.resolve("charts")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "run --help", "report --help"})
    void help_goesToStandardOutput(String arguments) {
        assertThat(execute(arguments.split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: benchmarks");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void plan_listsWorkloadsAndTime_andMeasuresNothing(@TempDir Path temp) {
        int exitCode = execute("run", "quick", "--plan", "--only", "churn", "--into", temp.toString());

        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("Churn, 1,024 live", "by estimate");
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void only_whatThisJdkCannotRun_isRefused() {
        assertThat(execute("run", "standard", "--plan", "--only", "churn-virtual"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--only: churn-virtual (expected: something that JDK");
    }

    private int execute(String... arguments) {
        CommandLine line = BenchmarksMain.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
