package io.nettyslab.jmh.report;

/** Markdown as GitHub shows it. */
final class Page {

    private final StringBuilder text = new StringBuilder();

    /** Adds a line, or a block of lines without the last line end. */
    Page line(String line) {
        text.append(line).append('\n');
        return this;
    }

    Page paragraph(String sentence) {
        return line(sentence).line("");
    }

    Page heading(String title) {
        return line("## " + title).line("");
    }

    /** Adds a picture in the size it was drawn for; the file has more pixels. */
    Page image(String alternative, String path) {
        return paragraph("<img src=\"" + path + "\" alt=\"" + alternative + "\" width=\"" + ChartStyle.WIDTH + "\">");
    }

    /** Adds something that is folded away until the reader asks for it. */
    Page details(String summary, String content) {
        return paragraph("<details><summary>" + summary + "</summary>")
                .line(content)
                .paragraph("</details>");
    }

    /** Returns everything, with one line end behind it. */
    @Override
    public String toString() {
        return text.toString().stripTrailing() + '\n';
    }
}
