package io.nettyslab.jmh.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The results of one JDK and one collector. Files are replaced as a whole, so a run that is cut short loses no more
 * than the piece it was at.
 */
public final class ResultsFolder {

    private static final String RESULTS = "results.json";
    private static final String HEADER = "header.json";
    private static final String LOG = "jmh.log";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;

    /** Names a folder, which need not exist. */
    public ResultsFolder(Path path) {
        this.path = path;
    }

    /** Returns where it is. */
    public Path path() {
        return path;
    }

    /** Returns where JMH's own output goes. */
    public Path log() {
        return path.resolve(LOG);
    }

    /** Returns whether there are measurements in it. */
    public boolean hasResults() {
        return Files.isRegularFile(path.resolve(RESULTS));
    }

    /**
     * Returns the header.
     *
     * @return empty if there is none: results of plain JMH
     * @throws BadInput if it cannot be understood
     */
    public Optional<Header> header() {
        Path file = path.resolve(HEADER);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), Header.class));
        } catch (JsonProcessingException e) {
            throw new BadInput(file + ": " + e.getOriginalMessage() + " (expected: a header that 'run' wrote)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns all measurements, in the order of the file.
     *
     * @throws BadInput if the file is no result of JMH
     */
    public List<Measurement> measurements() {
        List<Measurement> measurements = new ArrayList<>();
        for (JsonNode result : results()) {
            try {
                measurements.add(Measurement.of(result));
            } catch (IllegalArgumentException e) {
                throw new BadInput(path.resolve(RESULTS) + ", result " + (measurements.size() + 1) + ": "
                        + e.getMessage() + " (expected: JSON written by JMH)");
            }
        }
        return measurements;
    }

    /**
     * Adds what JMH wrote for one piece, in place of earlier results of the same benchmarks.
     *
     * @param jmhJson array of results
     * @param header to go with all results
     */
    public void add(String jmhJson, Header header) {
        SortedMap<String, JsonNode> merged = new TreeMap<>();
        if (hasResults()) {
            results().forEach(result -> merged.put(identity(result), result));
        }
        try {
            for (JsonNode result : JSON.readTree(jmhJson)) {
                ObjectNode clean = ((ObjectNode) result).put("jvm", "java"); // the path of this machine is nobody's
                dropRawData(clean.path("primaryMetric"));
                clean.path("secondaryMetrics").forEach(ResultsFolder::dropRawData);
                merged.put(identity(clean), clean);
            }
            ArrayNode all = JSON.createArrayNode().addAll(merged.values());
            Files.createDirectories(path);
            replace(RESULTS, all);
            replace(HEADER, JSON.valueToTree(header));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Long; the percentiles stay. */
    private static void dropRawData(JsonNode metric) {
        ((ObjectNode) metric).remove("rawDataHistogram");
    }

    private JsonNode results() {
        Path file = path.resolve(RESULTS);
        try {
            JsonNode results = JSON.readTree(file.toFile());
            if (!results.isArray()) {
                throw new BadInput(file + ": " + results.getNodeType() + " (expected: JSON written by JMH, an array)");
            }
            return results;
        } catch (JsonProcessingException e) {
            throw new BadInput(file + ": " + e.getOriginalMessage() + " (expected: JSON written by JMH)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What makes two results the same one, measured twice. Sorts by benchmark and parameters. */
    private static String identity(JsonNode result) {
        SortedMap<String, String> parameters = new TreeMap<>();
        for (Map.Entry<String, JsonNode> parameter : result.path("params").properties()) {
            parameters.put(parameter.getKey(), parameter.getValue().asText());
        }
        return result.path("benchmark").asText()
                + parameters
                + result.path("mode").asText()
                + result.path("threads")
                + result.path("jvmArgs");
    }

    private void replace(String name, JsonNode content) throws IOException {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultPrettyPrinter.FixedSpaceIndenter.instance);
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        ObjectWriter writer = JSON.writer(printer);
        Path fresh = path.resolve(name + ".new");
        Files.writeString(fresh, writer.writeValueAsString(content) + "\n");
        Files.move(fresh, path.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
