package io.nettyslab.echo.testing;

import io.nettyslab.echo.net.ServerTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Clients that trust one server's own certificate and nothing else, with the JDK's blocking TLS sockets. */
public final class TlsClient {

    private TlsClient() {}

    public static EchoSocket connect(InetSocketAddress server, ServerTls tls) throws IOException {
        return new EchoSocket(socket(server, tls));
    }

    public static Socket socket(InetSocketAddress server, ServerTls tls) throws IOException {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry("server", tls.certificate());
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context.getSocketFactory().createSocket(server.getAddress(), server.getPort());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
