package io.nettyslab.echo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.util.ResourceLeakDetector;
import io.nettyslab.SlabByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Netty's own decoder, fed a retained view, as with io_uring's buffer rings. */
class HeldFrameTest {

    private static final int FRAME = 150;

    private final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();

    /** Buffers that a leak tracker watches share one count with all their views: nothing could go wrong. */
    @BeforeEach
    void watchNothing() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void watchAgain() {
        ResourceLeakDetector.setLevel(before);
    }

    /** Forbidden: that the decoder, to make room, moves what it has left over a frame that somebody holds. */
    @Test
    void decode_retainedView_leavesFramesAlone() {
        try (SlabByteBufAllocator allocator = new SlabByteBufAllocator()) {
            EmbeddedChannel channel = new EmbeddedChannel(new LengthFieldBasedFrameDecoder(1024, 0, 4, 0, 4));
            ByteBuf read = allocator.directBuffer(256, 256).writeInt(FRAME).writeZero(FRAME);
            read.writeInt(FRAME).writeInt(-1); // the beginning of the next one, to be moved
            ByteBuf view = read.retainedDuplicate();
            read.release();

            channel.writeInbound(view);
            ByteBuf held = channel.readInbound();
            channel.writeInbound(allocator.directBuffer(16).writeInt(-1));
            channel.pipeline().fireChannelReadComplete();

            for (int i = 0; i < FRAME; i++) {
                assertThat(held.getByte(i)).as("byte %d", i).isZero();
            }
            held.release();
            channel.finishAndReleaseAll();
            assertThat(allocator.metric().buffersInUse()).isZero();
        }
    }
}
