package io.nettyslab.memory;

/** Where memory lies. */
public enum MemoryKind {

    /** Outside the Java heap: what sockets read into and write from without a copy. */
    DIRECT,

    /** A {@code byte[]} in the Java heap. */
    HEAP
}
