package io.nettyslab.comparison;

import java.util.function.Function;

/**
 * One method of {@code ByteBuf}, or one way to call it.
 *
 * @param method the method's name
 * @param draft draws the arguments of one call
 */
record Operation(String method, Function<Arguments, Action> draft) {}
