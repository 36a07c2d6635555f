package io.nettyslab.comparison;

import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.testing.LeakLevel;

/** The same, fewer, on buffers in the wrapper that records every access: both sides wear it. */
@LeakLevel(Level.PARANOID)
class LeakWrappedRandomOperationsTest extends RandomOperationsTest {

    @Override
    int divisor() {
        return 10;
    }
}
