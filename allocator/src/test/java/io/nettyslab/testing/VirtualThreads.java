package io.nettyslab.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.concurrent.ThreadFactory;

/** Virtual threads, by reflection, since the tests are compiled for JDK 17. */
public final class VirtualThreads {

    private VirtualThreads() {}

    /** Returns a maker of virtual threads; on a JDK without them the test is skipped. */
    public static ThreadFactory factory() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder")
                    .getMethod("factory")
                    .invoke(builder);
        } catch (ReflectiveOperationException e) {
            return abort("this JDK has no virtual threads");
        }
    }
}
