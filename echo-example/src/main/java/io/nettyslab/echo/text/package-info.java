/** How the example talks: tables and units for people, {@code key=value} lines for programs, progress on a terminal. */
package io.nettyslab.echo.text;
