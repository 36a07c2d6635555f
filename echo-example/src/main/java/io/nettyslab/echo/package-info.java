/**
 * An echo server and a load client that show the slab allocator on real sockets, beside Netty's own allocators.
 *
 * <p>Four commands: {@code serve} answers what it gets with itself, {@code load} sends bytes, checks each one that
 * comes back and reports throughput and latency, {@code compare} runs both for every transport and allocator in turns,
 * prints one table and writes a page with charts, {@code scale} opens as many connections as one process may hold.
 *
 * <p>The packages, from bottom to top; each uses only those named before it:
 *
 * <ol>
 *   <li>{@code text}: tables, units, progress, {@code key=value} lines; knows nothing of networks
 *   <li>{@code page}: results as JSON, and as HTML files that need no network
 *   <li>{@code net}: {@link io.nettyslab.echo.net.TransportKind} and {@link io.nettyslab.echo.net.AllocatorKind}, the
 *       two choices every command offers
 *   <li>{@code process}: this program again in processes of its own
 *   <li>{@code protocol}: what goes over the wire, and the handlers that speak it
 *   <li>{@code server}: {@link io.nettyslab.echo.server.EchoServer}, its handlers and its counters
 *   <li>{@code load}: {@link io.nettyslab.echo.load.LoadClient}, the byte pattern it checks and its report
 *   <li>{@code live}: the page that shows a running server, and its figures for machines
 *   <li>{@code scale}: as many connections as a process may hold, and a million channels without sockets
 *   <li>{@code compare}: rounds of server and load processes, and what is made of their figures
 *   <li>{@code cli}: the commands and their options
 * </ol>
 *
 * <p>Beside them {@code examples}: the allocator in small programs that stand by themselves.
 *
 * <p>Read {@link io.nettyslab.echo.protocol.EchoHandler} first: it is all that an echo needs.
 */
package io.nettyslab.echo;
