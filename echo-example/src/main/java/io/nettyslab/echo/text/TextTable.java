package io.nettyslab.echo.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table of text: the first columns to the left, the others, which hold numbers, to the right. */
public final class TextTable {

    private static final String GAP = "  ";

    private final int leftColumns;
    private final List<String[]> rows = new ArrayList<>();

    /**
     * Makes an empty table.
     *
     * @param leftColumns number of columns that hold words
     */
    public TextTable(int leftColumns) {
        this.leftColumns = leftColumns;
    }

    /**
     * Adds a line; lines may be of different length.
     *
     * @param cells one for each column
     * @return this table
     */
    public TextTable row(String... cells) {
        rows.add(cells.clone());
        return this;
    }

    public void print(PrintWriter out) {
        int[] widths = widths();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.length; column++) {
                String padding = " ".repeat(widths[column] - row[column].length());
                line.append(column == 0 ? "" : GAP)
                        .append(column < leftColumns ? row[column] + padding : padding + row[column]);
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }

    private int[] widths() {
        int columns = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int column = 0; column < row.length; column++) {
                widths[column] = Math.max(widths[column], row[column].length());
            }
        }
        return widths;
    }
}
