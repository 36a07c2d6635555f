package io.nettyslab.echo.examples;

import static io.nettyslab.echo.testing.EchoSocket.randomBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.nettyslab.SlabByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each example checks its own bytes and buffers, and throws if anything is wrong. */
class ExamplesTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true);

    @TempDir
    private Path dir;

    @Test
    void blockingSocket_everythingComesBackAndHome() throws Exception {
        BlockingSocket.run(out);

        assertThat(printed.toString())
                .contains("300 messages of 10,000 bytes came back right")
                .contains("601 buffers handed out from slabs, 0 from elsewhere, 0 still out");
    }

    @Test
    void datagrams_everythingComesBackAndHome() throws Exception {
        Datagrams.run(out);

        assertThat(printed.toString())
                .contains("1,000 datagrams came back right")
                .contains("0 from elsewhere, 0 still out");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 3_000_001})
    void fileTransfer_everythingArrivesAndComesHome(int size) throws Exception {
        FileTransfer.run(Files.write(dir.resolve("file"), randomBytes(1, size)), out);

        assertThat(printed.toString())
                .contains(String.format("%,d bytes arrived", size))
                .contains("0 from elsewhere, 0 still out");
    }

    @Test
    void fileTransfer_noSuchFile_fails() {
        assertThatThrownBy(() -> FileTransfer.run(dir.resolve("none"), out)).isInstanceOf(IOException.class);
    }

    @Test
    void cameHome_bufferMissing_fails() {
        try (SlabByteBufAllocator allocator = new SlabByteBufAllocator()) {
            ByteBuf forgotten = allocator.buffer(1);
            assertThatThrownBy(() -> CameHome.report(allocator, out)).hasMessageContaining("1 buffers did not");
            forgotten.release();
        }
    }
}
