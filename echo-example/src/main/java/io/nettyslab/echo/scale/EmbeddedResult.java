package io.nettyslab.echo.scale;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.text.KeyValues;

/**
 * What one step showed.
 *
 * @param allocator who served it
 * @param channels open at one time
 * @param idleNanos time of an echo through a random channel while no channel holds a buffer
 * @param holdingNanos the same while every channel holds the message it received last
 * @param heapPerChannel bytes of Java heap for a channel that has been used and is idle
 * @param heapPerBuffer bytes of Java heap more for a channel that holds a buffer
 * @param reservedPerBuffer bytes that the allocator has taken from the system, for each buffer held
 */
public record EmbeddedResult(
        AllocatorKind allocator,
        int channels,
        double idleNanos,
        double holdingNanos,
        double heapPerChannel,
        double heapPerBuffer,
        double reservedPerBuffer) {

    static EmbeddedResult of(AllocatorKind allocator, int channels, KeyValues answer) {
        return new EmbeddedResult(
                allocator,
                channels,
                answer.number("idleNanos"),
                answer.number("holdingNanos"),
                answer.number("heapPerChannel"),
                answer.number("heapPerBuffer"),
                answer.number("reservedPerBuffer"));
    }

    KeyValues keyValues() {
        return new KeyValues()
                .put("idleNanos", idleNanos)
                .put("holdingNanos", holdingNanos)
                .put("heapPerChannel", heapPerChannel)
                .put("heapPerBuffer", heapPerBuffer)
                .put("reservedPerBuffer", reservedPerBuffer);
    }
}
