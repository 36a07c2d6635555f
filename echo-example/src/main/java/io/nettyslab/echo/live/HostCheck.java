package io.nettyslab.echo.live;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Locale;

/**
 * Keeps strange web sites out. A page bound to loopback is still within reach of every site that the user's browser
 * shows, if that site's name is made to resolve to 127.0.0.1; but the browser then asks for that name. Not applied to
 * other addresses: whoever opens the page to a network may give it any name.
 */
final class HostCheck {

    private final boolean onlyLoopback;

    HostCheck(InetAddress bound) {
        this.onlyLoopback = bound.isLoopbackAddress();
    }

    /**
     * Tells whether to answer.
     *
     * @param host the header, with or without a port; {@code null} if it is missing
     */
    boolean allows(String host) {
        return !onlyLoopback || host != null && isLoopback(withoutPort(host));
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.equals("[::1]")) {
            return true;
        }
        return NetUtil.isValidIpV4Address(name) && name.startsWith("127.");
    }
}
