package io.nettyslab.echo.protocol;

import java.util.Locale;

/** What the bytes of a connection mean. */
public enum ProtocolKind {
    /** Nothing: they go back as they come. */
    RAW("bytes go back as they come"),

    /** Messages with their length in front, see {@link Frames}. */
    FRAMED("messages with their length in front"),

    /** Lines of text, typed into a telnet client. */
    LINE("lines of text, for telnet");

    private final String meaning;

    ProtocolKind(String meaning) {
        this.meaning = meaning;
    }

    /**
     * Says it in some words.
     *
     * @return no sentence
     */
    public String meaning() {
        return meaning;
    }

    /** The name as it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
