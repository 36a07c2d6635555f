package io.nettyslab.echo.protocol;

/**
 * Travels through the pipeline in place of a message: the client gets the text as its last answer, in the form its
 * protocol has for that, and the connection ends.
 *
 * @param text what is wrong: name, value and allowed range
 */
public record Refusal(String text) {}
