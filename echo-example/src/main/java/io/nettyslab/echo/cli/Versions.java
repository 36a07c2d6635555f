package io.nettyslab.echo.cli;

import io.netty.util.Version;
import io.nettyslab.echo.text.Build;
import picocli.CommandLine.IVersionProvider;

/** Answers {@code --version} from what the build wrote down. */
public final class Versions implements IVersionProvider {

    @Override
    public String[] getVersion() {
        Version netty = Version.identify().get("netty-buffer");
        return new String[] {
            "echo-example " + Build.version(),
            "Netty " + (netty == null ? "of unknown version" : netty.artifactVersion()),
            "Java " + Runtime.version()
        };
    }
}
