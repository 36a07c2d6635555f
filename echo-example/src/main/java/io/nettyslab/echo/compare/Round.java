package io.nettyslab.echo.compare;

/**
 * One turn of one allocator.
 *
 * @param messagesPerSecond throughput under full load
 * @param cpuNanosPerKib processor time of the server for each KiB it received and sent back, under full load
 * @param fullLoadP99Nanos latency under full load, corrected for coordinated omission
 * @param p50Nanos latency at the rate that is the same for all, as the other two
 * @param p99Nanos latency
 * @param p999Nanos latency
 * @param reachedRate messages per second at that rate: less, if the server could not keep up
 * @param collections garbage collections in the server, in both measurements
 * @param collectionMillis time spent in them
 * @param residentBytes memory of the server at the end of the turn, 0 if the system does not tell
 */
public record Round(
        double messagesPerSecond,
        double cpuNanosPerKib,
        double fullLoadP99Nanos,
        double p50Nanos,
        double p99Nanos,
        double p999Nanos,
        double reachedRate,
        double collections,
        double collectionMillis,
        double residentBytes) {}
