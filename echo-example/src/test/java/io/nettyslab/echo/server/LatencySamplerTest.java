package io.nettyslab.echo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatencySamplerTest {

    private final LatencySampler latency = new LatencySampler();
    private final EmbeddedChannel channel =
            new EmbeddedChannel(new TrafficHandler(new TrafficCounters(), latency, buffer -> false));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private static ByteBuf bytes() {
        return Unpooled.copyInt(1);
    }

    private void read() {
        channel.writeInbound(bytes());
    }

    private void writeVoid() {
        channel.writeOneOutbound(bytes(), channel.voidPromise());
    }

    private long samples() {
        return latency.take(null).getTotalCount();
    }

    @Test
    void nobodyAsks_nothingIsTimed() {
        read();
        writeVoid();
        channel.flushOutbound();

        assertThat(samples()).isZero();
    }

    @Test
    void eachQuestion_timesOneEcho_whenItsWriteIsDone() {
        latency.want();
        latency.want(); // not answered yet, so this is the same question
        for (int i = 0; i < 3; i++) {
            read();
            writeVoid();
        }
        assertThat(samples()).isZero();

        channel.flushOutbound();
        assertThat(samples()).isEqualTo(1);

        latency.want();
        read();
        channel.writeOutbound(bytes());
        assertThat(samples()).isEqualTo(1);
    }

    @Test
    void emptyWrite_answersNothing() {
        latency.want();
        read();
        channel.writeOutbound(Unpooled.EMPTY_BUFFER);
        assertThat(samples()).isZero();

        channel.writeOutbound(bytes());
        assertThat(samples()).isEqualTo(1);
    }

    @Test
    void failedWrite_isNoSample() {
        latency.want();
        read();
        ChannelFuture written = channel.writeOneOutbound(bytes(), channel.newPromise());
        channel.close();

        assertThat(written.isSuccess()).isFalse();
        assertThat(samples()).isZero();
    }
}
