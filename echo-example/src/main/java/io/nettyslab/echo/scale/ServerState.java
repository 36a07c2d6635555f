package io.nettyslab.echo.scale;

import io.nettyslab.echo.text.KeyValues;

/**
 * The server at one moment of a run, right after a full collection.
 *
 * @param moment what has just happened
 * @param connections open in the server
 * @param expectedConnections that should be open
 * @param errors connections that broke so far, as the server counts them
 * @param buffersInUse buffers handed out, or -1 if its allocator does not tell
 * @param bytesInUse bytes of them, or -1 if its allocator does not tell
 * @param reservedBytes taken by its allocator from the system
 * @param failedAllocations requests refused so far, or -1 if its allocator does not tell
 * @param heapBytes Java heap in use
 * @param residentBytes physical memory of the process, or -1 if the system does not tell
 */
public record ServerState(
        String moment,
        long connections,
        long expectedConnections,
        long errors,
        long buffersInUse,
        long bytesInUse,
        long reservedBytes,
        long failedAllocations,
        long heapBytes,
        long residentBytes) {

    static ServerState of(String moment, long expectedConnections, KeyValues figures) {
        return new ServerState(
                moment,
                open(figures),
                expectedConnections,
                (long) figures.number("errors"),
                (long) figures.number("buffersInUse"),
                (long) figures.number("bytesInUse"),
                (long) figures.number("reservedBytes"),
                (long) figures.number("failedAllocations"),
                (long) figures.number("heapBytes"),
                (long) figures.number("residentBytes"));
    }

    static long open(KeyValues figures) {
        return (long) (figures.number("connections") - figures.number("closed"));
    }
}
