package io.nettyslab.comparison;

import io.netty.buffer.ByteBuf;
import java.nio.charset.Charset;

/** Char sequences in several charsets. */
final class TextOperations {

    private TextOperations() {}

    static void addTo(Catalogue catalogue) {
        addReading(catalogue);
        addWriting(catalogue);
        // Again: the call that other pools answer past the capacity.
        addToString(catalogue);
        addToString(catalogue);
    }

    private static void addReading(Catalogue catalogue) {
        catalogue.add("getCharSequence", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            Charset charset = arguments.charset();
            touches(arguments, index, length);
            return (buffer, side) ->
                    buffer.getCharSequence(index, length, charset).toString();
        });
        catalogue.add("readCharSequence", arguments -> {
            int length = arguments.readable();
            Charset charset = arguments.charset();
            touches(arguments, arguments.buffer().readerIndex(), length);
            return (buffer, side) -> buffer.readCharSequence(length, charset).toString();
        });
        catalogue.add("readString", arguments -> {
            int length = arguments.readable();
            Charset charset = arguments.charset();
            touches(arguments, arguments.buffer().readerIndex(), length);
            return (buffer, side) -> buffer.readString(length, charset);
        });
    }

    private static void addWriting(Catalogue catalogue) {
        catalogue.add("setCharSequence", arguments -> {
            CharSequence text = arguments.text();
            int index =
                    arguments.index(Math.min(text.length(), arguments.buffer().capacity()));
            Charset charset = arguments.charset();
            if (isWritableByAddress(arguments.buffer())) {
                return (buffer, side) -> null;
            }
            return (buffer, side) -> buffer.setCharSequence(index, text, charset);
        });
        catalogue.add("writeCharSequence", arguments -> {
            CharSequence text = arguments.text();
            Charset charset = arguments.charset();
            return (buffer, side) -> isWritableByAddress(buffer) ? null : buffer.writeCharSequence(text, charset);
        });
    }

    private static void addToString(Catalogue catalogue) {
        catalogue.add("toString", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            Charset charset = arguments.charset();
            touches(arguments, index, length);
            return (buffer, side) -> buffer.toString(index, length, charset);
        });
        catalogue.add("toString", arguments -> {
            Charset charset = arguments.charset();
            return (buffer, side) -> buffer.toString(charset);
        });
    }

    /** {@code ByteBufUtil} writes to any buffer that has an address, read-only or not. */
    private static boolean isWritableByAddress(ByteBuf buffer) {
        return buffer.isReadOnly() && buffer.isDirect();
    }

    /** No text at all is the same wherever it is not: all of Netty's buffers agree. */
    private static void touches(Arguments arguments, int index, int length) {
        if (length != 0) {
            arguments.touches(index, length);
        }
    }
}
