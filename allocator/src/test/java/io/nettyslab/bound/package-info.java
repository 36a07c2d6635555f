/** The settings and the promise: what the allocator may take from the system, and what it serves within that bound. */
package io.nettyslab.bound;
