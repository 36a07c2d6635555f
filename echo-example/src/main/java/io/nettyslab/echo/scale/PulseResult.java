package io.nettyslab.echo.scale;

import io.nettyslab.echo.text.KeyValues;

/**
 * What clients saw of one pulse.
 *
 * @param who took part
 * @param connections that took part
 * @param messages that came back right
 * @param seconds from the first message to the last echo
 * @param p50Nanos half of the messages took at most this; under the load of all connections at once
 * @param p99Nanos 99 of 100 took at most this
 * @param maxNanos the slowest
 */
public record PulseResult(
        String who,
        long connections,
        long messages,
        double seconds,
        double p50Nanos,
        double p99Nanos,
        double maxNanos) {

    static PulseResult of(String who, long connections, KeyValues answer) {
        return new PulseResult(
                who,
                connections,
                (long) answer.number("messages"),
                answer.number("nanos") / 1e9,
                answer.number("p50"),
                answer.number("p99"),
                answer.number("max"));
    }
}
