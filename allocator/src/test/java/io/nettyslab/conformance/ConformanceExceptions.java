package io.nettyslab.conformance;

import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The tests of Netty's suites that slab buffers do not run, each with its reason. The only such list. */
final class ConformanceExceptions implements ExecutionCondition {

    /**
     * One test left out.
     *
     * @param test name of the method in Netty's suites
     * @param reason why it says nothing about a slab buffer, and what is tested instead
     */
    record Exception(String test, String reason) {}

    static final List<Exception> ALL = List.of(
            new Exception(
                    "testMaxFastWritableBytes",
                    "Pins another pool's slack: casts to PooledByteBuf, or expects none. Instead: SlotSlackTest."),
            new Exception(
                    "testEnsureWritableDoesntGrowTooMuch",
                    "Pins another pool's slack: casts to PooledByteBuf. Instead: SlotSlackTest."),
            new Exception(
                    "testUnsafeHeapBufferAndUnsafeDirectBuffer",
                    "Names the classes that Netty's own unpooled allocator returns."));

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getTestMethod()
                .flatMap(method -> ALL.stream()
                        .filter(exception -> exception.test().equals(method.getName()))
                        .findFirst())
                .map(exception -> ConditionEvaluationResult.disabled(exception.reason()))
                .orElse(ConditionEvaluationResult.enabled("not an exception"));
    }
}
