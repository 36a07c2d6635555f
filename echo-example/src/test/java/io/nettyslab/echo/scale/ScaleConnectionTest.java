package io.nettyslab.echo.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the client does with right and wrong answers. */
class ScaleConnectionTest {

    private static final Duration AT_ONCE = Duration.ZERO;

    private final Pulse.Results results = new Pulse.Results();
    private final EmbeddedChannel channel = new EmbeddedChannel(new ScaleConnection(results, 7));
    private final Pulse pulse = new Pulse(1, 2, 100);

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    private ByteBuf sent() {
        return channel.readOutbound();
    }

    @Test
    void pulse_everyMessageComesBack_isDone() throws Exception {
        channel.pipeline().fireUserEventTriggered(pulse);
        ByteBuf first = sent();
        assertThat(first.readableBytes()).isEqualTo(100);
        channel.writeInbound(first.readRetainedSlice(1), first); // in two parts
        assertThat(pulse.await(AT_ONCE)).isEqualTo(1);
        channel.writeInbound(sent());

        assertThat(pulse.await(AT_ONCE)).isZero();
        assertThat(results.errors()).isZero();
        assertThat(results.takeLatency().getTotalCount()).isEqualTo(2);
        assertThat(sent()).isNull();
    }

    @Test
    void pulse_wrongByte_isAnErrorAndEndsIt() throws Exception {
        channel.pipeline().fireUserEventTriggered(pulse);
        ByteBuf answer = sent();
        channel.writeInbound(answer.setByte(3, answer.getByte(3) ^ 1));

        assertThat(pulse.await(AT_ONCE)).isZero();
        assertThat(results.errors()).isEqualTo(1);
        assertThat(results.firstError()).isEqualTo("connection 7: wrong byte at offset 3");
    }

    @Test
    void pulse_moreThanWasSent_isAnError() {
        channel.pipeline().fireUserEventTriggered(pulse);
        channel.writeInbound(sent(), Unpooled.buffer().writeZero(101));

        assertThat(results.firstError()).contains("more bytes");
    }

    @Test
    void pulse_connectionClosed_isOneErrorAndEndsIt() throws Exception {
        channel.pipeline().fireUserEventTriggered(pulse);
        channel.close();

        assertThat(pulse.await(AT_ONCE)).isZero();
        assertThat(results.errors()).isEqualTo(1);
        assertThat(results.firstError()).contains("closed by the server");
    }

    @Test
    void half_sendsAPart_andReadsNoMore() {
        channel.pipeline().fireUserEventTriggered(new Pulse.Half(50));

        assertThat(sent().release()).isTrue();
        assertThat(channel.config().isAutoRead()).isFalse();
    }
}
