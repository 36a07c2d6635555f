package io.nettyslab.echo.live;

/**
 * What a server did in one interval, and how it stood at its end; a point of each chart. What the allocator does not
 * tell, or what did not happen, is {@code null}.
 *
 * @param sequence counts samples, from 1
 * @param time end of the interval, in milliseconds since 1970
 * @param connections open now
 * @param bytesReadPerSecond received
 * @param bytesWrittenPerSecond handed to the transport
 * @param latencyP50Nanos median latency of the last seconds, see {@link LatencyWindow}
 * @param latencyP99Nanos 99th percentile of the same
 * @param bytesInUse memory of the buffers handed out
 * @param spanBytes memory in spans and large buffers, in use or not
 * @param reservedBytes memory taken from the system
 * @param unpooledBytes memory outside the slabs, handed out
 * @param buffersInUse buffers handed out
 * @param allocationsPerSecond buffers handed out by slabs, and unpooled ones
 * @param unpooledAllocations unpooled buffers handed out since the start
 * @param failedAllocations requests refused since the start
 * @param errors connections that broke since the start
 * @param collections garbage collections in this interval
 * @param collectionMillis time spent in them
 * @param totalCollections garbage collections since the start of the JVM
 * @param cpu processor cores kept busy in this interval, 1.0 is one core
 */
record Sample(
        long sequence,
        long time,
        long connections,
        double bytesReadPerSecond,
        double bytesWrittenPerSecond,
        Long latencyP50Nanos,
        Long latencyP99Nanos,
        Long bytesInUse,
        Long spanBytes,
        long reservedBytes,
        Long unpooledBytes,
        Long buffersInUse,
        Double allocationsPerSecond,
        Long unpooledAllocations,
        Long failedAllocations,
        long errors,
        long collections,
        long collectionMillis,
        long totalCollections,
        Double cpu) {}
