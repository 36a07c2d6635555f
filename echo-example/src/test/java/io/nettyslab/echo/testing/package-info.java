/** What the tests of several packages need. */
package io.nettyslab.echo.testing;
