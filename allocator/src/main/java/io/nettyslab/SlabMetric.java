package io.nettyslab;

import java.util.List;

/**
 * What lies where in one slab at the moment of reading.
 *
 * @param direct {@code true} for direct memory, {@code false} for heap memory
 * @param size bytes in the slab
 * @param spans its spans and large buffers by ascending offset, none overlapping another; what lies between them is
 *     free for any size class; unmodifiable
 */
public record SlabMetric(boolean direct, int size, List<SpanMetric> spans) {}
