package io.nettyslab.echo.net;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

/** Something outside the program went wrong; the message alone tells the user what. */
public final class EchoFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EchoFailure(String message) {
        super(message);
    }

    public EchoFailure(String message, Throwable cause) {
        super(message + ": " + describe(cause), cause);
    }

    /** Java and Netty word the same error in many ways, and some messages are nothing but a host name. */
    private static String describe(Throwable cause) {
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return "unknown host";
        }
        return cause.getMessage() != null ? cause.getMessage() : cause.toString();
    }
}
