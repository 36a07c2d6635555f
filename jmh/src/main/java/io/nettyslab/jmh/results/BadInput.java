package io.nettyslab.jmh.results;

/** What the user gave cannot be used; the message says name, value and what was expected. */
public final class BadInput extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes it with a message for people. */
    public BadInput(String message) {
        super(message);
    }
}
