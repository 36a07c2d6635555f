package io.nettyslab.echo.load;

import java.util.Locale;

/** How messages are laid into the stream of bytes. */
public enum LoadProtocol {
    /** One after the other; the server sends back what it gets. */
    RAW,

    /** Each with its length before it; the server adds a transmission id to its reply. */
    FRAMED;

    /** The name as it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
