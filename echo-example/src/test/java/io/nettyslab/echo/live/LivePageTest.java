package io.nettyslab.echo.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.nettyslab.echo.net.AllocatorKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser; it notes in attributes of its body what it has drawn. */
class LivePageTest {

    private static Chromium.Result open(RunningPage page, Path folder, String... flags) throws Exception {
        await().until(() -> page.get("/live.json").body().contains("\"sequence\""));
        Chromium.Result result = Chromium.open(page.uri("/"), folder, flags);
        assertThat(result.log()).doesNotContain("CONSOLE");
        assertThat(result.dom()).contains("data-errors=\"0\"", ">live</p>");
        return result;
    }

    @ParameterizedTest
    @CsvSource({"light, 1", "dark, 0"})
    void slabs_chartsAndPictureAreDrawn(String name, int scheme, @TempDir Path folder) throws Exception {
        List<ByteBuf> held = new ArrayList<>();
        try (RunningPage page = new RunningPage(AllocatorKind.SLAB)) {
            for (int size : new int[] {20, 600, 1024, 70_000, 500_000, 500_000}) {
                held.add(page.allocator.allocator().directBuffer(size, size));
            }
            int slabs = page.allocator.slabMetric().orElseThrow().directSlabs();
            assertThat(slabs).isGreaterThan(1);

            Chromium.Result result = open(page, folder, "--blink-settings=preferredColorScheme=" + scheme);

            assertThat(result.dom())
                    .contains("data-charts=\"6\"", "data-slabs=\"" + slabs + "\"", "data-spans=\"6\"")
                    .contains("direct slab 0", "<li>slab allocator</li>", "<li>a note</li>")
                    .contains(">32 B<", ">672 B<", ">1 KiB<", ">72 KiB<", ">512 KiB<");
        } finally {
            held.forEach(ByteBuf::release);
        }
    }

    @Test
    void otherAllocator_saysSo(@TempDir Path folder) throws Exception {
        try (RunningPage page = new RunningPage(AllocatorKind.POOLED)) {
            Chromium.Result result = open(page, folder);

            assertThat(result.dom())
                    .contains("data-charts=\"5\"", "data-slabs=\"none\"")
                    .contains("runs on Netty's pooled allocator, which has no slabs to draw");
        }
    }
}
