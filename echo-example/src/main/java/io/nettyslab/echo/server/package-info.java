/** The echo server: what it does with bytes, what it counts, and how it stops. */
package io.nettyslab.echo.server;
