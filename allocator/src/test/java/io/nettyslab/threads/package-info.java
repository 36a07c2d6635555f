/** What must never happen when threads meet: releases elsewhere, races, threads that end, {@code close()}. */
package io.nettyslab.threads;
