package io.nettyslab.echo.load;

/**
 * What is sent.
 *
 * @param sizes how long messages are
 * @param depth most messages on their way in one connection
 * @param rate messages per second over all connections, sent on a timetable (open loop); 0 sends the next message
 *     when one has come back (closed loop)
 * @param messages messages of each connection, after which it is done; 0 goes on until the time is over
 * @param repeatSet messages of each connection after which the same come again; 0 never sends a message twice
 * @param seed decides all bytes sent and all sizes
 */
public record LoadTraffic(MessageSizes sizes, int depth, double rate, long messages, long repeatSet, long seed) {}
