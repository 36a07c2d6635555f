package io.nettyslab.echo.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

/** The server's side of TLS, with a certificate of its own making that lives as long as the process. */
public final class ServerTls {

    private static final Duration VALIDITY = Duration.ofDays(30);

    private final TlsEngine engine;
    private final SslContext context;
    private final X509Certificate certificate;

    private ServerTls(TlsEngine engine, SslContext context, X509Certificate certificate) {
        this.engine = engine;
        this.context = context;
        this.certificate = certificate;
    }

    /**
     * Makes a key and a certificate for localhost.
     *
     * @param engine what encrypts
     * @return ready to use on any number of connections
     * @throws EchoFailure if the engine is not available or refuses its job
     */
    public static ServerTls selfSigned(TlsEngine engine) {
        engine.unavailability().ifPresent(reason -> {
            throw new EchoFailure("TLS engine " + engine + " is not available here: " + reason);
        });
        try {
            X509Bundle made = new CertificateBuilder()
                    .ecp256()
                    .subject("CN=localhost")
                    .addSanDnsName("localhost")
                    .addSanIpAddress("127.0.0.1")
                    .setIsCertificateAuthority(true) // what signs must be one, also when it signs itself
                    .notAfter(Instant.now().plus(VALIDITY))
                    .buildSelfSigned();
            SslContext context = SslContextBuilder.forServer(made.getKeyPair().getPrivate(), made.getCertificate())
                    .sslProvider(engine.provider)
                    .build();
            return new ServerTls(engine, context, made.getCertificate());
        } catch (Exception e) {
            throw new EchoFailure("cannot set up TLS", e);
        }
    }

    public TlsEngine engine() {
        return engine;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * Returns what a client can compare with the certificate it is shown.
     *
     * @return SHA-256 in the form {@code AB:CD:...}
     */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (Exception e) {
            throw new IllegalStateException(e); // every JDK has SHA-256, and the certificate is our own
        }
    }

    /**
     * Makes the handler for one connection.
     *
     * @param allocator where records get their memory
     * @return a new handler
     */
    public SslHandler newHandler(ByteBufAllocator allocator) {
        SslHandler handler = context.newHandler(allocator);
        // What is decrypted makes room at once; by default a burst of reads piles up in one ever larger buffer.
        handler.setDiscardAfterReads(1);
        return handler;
    }
}
