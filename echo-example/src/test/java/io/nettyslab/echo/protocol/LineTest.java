package io.nettyslab.echo.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.nettyslab.SlabByteBufAllocator;
import java.nio.charset.Charset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in, screen out. */
class LineTest {

    private static final int MAX_LINE = 100;
    private static final String RUBOUT = "\b \b";

    private final SlabByteBufAllocator slabs =
            SlabByteBufAllocator.builder().maxMemory(4L << 20).slabSize(1 << 20).build();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    LineTest() {
        channel.config().setAllocator(slabs);
        TelnetDecoder telnet = new TelnetDecoder();
        LineEditor editor = new LineEditor(telnet, MAX_LINE);
        channel.pipeline().addLast(telnet, editor, new LineReply(7, editor));
    }

    @AfterEach
    void nothingIsLeft() {
        channel.finishAndReleaseAll();
        assertThat(slabs.metric().buffersInUse()).isZero();
        slabs.close();
    }

    private String type(String keys) {
        return type(keys, UTF_8);
    }

    private String type(String keys, Charset charset) {
        channel.writeInbound(slabs.directBuffer().writeBytes(keys.getBytes(charset)));
        channel.flushOutbound();
        StringBuilder screen = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            screen.append(part.toString(charset));
            part.release();
        }
        return screen.toString();
    }

    @Test
    void connect_offersAndGreets() {
        channel.pipeline().fireChannelActive();

        assertThat(type("", ISO_8859_1))
                .startsWith("\u00ff\u00fb\u0001\u00ff\u00fb\u0003echo-example, session 7.")
                .endsWith("\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r\0", "\n", "\r"})
    void line_isShownAndAnswered_howeverItEnds(String end) {
        assertThat(type("hello" + end)).isEqualTo("hello\r\nsession 7 line 1: hello\r\n");
        assertThat(type("you" + end)).isEqualTo("you\r\nsession 7 line 2: you\r\n");
    }

    @Test
    void lineEnd_splitOverReads_isOne() {
        assertThat(type("a\r")).isEqualTo("a\r\nsession 7 line 1: a\r\n");
        assertThat(type("\n")).isEmpty();
        assertThat(type("b\r")).isEqualTo("b\r\nsession 7 line 2: b\r\n");
        assertThat(type("\0c\n")).isEqualTo("c\r\nsession 7 line 3: c\r\n");
        assertThat(type("\n")).isEqualTo("\r\nsession 7 line 4: \r\n");
    }

    @Test
    void severalLinesInOneRead_areAnsweredEach() {
        assertThat(type("a\nb\r\n\nc"))
                .isEqualTo("a\r\nsession 7 line 1: a\r\nb\r\nsession 7 line 2: b\r\n\r\nsession 7 line 3: \r\nc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\b", "\u007f"})
    void backspace_takesBack_andNeverPassesTheStart(String backspace) {
        assertThat(type("ab" + backspace)).isEqualTo("ab" + RUBOUT);
        assertThat(type(backspace.repeat(5))).isEqualTo(RUBOUT);
        assertThat(slabs.metric().buffersInUse()).isZero();
        assertThat(type("c\n")).isEqualTo("c\r\nsession 7 line 1: c\r\n");
    }

    @Test
    void backspace_takesBackWholeCharacters() {
        assertThat(type("a\u00e4\u20ac\ud83d\ude00\b\b\b!\n"))
                .isEqualTo("a\u00e4\u20ac\ud83d\ude00" + RUBOUT.repeat(3) + "!\r\nsession 7 line 1: a!\r\n");
    }

    @Test
    void eraseLine_takesBackAll() {
        assertThat(type("abc\u0015d\n")).isEqualTo("abc" + RUBOUT.repeat(3) + "d\r\nsession 7 line 1: d\r\n");
    }

    @Test
    void otherControlKeys_areIgnored_exceptTab() {
        assertThat(type("\u0001a\u001b\tb\n")).isEqualTo("a b\r\nsession 7 line 1: a\tb\r\n");
    }

    @Test
    void secure_hidesTheNextLineOnly() {
        assertThat(type("secure\np\u00e4ss\b\bx\nseen\n"))
                .isEqualTo("secure\r\nsession 7 line 1: the next line stays hidden\r\n"
                        + "****" + RUBOUT.repeat(2) + "*\r\nsession 7 line 2: ***\r\n"
                        + "seen\r\nsession 7 line 3: seen\r\n");
    }

    @Test
    void secure_hidesCommandsToo() {
        assertThat(type("secure\nquit\nx\n")).endsWith("session 7 line 2: ****\r\nx\r\nsession 7 line 3: x\r\n");
    }

    @Test
    void quit_saysGoodbye_andTakesNothingMore() {
        assertThat(type("quit\nmore\n")).isEqualTo("quit\r\nsession 7 line 1: bye\r\n");
        assertThat(type("more\n")).isEmpty();
    }

    @Test
    void byte255_isEscapedBothWays() {
        assertThat(type("a\u00ff\u00ffb\u00ff\u00ff\n", ISO_8859_1))
                .isEqualTo("a\u00ff\u00ffb\u00ff\u00ff\r\nsession 7 line 1: a\u00ff\u00ffb\u00ff\u00ff\r\n");
    }

    @Test
    void dontEcho_showsNothing_butAnswers() {
        type("\u00ff\u00fe\u0001", ISO_8859_1);

        assertThat(type("ab\bc\n")).isEqualTo("session 7 line 1: ac\r\n");
    }

    @Test
    void longestLine_isAllowed_andOneMoreRefused() {
        String longest = "x".repeat(MAX_LINE);
        assertThat(type(longest + "\n")).isEqualTo(longest + "\r\nsession 7 line 1: " + longest + "\r\n");

        assertThat(type(longest + "y\nz\n"))
                .isEqualTo(longest + "\r\nerror: line: more than 100 bytes (expected: 0 to 100)\r\n");
        assertThat(type("z\n")).isEmpty();
    }

    @Test
    void betweenLines_noBufferIsHeld() {
        type("hello\n");
        assertThat(slabs.metric().buffersInUse()).isZero();
        type("h");
        assertThat(slabs.metric().buffersInUse()).isEqualTo(1);
    }
}
