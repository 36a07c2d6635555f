package io.nettyslab.jmh;

/** What a text is made of. Lower case: the values of {@code -p text=}. */
public enum TextKind {
    /** One byte in UTF-8 for each character. */
    ascii("The quick brown fox jumps over the lazy dog, 0123456789. "),

    /** One to four bytes for each character: Latin with accents, Greek, Cyrillic, Chinese, an emoji. */
    mixed("Gr\u00fc\u00dfe, caf\u00e9! \u03b1\u03b2\u03b3 \u041c\u0438\u0440 \u4f60\u597d \ud83d\ude00 plain ");

    private final String sample;

    TextKind(String sample) {
        this.sample = sample;
    }

    /** Returns a text of {@code chars} Java characters, and one more where the last one would be half of a pair. */
    String text(int chars) {
        String text = sample.repeat(chars / sample.length() + 2);
        return text.substring(0, Character.isLowSurrogate(text.charAt(chars)) ? chars + 1 : chars);
    }
}
