package io.nettyslab.comparison;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;

/** A channel, and streams, that take and give a few bytes at a time: what sockets do. */
final class Drip implements ScatteringByteChannel, GatheringByteChannel {

    private final byte[] source;
    private final int most; // bytes in one call
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int given;
    private boolean open;

    Drip(byte[] source, int most, boolean open) {
        this.source = source;
        this.most = most;
        this.open = open;
    }

    /** What was written, in a form that can be compared. */
    ByteBuffer written() {
        return ByteBuffer.wrap(written.toByteArray());
    }

    /** How much was given away. */
    int given() {
        return given;
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws ClosedChannelException {
        checkOpen();
        if (given == source.length) {
            return -1;
        }
        int budget = Math.min(most, source.length - given);
        int start = given;
        for (int i = offset; i < offset + length; i++) {
            int n = Math.min(targets[i].remaining(), budget - (given - start));
            targets[i].put(source, given, n);
            given += n;
        }
        return given - start;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws ClosedChannelException {
        checkOpen();
        int before = written.size();
        for (int i = offset; i < offset + length; i++) {
            int n = Math.min(sources[i].remaining(), most - (written.size() - before));
            byte[] bytes = new byte[n];
            sources[i].get(bytes);
            written.write(bytes, 0, n);
        }
        return written.size() - before;
    }

    @Override
    public long read(ByteBuffer[] targets) throws ClosedChannelException {
        return read(targets, 0, targets.length);
    }

    @Override
    public int read(ByteBuffer target) throws ClosedChannelException {
        return (int) read(new ByteBuffer[] {target}, 0, 1);
    }

    @Override
    public long write(ByteBuffer[] sources) throws ClosedChannelException {
        return write(sources, 0, sources.length);
    }

    @Override
    public int write(ByteBuffer source) throws ClosedChannelException {
        return (int) write(new ByteBuffer[] {source}, 0, 1);
    }

    /** The same source as a stream. */
    InputStream input() {
        return new InputStream() {
            @Override
            public int read() {
                return given == source.length ? -1 : source[given++] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (given == source.length) {
                    return -1;
                }
                int n = Math.min(length, Math.min(most, source.length - given));
                System.arraycopy(source, given, target, offset, n);
                given += n;
                return n;
            }
        };
    }

    /** The same target as a stream, which takes everything. */
    OutputStream output() {
        return written;
    }

    private void checkOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
