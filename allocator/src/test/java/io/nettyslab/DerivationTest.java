package io.nettyslab;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.SwappedByteBuf;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Views of views do not pile up. Follows Netty's {@code ByteBufDerivationTest}, which takes no other buffers. */
@LeakLevel(Level.DISABLED)
@SuppressWarnings("deprecation") // order(): swapped views pile up, too
class DerivationTest {

    private static final int STEPS = 5000;

    private final SlabByteBufAllocator allocator = new SlabByteBufAllocator();

    @AfterEach
    void closeAllocator() {
        allocator.close();
    }

    @ParameterizedTest
    @EnumSource
    void viewsAreOfTheRoot(Kind kind) {
        ByteBuf root = kind.allocate(allocator, 100).setIndex(1, 70);
        assertThat(root.unwrap()).isNull();
        assertThat(root.slice(1, 7).unwrap()).isSameAs(root);
        assertThat(root.slice(1, 7).slice(2, 3).unwrap()).isSameAs(root);
        assertThat(root.duplicate().duplicate().unwrap()).isSameAs(root);
        assertThat(root.duplicate().slice(2, 3).unwrap()).isSameAs(root);
        assertThat(root.retainedSlice(1, 7).unwrap()).isSameAs(root);
        assertThat(root.slice(1, 7).maxCapacity()).isEqualTo(7);
        assertThat(root.order(ByteOrder.LITTLE_ENDIAN).order(ByteOrder.BIG_ENDIAN))
                .isSameAs(root);
        root.release(2);
    }

    @ParameterizedTest
    @EnumSource
    void anyMixtureStaysShallow(Kind kind) {
        ByteBuf root = kind.allocate(allocator, 2 * STEPS);
        ByteBuf view = root;
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < STEPS; i++) {
            view = derive(view, random.nextInt(4));
            assertThat(depth(view)).isLessThanOrEqualTo(3);
        }
        root.release();
    }

    private static ByteBuf derive(ByteBuf view, int choice) {
        return switch (choice) {
            case 0 -> view.slice(1, view.capacity() - 1);
            case 1 -> view.duplicate();
            case 2 -> view.order(view.order() == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            default -> view.asReadOnly();
        };
    }

    private static int depth(ByteBuf view) {
        int depth = 0;
        for (ByteBuf at = view.order(ByteOrder.BIG_ENDIAN);
                at.unwrap() != null || at instanceof SwappedByteBuf;
                depth++) {
            at = at instanceof SwappedByteBuf ? at.order(ByteOrder.BIG_ENDIAN) : at.unwrap();
        }
        return depth;
    }
}
