/** The commands, their options, and what they print. */
package io.nettyslab.echo.cli;
