package io.nettyslab.testing;

import java.util.SplittableRandom;

/**
 * The seed of a random test. Fixed, so that a build is repeatable; {@code -Dnettyslab.test.seed=<number>} replays
 * another one, {@code -Dnettyslab.test.seed=random} draws one. Printed when a test starts and named in its failures.
 */
public final class Seed {

    private static final String PROPERTY = "nettyslab.test.seed";
    private static final long FIXED = 20261120;

    private final long value;

    private Seed(long value) {
        this.value = value;
    }

    /** Returns the seed for this run and prints it, with the name of the test that asks. */
    public static Seed of(Class<?> test) {
        Seed seed = new Seed(chosen());
        System.out.println(test.getSimpleName() + ": " + seed);
        return seed;
    }

    /** Returns a generator that depends on the seed and on {@code stream} alone. */
    public SplittableRandom random(long stream) {
        return new SplittableRandom(value * 0x9E3779B97F4A7C15L + stream);
    }

    private static long chosen() {
        String given = System.getProperty(PROPERTY, Long.toString(FIXED));
        return given.equals("random") ? new SplittableRandom().nextLong() : Long.parseLong(given);
    }

    @Override
    public String toString() {
        return "-D" + PROPERTY + '=' + value;
    }
}
