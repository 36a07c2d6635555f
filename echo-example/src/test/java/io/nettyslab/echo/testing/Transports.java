package io.nettyslab.echo.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nettyslab.echo.net.TransportKind;

/** Transports that a machine lacks are reported as such, not passed over. */
public final class Transports {

    private Transports() {}

    public static void assumeAvailable(TransportKind transport) {
        transport.unavailability().ifPresent(reason -> assumeTrue(false, transport + " is not available: " + reason));
    }
}
