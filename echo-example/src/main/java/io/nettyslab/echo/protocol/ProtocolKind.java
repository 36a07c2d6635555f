package io.nettyslab.echo.protocol;

import java.util.Locale;

/** What the bytes of a connection mean. */
public enum ProtocolKind {
    /** Nothing: they go back as they come. */
    RAW,

    /** Messages with their length in front, see {@link Frames}. */
    FRAMED;

    /** The name as it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
