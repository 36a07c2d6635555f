/**
 * An echo server and a load client that show the slab allocator on real sockets, beside Netty's own allocators.
 *
 * <p>Three commands: {@code serve} answers what it gets with itself, {@code load} sends bytes, checks each one that comes
 * back and reports throughput and latency, {@code demo} runs both for every transport and allocator in turn and prints
 * one table.
 *
 * <p>The packages, from bottom to top; each uses only those named before it:
 *
 * <ol>
 *   <li>{@code text}: tables, units, progress, {@code key=value} lines; knows nothing of networks
 *   <li>{@code net}: {@link io.nettyslab.echo.net.TransportKind} and {@link io.nettyslab.echo.net.AllocatorKind}, the
 *       two choices every command offers
 *   <li>{@code protocol}: what goes over the wire, and the handlers that speak it
 *   <li>{@code server}: {@link io.nettyslab.echo.server.EchoServer}, its handlers and its counters
 *   <li>{@code load}: {@link io.nettyslab.echo.load.LoadClient}, the byte pattern it checks and its report
 *   <li>{@code demo}: rounds of server and client processes, and the table made from them
 *   <li>{@code cli}: the commands and their options
 * </ol>
 *
 * <p>Read {@link io.nettyslab.echo.protocol.EchoHandler} first: it is all that an echo needs.
 */
package io.nettyslab.echo;
