/** The whole allocator against a naive model of it. */
package io.nettyslab.model;
