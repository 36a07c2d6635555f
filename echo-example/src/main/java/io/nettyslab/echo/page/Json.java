package io.nettyslab.echo.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Writes and reads JSON. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /**
     * Writes a document.
     *
     * @param document made of records, lists, maps, numbers and texts
     * @return JSON text, ended by a line break
     */
    public static String write(Object document) {
        return write(MAPPER.writerWithDefaultPrettyPrinter(), document) + "\n";
    }

    /**
     * Writes a document without any line break.
     *
     * @param document made of records, lists, maps, numbers and texts
     * @return JSON text
     */
    public static String writeLine(Object document) {
        return write(MAPPER.writer(), document);
    }

    private static String write(ObjectWriter writer, Object document) {
        try {
            return writer.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * Reads a document, to make it part of another.
     *
     * @param text JSON
     * @return its tree
     * @throws IllegalArgumentException if the text is not JSON
     */
    public static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
