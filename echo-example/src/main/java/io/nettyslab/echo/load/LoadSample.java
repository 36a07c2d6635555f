package io.nettyslab.echo.load;

/**
 * How a load went during a short time.
 *
 * @param seconds end of that time, since the measurement or the warm-up began
 * @param connections connections that are open
 * @param messagesPerSecond messages that came back, divided by the time
 * @param mebibytesPerSecond their bytes, each way
 * @param p50Nanos latency as measured; 0 if nothing came back, as are the others
 * @param p99Nanos latency
 * @param maxNanos latency
 */
public record LoadSample(
        double seconds,
        int connections,
        double messagesPerSecond,
        double mebibytesPerSecond,
        double p50Nanos,
        double p99Nanos,
        double maxNanos) {}
