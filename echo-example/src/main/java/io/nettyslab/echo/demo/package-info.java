/** Server and load in processes of their own for each transport and allocator, in turns, and one table of it all. */
package io.nettyslab.echo.demo;
