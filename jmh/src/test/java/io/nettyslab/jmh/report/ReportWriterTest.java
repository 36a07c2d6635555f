package io.nettyslab.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nettyslab.jmh.results.BadInput;
import io.nettyslab.jmh.results.ResultsFolder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On results made up by hand, with misses, gaps, and a benchmark that nobody knows. */
class ReportWriterTest {

    private static final Pattern IMAGE = Pattern.compile("src=\"([^\"]+)\"");

    @TempDir
    private static Path temp;

    private static String page;

    @BeforeAll
    static void write() throws IOException {
        Path report = ReportWriter.write(
                List.of(fixture("jdk25-zgc"), fixture("jdk17-g1")), temp.resolve("one"), section -> {});
        page = Files.readString(report);
    }

    @Test
    void page_countsEveryRow() {
        assertThat(page)
                .contains("**10 rows judged: 4 miss the target, 1 of them slower than a rival; 0 behind, 1 even;"
                        + " 5 met it.");
    }

    @Test
    void page_hasLossesBeforeEverythingElse() {
        assertThat(page.indexOf("## Where it loses"))
                .isPositive()
                .isLessThan(page.indexOf("## Even"))
                .isLessThan(page.indexOf("## Allocate and release"));
        assertThat(section("Where it loses or misses its target").lines().filter(line -> line.startsWith("| ")))
                .satisfiesExactly(
                        head -> assertThat(head).contains("verdict"),
                        rule -> assertThat(rule).contains("---"),
                        slower -> assertThat(slower).contains("retainedSlice, direct", "0.83×", "**slower**"),
                        worst -> assertThat(worst).contains("heap", "≤ 1,000 ns", "1,500", "**missed**"),
                        next -> assertThat(next).contains("64 B, heap", "1.50×", "≥ 1.8×", "**missed**"),
                        garbage -> assertThat(garbage).contains("64 B, direct", "**missed**, garbage", "24.0 / 0 / 0"));
    }

    /** It would else be the best rival of both rows, and change their verdicts. */
    @Test
    void page_comparesAnotherAllocatorByItself() {
        String section = section("Against another allocator");
        assertThat(section)
                .contains("2 rows judged: 1 miss")
                .contains("| slab | other | ratio |")
                .contains("garbage, B: slab / other |");
        assertThat(section.lines().filter(line -> line.startsWith("| ") && line.contains("×")))
                .satisfiesExactly(
                        slower -> assertThat(slower).contains("retainedSlice, heap", "0.92×", "**slower**"),
                        met -> assertThat(met).contains("web, direct", "2.60×", "≥ 2.5×", "| met |"));
    }

    @Test
    void page_namesEvenRowsAndMissingOnes() {
        assertThat(section("Even")).contains("retainedSlice, heap", "1.01×", "| even |");
        assertThat(section("Not measured"))
                .contains("- Churn, 1,024 live (JDK 17, G1): 9 rows") // one of them lacks a rival only
                .contains("- Churn on 1,000 virtual threads (JDK 25, ZGC): 2 rows")
                .doesNotContain("virtual threads (JDK 17, G1)");
    }

    @Test
    void page_namesWhatBelongsToNoRow() {
        assertThat(page).contains("## Measured on JDK 17, G1, but in no row of the table");
        assertThat(page).contains("- `FutureBenchmark.dance {allocator=slab}`");
    }

    @Test
    void page_statesTheRatioWithAndWithoutTheHandOver() {
        assertThat(section("Release on another thread")).contains("| 4.00× (2.50× with the hand-over) |");
    }

    @Test
    void page_saysWhereItComesFrom() {
        assertThat(section("Where and how it was measured"))
                .contains("| commit | 0123456789abcdef0123456789abcdef01234567 | unknown, no header |")
                .contains("| sources | 2 files differ from the commit |")
                .contains("| trials without result | 1 |")
                .contains("| churn | 2026-11-21T10:02:00Z | 61 | 6 | 1.10 | 1.40 |");
    }

    @Test
    void page_showsPicturesThatAreThere_andAllThatAreThere() throws IOException {
        List<String> shown =
                IMAGE.matcher(page).results().map(result -> result.group(1)).toList();
        try (Stream<Path> files = Files.list(temp.resolve("one/charts"))) {
            assertThat(files.map(file -> "charts/" + file.getFileName())).containsExactlyInAnyOrderElementsOf(shown);
        }
        for (String path : shown) {
            BufferedImage image = ImageIO.read(temp.resolve("one").resolve(path).toFile());
            assertThat(image.getWidth()).isGreaterThanOrEqualTo(2 * ChartStyle.WIDTH);
        }
    }

    @Test
    void losses_areRed() throws IOException {
        BufferedImage misses =
                ImageIO.read(temp.resolve("one/charts/misses.png").toFile());
        int red = ChartStyle.of(Verdict.SLOWER).getRGB();
        int[] pixels = misses.getRGB(0, 0, misses.getWidth(), misses.getHeight(), null, 0, misses.getWidth());
        assertThat(Arrays.stream(pixels).filter(pixel -> pixel == red)).hasSizeGreaterThan(1000);
    }

    @Test
    void write_givesTheSameBytesAgain_andForgetsOldCharts() throws IOException {
        Path again = temp.resolve("two");
        Files.createDirectories(again.resolve("charts"));
        Files.writeString(again.resolve("charts/ratio-old.png"), "of a row that is no more");
        Files.writeString(again.resolve("charts/mine.png"), "of somebody else");

        Path report = ReportWriter.write(List.of(fixture("jdk17-g1"), fixture("jdk25-zgc")), again, section -> {});

        assertThat(Files.readString(report)).isEqualTo(page.replaceFirst(": one", ": two"));
        assertThat(again.resolve("charts/ratio-old.png")).doesNotExist();
        assertThat(again.resolve("charts/mine.png")).exists();
        assertThat(again.resolve("charts/misses.png")).hasSameBinaryContentAs(temp.resolve("one/charts/misses.png"));
    }

    @Test
    void write_refusesTwoFoldersOfOneKind() {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> ReportWriter.write(
                        List.of(fixture("jdk17-g1"), fixture("jdk17-g1")), temp.resolve("three"), section -> {}))
                .withMessageContaining("jdk17-g1")
                .withMessageContaining("one for JDK 17, G1");
    }

    @Test
    void write_touchesNothingWhereSomebodyElsesReportIs() throws IOException {
        Path theirs = Files.createDirectories(temp.resolve("theirs"));
        Files.writeString(theirs.resolve("report.md"), "mine");
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> ReportWriter.write(List.of(fixture("jdk17-g1")), theirs, section -> {}))
                .withMessageContaining("--into: " + theirs.resolve("report.md"));
        assertThat(theirs.resolve("report.md")).hasContent("mine");
        assertThat(theirs.resolve("charts")).doesNotExist();
    }

    @Test
    void write_tellsOfEachSection() throws IOException {
        List<String> begun = new ArrayList<>();
        ReportWriter.write(List.of(fixture("jdk17-g1")), temp.resolve("told"), begun::add);
        assertThat(begun).hasSize(ReportWriter.SECTIONS).startsWith("At a glance");
    }

    private static String section(String title) {
        int begin = page.indexOf("## " + title);
        assertThat(begin).as(title).isNotNegative();
        int end = page.indexOf("\n## ", begin);
        return page.substring(begin, end < 0 ? page.length() : end);
    }

    static ResultsFolder fixture(String name) {
        try {
            return new ResultsFolder(
                    Path.of(ReportWriterTest.class.getResource(name).toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
