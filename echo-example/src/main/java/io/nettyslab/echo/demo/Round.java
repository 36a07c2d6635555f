package io.nettyslab.echo.demo;

/**
 * One turn of one allocator.
 *
 * @param messagesPerSecond throughput
 * @param p50Nanos latency, as the other two corrected for coordinated omission
 * @param p99Nanos latency
 * @param p999Nanos latency
 * @param collections garbage collections in the server
 * @param collectionMillis time spent in them
 * @param cpuNanosPerKib processor time of the server for each KiB it received and sent back
 */
record Round(
        double messagesPerSecond,
        double p50Nanos,
        double p99Nanos,
        double p999Nanos,
        double collections,
        double collectionMillis,
        double cpuNanosPerKib) {}
