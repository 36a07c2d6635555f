package io.nettyslab.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The comparison leaves out no public method of {@code ByteBuf}. */
class EveryMethodTest {

    @Test
    void everyPublicMethodIsCompared() {
        Set<String> declared = Arrays.stream(ByteBuf.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(Method::getName)
                .collect(Collectors.toSet());
        Set<String> compared = Operations.ALL.stream().map(Operation::method).collect(Collectors.toSet());
        assertThat(compared).containsAll(declared);
    }
}
