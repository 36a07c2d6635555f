package io.nettyslab.echo.net;

import io.nettyslab.OverflowPolicy;

/**
 * What the command line can set on the slab allocator.
 *
 * @param maxMemory most bytes for slabs, {@code null} for the allocator's default
 * @param slabSize bytes of one slab, {@code null} for the allocator's default
 * @param overflow what happens when the slabs are full, {@code null} for the allocator's default
 */
public record SlabSettings(Long maxMemory, Integer slabSize, OverflowPolicy overflow) {

    /** Everything as the allocator chooses. */
    public static final SlabSettings DEFAULTS = new SlabSettings(null, null, null);

    public boolean isDefault() {
        return equals(DEFAULTS);
    }
}
