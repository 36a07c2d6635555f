/**
 * The live page of a server: a small web server on one thread of its own, what it samples, and what it answers. The
 * page itself, which is HTML, CSS and JavaScript without a build step, lies in the resources of the same name.
 */
package io.nettyslab.echo.live;
