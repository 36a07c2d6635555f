/** Results for browsers and programs: JSON, and HTML files that need no network. */
package io.nettyslab.echo.page;
