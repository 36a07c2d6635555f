package io.nettyslab.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AbstractByteBufAllocatorTest;
import io.netty.buffer.AbstractPooledByteBufTest;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An exception that names no test of Netty's is stale. */
class ConformanceExceptionsTest {

    static Stream<String> exceptions() {
        return ConformanceExceptions.ALL.stream().map(ConformanceExceptions.Exception::test);
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void everyExceptionNamesATestOfNettys(String test) {
        assertThat(Stream.of(AbstractPooledByteBufTest.class, AbstractByteBufAllocatorTest.class)
                        .flatMap(suite -> Arrays.stream(suite.getMethods()))
                        .map(method -> method.getName()))
                .contains(test);
    }
}
