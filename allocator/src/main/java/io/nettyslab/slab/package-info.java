/**
 * Slabs, pages, runs of pages, size classes and budgets. Knows nothing of buffers or of who owns them.
 *
 * <p>Not exported. The whole is described in {@link io.nettyslab}.
 */
package io.nettyslab.slab;
