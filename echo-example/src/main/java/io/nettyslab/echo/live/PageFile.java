package io.nettyslab.echo.live;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of the page. All of them are read once, and a request names one of them or nothing: no path from outside ever
 * reaches a file system or a class loader.
 *
 * @param contentType what the browser is to make of it
 * @param content its bytes
 */
record PageFile(String contentType, byte[] content) {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String CSS = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String SVG = "image/svg+xml";

    /**
     * Reads all files.
     *
     * @return files by the path of their URL
     */
    static Map<String, PageFile> all() {
        return Stream.of(
                        Map.entry("/", ours("index.html", HTML)),
                        Map.entry("/live.css", ours("live.css", CSS)),
                        Map.entry("/live.js", ours("live.js", SCRIPT)),
                        Map.entry("/charts.js", ours("charts.js", SCRIPT)),
                        Map.entry("/format.js", ours("format.js", SCRIPT)),
                        Map.entry("/slabs.js", ours("slabs.js", SCRIPT)),
                        Map.entry("/icon.svg", ours("icon.svg", SVG)),
                        Map.entry("/chart.umd.min.js", chartLibrary()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static PageFile ours(String name, String contentType) {
        return new PageFile(contentType, read(name));
    }

    /** The charts' library comes as a jar of files for the web; its version is part of their path. */
    private static PageFile chartLibrary() {
        Properties versions = new Properties();
        try (InputStream in = PageFile.class.getResourceAsStream("versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String folder = "/META-INF/resources/webjars/chart.js/" + versions.getProperty("chart.js");
        return new PageFile(SCRIPT, read(folder + "/dist/chart.umd.min.js"));
    }

    private static byte[] read(String resource) {
        try (InputStream in = PageFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing from the jar: " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
