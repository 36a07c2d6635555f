package io.nettyslab.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettyslab.jmh.workload.Workload;
import io.nettyslab.jmh.workload.Workloads;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What all benchmark classes have in common, so that results can be read the same way. */
class BenchmarkShapeTest {

    @Test
    void thereAreBenchmarks() throws IOException {
        assertThat(benchmarks()).contains(SteadyChurnBenchmark.class).hasSizeGreaterThan(10);
    }

    /** Reports find a class's control by this name. */
    @ParameterizedTest
    @MethodSource("benchmarks")
    void eachHasOneControlAndTheSameConditions(Class<?> benchmark) {
        assertThat(methods(benchmark).filter(method -> method.getName().equals("control")))
                .hasSize(1);
        assertThat(benchmark).isAssignableTo(EventLoopBenchmark.class);
    }

    /** What is measured by hand only must be seen to be: else "every row" would be the rows that somebody chose. */
    @Test
    void methodsWithoutARowAreNamed() throws IOException {
        String docs = Files.readString(Path.of("..", "docs", "benchmarks.md"));
        String section = docs.substring(docs.indexOf("## What no row judges"), docs.indexOf("## How to read"));
        int methods = section.indexOf("Methods without a row");
        Set<String> named = Pattern.compile("`(\\w+)`")
                .matcher(section.substring(methods, section.indexOf(';', methods)))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        Set<String> unjudged = benchmarks().stream()
                .filter(benchmark -> benchmark != ReleaseFloorBenchmark.class) // which has no rival
                .flatMap(benchmark -> methods(benchmark)
                        .map(Method::getName)
                        .filter(method -> !method.equals("control") && !isJudged(benchmark, method)))
                .collect(Collectors.toSet());
        assertThat(named).isEqualTo(unjudged);
    }

    private static boolean isJudged(Class<?> benchmark, String method) {
        return Workloads.ALL.stream()
                .anyMatch(workload -> workload.benchmark().equals(benchmark.getSimpleName())
                        && workload.parameters().get(Workload.OPERATION).contains(method));
    }

    @ParameterizedTest
    @MethodSource("benchmarks")
    void controlsKnowNoAllocator(Class<?> benchmark) {
        assertThat(methods(benchmark).filter(method -> method.getName().equals("control")))
                .allSatisfy(method -> assertThat(states(method)).doesNotContain(AllocatorUnderTest.class));
    }

    /**
     * For each place where a thread-scoped state is named, JMH makes an instance of its own: two live sets, of which
     * one is never used, or a second line of receivers that takes cores from the first.
     */
    @ParameterizedTest
    @MethodSource("benchmarks")
    void noThreadScopedStateIsMadeTwice(Class<?> benchmark) {
        assertThat(methods(benchmark))
                .allSatisfy(method -> assertThat(states(method).stream()
                                .filter(state ->
                                        state.getAnnotation(State.class).value() == Scope.Thread))
                        .doesNotHaveDuplicates());
    }

    static List<Class<?>> benchmarks() throws IOException {
        String path = EventLoopBenchmark.class.getPackageName().replace('.', File.separatorChar);
        Path classes = Path.of("target", "classes").resolve(path);
        try (Stream<Path> files = Files.list(classes)) {
            List<Class<?>> found = new ArrayList<>();
            for (String file :
                    files.map(file -> file.getFileName().toString()).sorted().toList()) {
                if (file.endsWith("Benchmark.class") && !file.equals("EventLoopBenchmark.class")) {
                    found.add(load(file.replace(".class", "")));
                }
            }
            return found;
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(EventLoopBenchmark.class.getPackageName() + '.' + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Method> methods(Class<?> benchmark) {
        return Arrays.stream(benchmark.getMethods()).filter(method -> method.isAnnotationPresent(Benchmark.class));
    }

    /** Returns the states of {@code method}, each as often as JMH makes one: those that set-ups ask for included. */
    private static List<Class<?>> states(Method method) {
        List<Class<?>> all = new ArrayList<>();
        for (Class<?> type : method.getParameterTypes()) {
            if (type.isAnnotationPresent(State.class)) {
                all.add(type);
                Set<Class<?>> needed = new HashSet<>();
                for (Method setup : type.getMethods()) {
                    if (setup.isAnnotationPresent(Setup.class)) {
                        needed.addAll(states(setup));
                    }
                }
                all.addAll(needed);
            }
        }
        return all;
    }
}
