package io.nettyslab.buffer;

import io.netty.util.ByteProcessor;

/** Tells of Netty's own processors that do nothing but look for one byte which byte that is. */
final class SoughtByte {

    /** No byte: the processor has to see them all. */
    static final int NONE = -1;

    private SoughtByte() {}

    /** Returns the byte at which {@code processor} stops, 0 to 255, or {@link #NONE}. */
    static int of(ByteProcessor processor) {
        if (!(processor instanceof ByteProcessor.IndexOfProcessor)) {
            return NONE;
        }
        if (processor == ByteProcessor.FIND_LF) {
            return '\n';
        }
        if (processor == ByteProcessor.FIND_CR) {
            return '\r';
        }
        if (processor == ByteProcessor.FIND_NUL) {
            return 0;
        }
        if (processor == ByteProcessor.FIND_ASCII_SPACE) {
            return ' ';
        }
        if (processor == ByteProcessor.FIND_COMMA) {
            return ',';
        }
        return processor == ByteProcessor.FIND_SEMI_COLON ? ';' : NONE;
    }
}
