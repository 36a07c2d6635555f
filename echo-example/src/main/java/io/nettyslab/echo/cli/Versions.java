package io.nettyslab.echo.cli;

import io.netty.util.Version;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Answers {@code --version} from what the build wrote down. */
public final class Versions implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        Version netty = Version.identify().get("netty-buffer");
        return new String[] {
            "echo-example " + ownVersion(),
            "Netty " + (netty == null ? "of unknown version" : netty.artifactVersion()),
            "Java " + Runtime.version()
        };
    }

    private static String ownVersion() throws IOException {
        try (InputStream in = Versions.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        }
    }
}
