package io.nettyslab.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** More than 300,000 random calls, side by side. */
@LeakLevel(Level.DISABLED)
class RandomOperationsTest {

    private static final int CALLS_IN_EPISODE = 150;
    private static final int EPISODES_BETWEEN_VISITS = 20; // to the neighbours

    /** Where neighbours are put: at the capacities of roots, and at those they grow to. */
    private static final int[] NEIGHBOURHOODS = {16, 64, 128, 512, 2048, 4096, 8192, 32 << 10, 64 << 10};

    private static Seed seed;

    @TempDir
    Path directory;

    @BeforeAll
    static void printSeed() {
        seed = Seed.of(RandomOperationsTest.class);
    }

    /** By what the number of calls is divided. */
    int divisor() {
        return 1;
    }

    static Stream<Arguments> shapesAndKinds() {
        return Arrays.stream(Shape.values())
                .flatMap(shape -> Arrays.stream(Kind.values()).map(kind -> Arguments.of(shape, kind)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("shapesAndKinds")
    void slabBuffersBehaveAsUnpooledOnes(Shape shape, Kind kind) throws IOException {
        SlabByteBufAllocator allocator = allocatorFor(shape);
        try (Side slab = Side.slab(allocator, directory);
                Side reference = Side.reference(directory)) {
            Neighbours neighbours = Neighbours.around(allocator, kind, NEIGHBOURHOODS);
            for (int episode = 0; episode * CALLS_IN_EPISODE < shape.steps / divisor(); episode++) {
                run(shape, kind, slab, reference, episode);
                if (episode % EPISODES_BETWEEN_VISITS == 0) {
                    neighbours.demandUnharmed();
                }
            }
            neighbours.demandUnharmed();
            neighbours.release();
        }
        assertThat(allocator.metric().buffersInUse()).as(seed.toString()).isZero();
        allocator.close();
    }

    private static void run(Shape shape, Kind kind, Side slab, Side reference, int episode) {
        try {
            SplittableRandom random = seed.random(episode);
            Pair root = shape.root(kind, slab, reference, random);
            new Episode(slab, reference, root, shape.contentEvery, random).run(CALLS_IN_EPISODE);
        } catch (AssertionError e) {
            throw new AssertionError("episode " + episode + " with " + seed + ": " + e.getMessage(), e.getCause());
        }
    }

    private static SlabByteBufAllocator allocatorFor(Shape shape) {
        return SlabByteBufAllocator.builder()
                .slabSize(4 << 20)
                .maxMemory(64 << 20)
                .maxPooledBufferSize(shape == Shape.UNPOOLED ? Shape.MAX_POOLED_BUFFER_SIZE : 4 << 20)
                .build();
    }
}
