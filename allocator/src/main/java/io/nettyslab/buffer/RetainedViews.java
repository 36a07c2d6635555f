package io.nettyslab.buffer;

import io.netty.util.Recycler;
import java.util.function.Function;

/**
 * Where the objects of retained views wait for their next use: on the thread that asked for them first, whoever
 * releases them. Unguarded, since a view's reference count sees to it that it comes home once.
 */
final class RetainedViews<T extends DerivedByteBuf> extends Recycler<T> {

    private static final int MOST_PER_THREAD = 4096;
    private static final int MOST_AT_HAND = 1024; // for the owning thread alone: a read cut into small frames

    private final Function<Handle<T>, T> maker;

    RetainedViews(Function<Handle<T>, T> maker) {
        super(MOST_PER_THREAD, 0, MOST_AT_HAND, true);
        this.maker = maker;
    }

    @Override
    protected T newObject(Handle<T> handle) {
        return maker.apply(handle);
    }
}
