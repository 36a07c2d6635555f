/** The load client: keeps connections busy, checks every byte that comes back, and measures. */
package io.nettyslab.echo.load;
