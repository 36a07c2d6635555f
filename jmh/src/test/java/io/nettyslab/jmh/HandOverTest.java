package io.nettyslab.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandOverTest {

    private static final int CAPACITY = 64;

    /** More than the queues hold, so that the sender has to wait. */
    private static final int BUFFERS = 100 * CAPACITY;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void close_returnsWhenEverythingSentWasReleased(int receivers) throws InterruptedException {
        List<ByteBuf> sent = new ArrayList<>();
        HandOver line = new HandOver(receivers, CAPACITY);
        for (int i = 0; i < BUFFERS; i++) {
            ByteBuf buffer = Unpooled.buffer(1);
            sent.add(buffer);
            line.send(buffer);
        }
        line.close();
        line.close();
        assertThat(sent).allMatch(buffer -> buffer.refCnt() == 0);
    }

    @Test
    void send_reportsAReceiverThatFailedInsteadOfWaitingForIt() {
        ByteBuf released = Unpooled.buffer(1);
        released.release();
        HandOver line = new HandOver(1, CAPACITY);
        assertThatIllegalStateException()
                .isThrownBy(() -> {
                    for (int i = 0; i < BUFFERS; i++) {
                        line.send(released);
                    }
                })
                .withMessage("a receiver failed");
        assertThatIllegalStateException().isThrownBy(line::close);
    }
}
