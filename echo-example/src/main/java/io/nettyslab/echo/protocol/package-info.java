/**
 * What goes over the wire, and the handlers that speak it; {@code docs/protocols.md} says it byte by byte.
 *
 * <p>Each protocol turns what was read into replies and knows nothing of sockets, limits and ends of connections: that
 * is the business of the handlers around it. What a client does wrong leaves a decoder as a
 * {@link io.nettyslab.echo.protocol.Refusal}, in order with the messages before it.
 */
package io.nettyslab.echo.protocol;
