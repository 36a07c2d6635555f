package io.nettyslab.comparison;

/** Reference counts. The last reference is kept until the episode ends. */
final class ReferenceOperations {

    private ReferenceOperations() {}

    static void addTo(Catalogue catalogue) {
        catalogue.plain("refCnt", (buffer, side) -> buffer.refCnt());
        catalogue.plain("retain", (buffer, side) -> buffer.retain());
        catalogue.add("retain", arguments -> {
            int increment = arguments.oneIn(10) ? Integer.MAX_VALUE : arguments.between(-2, 4);
            return (buffer, side) -> buffer.retain(increment);
        });
        catalogue.plain("release", (buffer, side) -> buffer.refCnt() == 1 ? "kept" : buffer.release());
        catalogue.add("release", arguments -> {
            int decrement = arguments.between(-2, 4);
            return (buffer, side) -> buffer.refCnt() == decrement ? "kept" : buffer.release(decrement);
        });
        catalogue.plain("touch", (buffer, side) -> buffer.touch());
        catalogue.plain("touch", (buffer, side) -> buffer.touch("hint"));
    }
}
