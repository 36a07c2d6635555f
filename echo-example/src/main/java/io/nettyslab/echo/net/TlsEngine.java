package io.nettyslab.echo.net;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.util.Locale;
import java.util.Optional;

/** What encrypts and decrypts. */
public enum TlsEngine {
    /** The JDK's own; works everywhere. */
    JDK(SslProvider.JDK),

    /** OpenSSL or BoringSSL through netty-tcnative, if its jar is on the class path. */
    OPENSSL(SslProvider.OPENSSL);

    final SslProvider provider;

    TlsEngine(SslProvider provider) {
        this.provider = provider;
    }

    /**
     * Tells why this engine cannot be used here.
     *
     * @return the reason, empty if it can
     */
    public Optional<String> unavailability() {
        return this == OPENSSL && !OpenSsl.isAvailable()
                ? Optional.of("put netty-tcnative-boringssl-static and netty-tcnative-classes on the class path")
                : Optional.empty();
    }

    /**
     * Returns the engine taken when none is asked for.
     *
     * @return OpenSSL where it is available
     */
    public static TlsEngine best() {
        return OPENSSL.unavailability().isEmpty() ? OPENSSL : JDK;
    }

    /** The name as it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
