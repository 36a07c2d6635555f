package io.nettyslab.echo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nettyslab.echo.testing.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real processes at small size: that they start, talk, see what they should, and end. */
class ScaleCommandTest {

    @TempDir
    private Path dir;

    @Test
    void scale_fewConnections_allServedAndNothingHeld() throws Exception {
        Path json = dir.resolve("scale.json");
        CommandRun run = CommandRun.of(
                "scale",
                "--connections",
                "130",
                "--half-open",
                "20",
                "--messages",
                "2",
                "--event-loops",
                "1",
                "--json",
                json.toString());

        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
        assertThat(run.out())
                .containsPattern("all idle +130 +0 +0 +0 B ")
                .containsPattern("half-open: 20 +130 +0 +0 +0 B ")
                .containsPattern("half-open vanished +110 +20 +0 +0 B ")
                .containsPattern("the steady client alone +110 +220 +220 ")
                .containsPattern("errors +0\n");
        JsonNode document = new ObjectMapper().readTree(Files.readString(json));
        assertThat(document.get("errors").asInt()).isZero();
        assertThat(document.get("heapBytesPerConnection").isNumber()).isTrue();
        assertThat(document.get("server")).hasSize(6);
    }

    @Test
    void embedded_fewChannels_aLineForEach_andAPicture() throws Exception {
        Path chart = dir.resolve("scale.png");
        CommandRun run = CommandRun.of(
                "scale",
                "--embedded",
                "10,1000",
                "--allocator",
                "slab",
                "--duration",
                "10ms",
                "--chart",
                chart.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).containsPattern("slab +10 +\\d+").containsPattern("slab +1,000 +\\d+");
        assertThat(ImageIO.read(chart.toFile()).getWidth()).isEqualTo(900);
    }

    @Test
    void scale_timeIsOver_exits1_andSaysSo() {
        CommandRun run = CommandRun.of("scale", "--connections", "10", "--time-limit", "50ms");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("error: not done after").contains("--time-limit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--connections 1 | --connections: 1 (expected: 2 to 1,000,000)",
                "--connections many | --connections",
                "--half-open 20 --connections 20 | --half-open: 20 (expected: 0 to 19)",
                "--messages 0 | --messages: 0",
                "--message-size 1 | --message-size: 1",
                "--message-size 65k | --message-size: 66,560",
                "--allocator slab,pooled | --allocator: [slab, pooled] (expected: one, without --embedded)",
                "--transport smoke | nio, epoll, io_uring",
                "--read-buffer 0 | --read-buffer: 0 (expected: 1 to 16,777,216)",
                "--embedded 1 --read-buffer 5 | --read-buffer is not for --embedded",
                "--time-limit 0s | --time-limit: 0s (expected: up to 1h)",
                "--json - | --json: - (expected: a file)",
                "--embedded 1 --chart x.svg | --chart: x.svg (expected: a file that ends in .png)",
                "--chart x.png | --chart belongs to --embedded",
                "--duration 1s | --duration belongs to --embedded",
                "--embedded 1 --messages 2 | --messages is not for --embedded",
                "--embedded 1 --transport nio | --transport is not for --embedded",
                "--embedded 0 | --embedded: 0 (expected: 1 to 1,000,000)",
                "--embedded 1,1000001 | --embedded: 1,000,001",
                "--embedded 1 --duration 0s | --duration",
            })
    void wrongUsage_exits2_andSaysWhatIsWrong(String arguments, String message) {
        CommandRun run = CommandRun.of(("scale " + arguments).split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }
}
