package io.nettyslab.echo.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * Makes an HTML file that contains all it needs: style, scripts, the charts' library and the data that they draw. It
 * can be mailed, and opened without a network.
 */
public final class HtmlPage {

    private HtmlPage() {}

    /**
     * Makes a page.
     *
     * @param title for the browser's window
     * @param script name of the script that builds the page, a resource beside this class
     * @param json what the script shows
     * @return HTML text
     */
    public static String of(String title, String script, String json) {
        return resource("page.html")
                .replace("{{title}}", escape(title))
                .replace("{{style}}", resource("page.css"))
                .replace("{{library}}", chartLibrary())
                .replace("{{common}}", resource("common.js"))
                .replace("{{script}}", resource(script))
                .replace("{{data}}", json.replace("</", "<\\/")); // nothing in it may end the element
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    /** It comes as a jar of files for the web; its version is part of their path. */
    private static String chartLibrary() {
        Properties versions = new Properties();
        try (InputStream in = HtmlPage.class.getResourceAsStream("versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return resource(
                "/META-INF/resources/webjars/chart.js/" + versions.getProperty("chart.js") + "/dist/chart.umd.min.js");
    }

    private static String resource(String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing from the jar: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
