package io.nettyslab.echo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void print_wordsLeftNumbersRight() {
        StringWriter text = new StringWriter();
        new TextTable(1)
                .row("name", "count")
                .row("a", "1,234,567")
                .row("longer")
                .print(new PrintWriter(text));

        assertThat(text.toString().lines()).containsExactly("name        count", "a       1,234,567", "longer");
    }
}
