package io.nettyslab.echo.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class KeyValuesTest {

    @Test
    void read_whatPrintWrote_blockByBlock() throws IOException {
        StringWriter text = new StringWriter();
        new KeyValues().put("port", 8007).print(new PrintWriter(text));
        new KeyValues().put("p99", "1.5").print(new PrintWriter(text));
        BufferedReader in = new BufferedReader(new StringReader(text.toString()));

        assertThat(KeyValues.read(in).number("port")).isEqualTo(8007);
        assertThat(KeyValues.read(in).number("p99")).isEqualTo(1.5);
        assertThat(KeyValues.read(in)).isNull();
    }

    @Test
    void read_blockCutShort_isNoBlock() throws IOException {
        assertThat(KeyValues.read(new BufferedReader(new StringReader("port=80"))))
                .isNull();
    }

    @Test
    void number_missing_saysWhich() {
        assertThatThrownBy(() -> new KeyValues().put("a", 1).number("b")).hasMessageContaining("'b'");
    }
}
