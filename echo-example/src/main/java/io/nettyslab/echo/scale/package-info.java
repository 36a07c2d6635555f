/**
 * How far it goes: as many connections as a process may hold, and up to a million channels without sockets. Every
 * server, client and step is a JVM of its own, so that its memory is its own.
 */
package io.nettyslab.echo.scale;
