package io.nettyslab.jmh;

import java.util.Random;

/**
 * Sequences of request sizes shaped like traffic. Constants are lower case because they are the values of
 * {@code -p mix=}.
 *
 * <p>Sizes are drawn before the measurement, from a fixed seed. {@link Random} and {@link StrictMath} are used because
 * their results are specified bit by bit: every JDK measures the same sequence.
 */
public enum SizeMix {
    /** 16 to 512 bytes, uniform: chat, metrics, small RPC. */
    tiny {
        @Override
        int draw(Random random, int phase) {
            return 16 + random.nextInt(512 - 16 + 1);
        }
    },

    /** Log-normal, median 2 KiB, sigma 1: web requests and responses. */
    web {
        @Override
        int draw(Random random, int phase) {
            double size = StrictMath.exp(LN_WEB_MEDIAN + random.nextGaussian());
            return (int) Math.max(16, Math.min(256 * KIB, size));
        }
    },

    /** Half TLS records (16 KiB and up to 512 bytes of header), half socket reads of 16 to 64 KiB: a proxy. */
    proxy {
        @Override
        int draw(Random random, int phase) {
            int beyond = random.nextBoolean() ? 512 : 48 * KIB;
            return 16 * KIB + 1 + random.nextInt(beyond);
        }
    },

    /** Log-uniform from 1 byte to 1 MiB: every size class equally often, so no cache stays warm. */
    loguniform {
        @Override
        int draw(Random random, int phase) {
            return (int) StrictMath.pow(2, 20 * random.nextDouble());
        }
    },

    /** Phases of 512 bytes alternate with phases of 8 to 12 KiB: memory of one size must become the other's. */
    shifting {
        @Override
        int draw(Random random, int phase) {
            return (phase & 1) == 0 ? 512 : 8 * KIB + random.nextInt(4 * KIB + 1);
        }
    };

    private static final int KIB = 1 << 10;
    private static final double LN_WEB_MEDIAN = StrictMath.log(2 * KIB);

    abstract int draw(Random random, int phase);

    /**
     * Draws a sequence of sizes.
     *
     * @param length number of sizes
     * @param phaseLength how many sizes are drawn before the mix may change its character
     * @param seed same seed, same sequence
     */
    int[] sizes(int length, int phaseLength, long seed) {
        Random random = new Random(seed);
        int[] sizes = new int[length];
        for (int i = 0; i < length; i++) {
            sizes[i] = draw(random, i / phaseLength);
        }
        return sizes;
    }
}
