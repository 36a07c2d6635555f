package io.nettyslab.comparison;

/** Growing, shrinking and making room. */
final class CapacityOperations {

    private CapacityOperations() {}

    static void addTo(Catalogue catalogue) {
        catalogue.plain("capacity", (buffer, side) -> buffer.capacity());
        catalogue.plain("maxCapacity", (buffer, side) -> buffer.maxCapacity());
        for (int i = 0; i < 3; i++) {
            catalogue.add("capacity", arguments -> {
                int capacity = arguments.capacity();
                return (buffer, side) -> buffer.capacity(capacity);
            });
        }
        catalogue.add("ensureWritable", arguments -> {
            int length = arguments.writable();
            return (buffer, side) -> buffer.ensureWritable(length);
        });
        catalogue.add("ensureWritable", arguments -> {
            int length = arguments.writable();
            boolean force = arguments.flip();
            return (buffer, side) -> buffer.ensureWritable(length, force);
        });
        catalogue.plain("discardReadBytes", (buffer, side) -> buffer.discardReadBytes());
        catalogue.plain("discardSomeReadBytes", (buffer, side) -> buffer.discardSomeReadBytes());
    }
}
