package io.nettyslab.echo.net;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.SlabByteBufAllocatorBuilder;
import java.util.Locale;

/** The allocators that can serve the example: ours and Netty's three. All of them hand out direct buffers. */
public enum AllocatorKind {
    /** This project's allocator. */
    SLAB {
        @Override
        ByteBufAllocator newAllocator(SlabSettings settings) {
            SlabByteBufAllocatorBuilder builder = SlabByteBufAllocator.builder().preferDirect(true);
            if (settings.slabSize() != null) {
                builder.slabSize(settings.slabSize());
            }
            if (settings.maxMemory() != null) {
                builder.maxMemory(settings.maxMemory());
            }
            if (settings.overflow() != null) {
                builder.overflowPolicy(settings.overflow());
            }
            return builder.build();
        }
    },

    /** Netty's arena allocator, its default until 4.1. */
    POOLED {
        @Override
        ByteBufAllocator newAllocator(SlabSettings settings) {
            return new PooledByteBufAllocator(true);
        }
    },

    /** Netty's default since 4.2. */
    ADAPTIVE {
        @Override
        ByteBufAllocator newAllocator(SlabSettings settings) {
            return new AdaptiveByteBufAllocator(true);
        }
    },

    /** No pool: memory from the system for each buffer. */
    UNPOOLED {
        @Override
        ByteBufAllocator newAllocator(SlabSettings settings) {
            return new UnpooledByteBufAllocator(true);
        }
    };

    abstract ByteBufAllocator newAllocator(SlabSettings settings);

    /**
     * Makes a new allocator, so that its figures belong to one run alone.
     *
     * @param settings used by {@link #SLAB} only
     * @return a new allocator
     * @throws IllegalArgumentException if the slab allocator refuses the settings
     */
    public EchoAllocator create(SlabSettings settings) {
        return new EchoAllocator(this, newAllocator(settings));
    }

    public EchoAllocator create() {
        return create(SlabSettings.DEFAULTS);
    }

    /** The name as it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
