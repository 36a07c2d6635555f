package io.nettyslab.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The layers of package-info, and who may touch what. */
class ArchitectureTest {

    private static final int MOST_LINES = 600;
    private static final int WIDTH = 120; // characters, as in .editorconfig
    private static final Pattern COMMENT = Pattern.compile("^\\s*(\\*|/\\*|//)");

    /** From the top. */
    private static final List<String> LAYERS = List.of(
            "io.nettyslab", "io.nettyslab.heap", "io.nettyslab.buffer", "io.nettyslab.slab", "io.nettyslab.memory");

    private final JavaClasses main = new ClassFileImporter().importPath(Project.mainClasses());

    @Test
    void everyPackageIsALayerAndEveryLayerHasClasses() {
        assertThat(main.stream().map(c -> c.getPackageName()).filter(name -> !name.isEmpty()))
                .containsOnly(LAYERS.toArray(new String[0]))
                .containsAll(LAYERS);
    }

    @Test
    void layersOnlyLookDown() {
        for (int i = 1; i < LAYERS.size(); i++) {
            noClasses()
                    .that()
                    .resideInAPackage(LAYERS.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(LAYERS.subList(0, i).toArray(new String[0]))
                    .check(main);
        }
    }

    /** Memory holds what that class returns: the buffer, and how to free it. */
    @Test
    void onlyOneClassTouchesNettysInternals() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.nettyslab.memory")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty.util.internal..")
                .check(main);
        noClasses()
                .that()
                .doNotHaveSimpleName("NettyInternals")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.netty.util.internal..")
                        .and(not(name("io.netty.util.internal.CleanableDirectBuffer"))))
                .check(main);
    }

    @Test
    void slabsAndMemoryKnowNoBuffer() {
        noClasses()
                .that()
                .resideInAnyPackage("io.nettyslab.slab", "io.nettyslab.memory")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty.buffer..")
                .check(main);
    }

    @Test
    void nothingButJavaAndNettyBufferAndCommonIsNeeded() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.netty.buffer", "io.netty.util..", "io.nettyslab..")
                .check(main);
    }

    @Test
    void onlyTheTopLayerIsExported() throws IOException {
        ModuleDescriptor module;
        try (InputStream in = Files.newInputStream(Project.mainClasses().resolve("module-info.class"))) {
            module = ModuleDescriptor.read(in);
        }
        assertThat(module.exports()).hasSize(1).allMatch(e -> e.source().equals("io.nettyslab") && !e.isQualified());
        assertThat(module.opens()).isEmpty();
        assertThat(module.isOpen()).isFalse();
        assertThat(module.requires())
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactlyInAnyOrder("java.base", "io.netty.buffer", "io.netty.common");
    }

    @Test
    void noFileIsLong() {
        List<Path> files = Project.javaFiles();
        assertThat(files).hasSizeGreaterThan(50);
        assertThat(files)
                .filteredOn(file -> Project.read(file).lines().count() > MOST_LINES)
                .isEmpty();
    }

    /** The formatter breaks code, but leaves comments as they are. */
    @Test
    void noCommentIsWide() {
        assertThat(Project.javaFiles().stream().flatMap(ArchitectureTest::wideComments))
                .isEmpty();
    }

    private static Stream<String> wideComments(Path file) {
        return Project.read(file)
                .lines()
                .filter(line -> line.length() > WIDTH && COMMENT.matcher(line).find())
                .map(line -> Project.ROOT.relativize(file) + ": " + line.strip());
    }
}
