/** This program again in processes of its own, how to talk with them, and the memory that processes occupy. */
package io.nettyslab.echo.process;
