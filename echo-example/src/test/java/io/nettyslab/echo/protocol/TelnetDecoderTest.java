package io.nettyslab.echo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.nettyslab.SlabByteBufAllocator;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelnetDecoderTest {

    private static final String OFFER = "fffb01fffb03"; // will echo, will suppress go-ahead

    private final SlabByteBufAllocator slabs =
            SlabByteBufAllocator.builder().maxMemory(4L << 20).slabSize(1 << 20).build();
    private final TelnetDecoder telnet = new TelnetDecoder();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    TelnetDecoderTest() {
        channel.config().setAllocator(slabs);
        channel.pipeline().addLast(telnet);
        channel.pipeline().fireChannelActive();
    }

    @AfterEach
    void nothingIsLeft() {
        channel.finishAndReleaseAll();
        assertThat(slabs.metric().buffersInUse()).isZero();
        slabs.close();
    }

    private void read(String hex) {
        channel.writeInbound(slabs.directBuffer().writeBytes(HexFormat.of().parseHex(hex)));
        channel.flushOutbound();
    }

    private String typed() {
        return collect(true);
    }

    private String answered() {
        return collect(false);
    }

    private String collect(boolean inbound) {
        StringBuilder hex = new StringBuilder();
        for (ByteBuf b = next(inbound); b != null; b = next(inbound)) {
            hex.append(ByteBufUtil.hexDump(b));
            b.release();
        }
        return hex.toString();
    }

    private ByteBuf next(boolean inbound) {
        return inbound ? channel.readInbound() : channel.readOutbound();
    }

    @Test
    void connect_offersEchoAndSuppressGoAhead() {
        assertThat(answered()).isEqualTo(OFFER);
    }

    /** What comes in, what is typed by it, what is answered to it. */
    @ParameterizedTest
    @CsvSource({
        "6869, 6869, ''",
        "fffd01fffd03, '', ''", // do echo, do suppress go-ahead: confirms the offer
        "fffe01, '', fffc01", // don't echo: won't
        "fffe01fffe01, '', fffc01", // said once
        "fffe01fffd01, '', fffc01fffb01", // don't, then do again: will
        "fffd18, '', fffc18", // do terminal type: won't
        "fffd05fffd21, '', fffc05fffc21",
        "fffb18, '', fffe18", // will terminal type: don't
        "fffb03, '', fffe03",
        "fffc18fffe18, '', ''", // won't and don't what is off anyway
        "61fffa1f0050ffff18fff062, 6162, ''", // subnegotiation with an escaped 255 in it
        "61ffff62, 61ff62, ''", // an escaped 255
        "61fff1fff9fff262, 6162, ''", // no-operation, go-ahead, data mark
        "61fff7, 6108, ''", // erase character
        "61fff8, 6115, ''", // erase line
        "61fff4, 6115, ''", // interrupt
        "61fff662, 6162, 0d0a5b7965735d0d0a", // are you there
    })
    void commands_areTakenOutAndAnswered(String in, String data, String answers) {
        assertThat(answered()).isEqualTo(OFFER);

        read(in);

        assertThat(typed()).isEqualTo(data);
        assertThat(answered()).isEqualTo(answers);
    }

    @Test
    void commands_splitAnywhere_meanTheSame() {
        assertThat(answered()).isEqualTo(OFFER);
        String all = "61fffd1862fffa180001ffff02fff063ffff64fff6fffb1f65";
        for (int cut = 2; cut < all.length(); cut += 2) {
            read(all.substring(0, cut));
            read(all.substring(cut));

            assertThat(typed()).as("cut at %d", cut / 2).isEqualTo("616263ff6465");
            assertThat(answered()).as("cut at %d", cut / 2).isEqualTo("fffc18" + "0d0a5b7965735d0d0a" + "fffe1f");
        }
    }

    @Test
    void dontEcho_leavesShowingToTheClient() {
        assertThat(telnet.echoes()).isTrue();
        read("fffe01");
        assertThat(telnet.echoes()).isFalse();
        read("fffd01");
        assertThat(telnet.echoes()).isTrue();
    }

    @Test
    void subnegotiationWithoutEnd_holdsNothing() {
        read("fffa18");
        for (int i = 0; i < 1000; i++) {
            read("00112233445566778899");
        }

        answered();
        assertThat(typed()).isEmpty();
        assertThat(slabs.metric().buffersInUse()).isZero();
    }
}
