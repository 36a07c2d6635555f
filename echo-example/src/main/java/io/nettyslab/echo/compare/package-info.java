/** Allocators against each other: processes that take turns, and what is made of their figures. */
package io.nettyslab.echo.compare;
