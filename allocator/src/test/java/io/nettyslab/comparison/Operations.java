package io.nettyslab.comparison;

import java.util.List;

/** All operations, family by family. */
final class Operations {

    static final List<Operation> ALL = all();

    private Operations() {}

    private static List<Operation> all() {
        Catalogue catalogue = new Catalogue();
        PrimitiveOperations.addTo(catalogue);
        ArrayOperations.addTo(catalogue);
        BufferOperations.addTo(catalogue);
        StreamOperations.addTo(catalogue);
        FileOperations.addTo(catalogue);
        TextOperations.addTo(catalogue);
        SearchOperations.addTo(catalogue);
        ViewOperations.addTo(catalogue);
        NioOperations.addTo(catalogue);
        IndexOperations.addTo(catalogue);
        CapacityOperations.addTo(catalogue);
        ReferenceOperations.addTo(catalogue);
        PropertyOperations.addTo(catalogue);
        return catalogue.operations();
    }
}
