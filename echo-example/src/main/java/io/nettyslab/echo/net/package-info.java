/** The two choices that every command offers: how bytes travel, and where their memory comes from. */
package io.nettyslab.echo.net;
