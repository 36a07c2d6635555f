package io.nettyslab.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Collects operations; one that is added several times is drawn as often. */
final class Catalogue {

    private final List<Operation> operations = new ArrayList<>();

    void add(String method, Function<Arguments, Action> draft) {
        operations.add(new Operation(method, draft));
    }

    /** An operation without arguments. */
    void plain(String method, Action action) {
        add(method, arguments -> action);
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }
}
