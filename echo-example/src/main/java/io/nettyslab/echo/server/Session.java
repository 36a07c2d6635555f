package io.nettyslab.echo.server;

import io.nettyslab.echo.protocol.ProtocolKind;
import java.net.SocketAddress;

/**
 * One connection, for those who listen.
 *
 * @param id counts the connections of a server from 1, without those refused
 * @param remote the client's address
 * @param protocol what its bytes mean
 */
public record Session(long id, SocketAddress remote, ProtocolKind protocol) {}
