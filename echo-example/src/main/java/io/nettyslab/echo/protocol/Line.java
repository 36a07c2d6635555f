package io.nettyslab.echo.protocol;

import io.netty.buffer.ByteBuf;

/**
 * A line that was typed to its end. Whoever gets it releases the text.
 *
 * @param number counts the lines of a connection from 1
 * @param text without its end
 * @param secure whether nobody may see it
 */
public record Line(long number, ByteBuf text, boolean secure) {}
