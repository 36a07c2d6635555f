package io.nettyslab.echo.testing;

import static org.awaitility.Awaitility.await;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** All direct memory of this JVM that anybody counts, however it was taken. */
public final class DirectMemory {

    private DirectMemory() {}

    /**
     * Returns the sum of the JDK's count, which includes the temporary buffers of sockets, and Netty's, which includes
     * memory taken behind the JDK's back. What both count is counted twice, so only differences mean something.
     *
     * @return bytes
     */
    public static long counted() {
        long jdk = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return jdk + Math.max(0, PlatformDependent.usedDirectMemory());
    }

    /**
     * Returns the same when what nobody uses any more has been given back: on newer JDKs, memory of event loops that
     * have ended waits for a collection.
     *
     * @return bytes
     */
    public static long settled() {
        System.gc();
        AtomicLong last = new AtomicLong(-1);
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .during(Duration.ofMillis(200))
                .until(() -> last.getAndSet(counted()) == last.get());
        return last.get();
    }
}
