/** This program again in processes of its own, and how to talk with them. */
package io.nettyslab.echo.process;
