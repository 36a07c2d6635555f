package io.nettyslab.echo.compare;

/**
 * Resident memory at one moment.
 *
 * @param seconds since the process started
 * @param bytes resident memory
 */
public record MemoryPoint(double seconds, long bytes) {}
