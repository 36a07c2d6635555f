/**
 * Memory from the system, and the one class that touches Netty's internals. The lowest layer.
 *
 * <p>Not exported. The whole is described in {@link io.nettyslab}.
 */
package io.nettyslab.memory;
