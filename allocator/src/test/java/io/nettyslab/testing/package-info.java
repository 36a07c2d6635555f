/** What several tests share: seeds, leak detection levels, threads of every kind. */
package io.nettyslab.testing;
