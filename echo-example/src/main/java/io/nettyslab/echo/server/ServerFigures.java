package io.nettyslab.echo.server;

import io.nettyslab.echo.net.AllocatorFigures;

/**
 * What a server can tell at one moment.
 *
 * @param traffic what has passed through it
 * @param memory its allocator's own figures
 * @param peakBytesInUse most bytes seen handed out, sampled; {@link AllocatorFigures#UNKNOWN} if the allocator does
 *     not keep them
 */
public record ServerFigures(Traffic traffic, AllocatorFigures memory, long peakBytesInUse) {}
