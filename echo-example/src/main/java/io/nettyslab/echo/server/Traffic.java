package io.nettyslab.echo.server;

/**
 * What has passed through a server so far.
 *
 * @param opened connections accepted
 * @param closed connections ended
 * @param peakConnections most connections open at one time
 * @param refused connections refused because as many as allowed were open
 * @param acceptFailures times the system did not let the server accept, for want of file descriptors mostly
 * @param errors connections that broke; resets by clients count
 * @param lastError the latest such error, empty if there was none
 * @param bytesRead bytes received
 * @param bytesWritten bytes handed to the transport
 * @param slabReads buffers received whose memory lies in slabs
 * @param otherReads buffers received whose memory lies elsewhere
 * @param slabWrites buffers sent whose memory lies in slabs
 * @param otherWrites buffers sent whose memory lies elsewhere
 */
public record Traffic(
        long opened,
        long closed,
        long peakConnections,
        long refused,
        long acceptFailures,
        long errors,
        String lastError,
        long bytesRead,
        long bytesWritten,
        long slabReads,
        long otherReads,
        long slabWrites,
        long otherWrites) {

    public long reads() {
        return slabReads + otherReads;
    }

    public long writes() {
        return slabWrites + otherWrites;
    }
}
