package io.nettyslab.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every file and every type that a document names exists, and every document that a comment names. */
class DocsTest {

    private static final Pattern FENCED = Pattern.compile("^```.*?^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern DOCUMENT = Pattern.compile("\\b(docs/(?:decisions|results)?[\\w./-]*\\.md)");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]+)(#[^)]*)?\\)");
    private static final Pattern PATH = Pattern.compile("(\\./)?[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*/?");
    private static final Pattern FILE_NAME = Pattern.compile(".+\\.(md|java|xml|json|svg|png|sh|config|properties)");
    private static final Pattern PACKAGE = Pattern.compile("io\\.nettyslab(\\.[A-Za-z]\\w*)*");

    /**
     * Two words at least, so that `Direct` or `Zen` is no type; what follows a dot, a hash or a bracket is a member.
     */
    private static final Pattern TYPE = Pattern.compile("([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)([.#(<].*)?");

    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|interface|record|enum) ([A-Z]\\w*)");

    /** Of modules that the allocator does not depend on. */
    private static final Set<String> ELSEWHERE = Set.of(
            "ChannelOutboundBuffer",
            "ChannelOption",
            "ManualIoEventLoop",
            "MultiThreadIoEventLoopGroup",
            "ServerBootstrap",
            "SslHandler");

    @Test
    void everyPathThatDocumentsNameExists() {
        assertThat(documents().flatMap(DocsTest::missingPaths)).isEmpty();
    }

    @Test
    void everyDocumentThatCommentsNameExists() {
        List<Path> files = Project.javaFiles();
        assertThat(files.stream().flatMap(file -> matches(DOCUMENT, Project.read(file))))
                .hasSizeGreaterThan(20);
        assertThat(files.stream()
                        .flatMap(file -> matches(DOCUMENT, Project.read(file))
                                .filter(document -> !Files.exists(Project.ROOT.resolve(document)))
                                .map(document -> Project.ROOT.relativize(file) + " names " + document)))
                .isEmpty();
    }

    @Test
    void everyTypeThatDocumentsNameExists() throws IOException {
        Set<String> known = new HashSet<>(ELSEWHERE);
        addOurTypes(known);
        addTypesOfTheJdk(known);
        addTypesOnTheClassPath(known);
        assertThat(documents().flatMap(document -> missingTypes(document, known)))
                .isEmpty();
    }

    @Test
    void thereAreDocumentsAndTheyNameThings() {
        assertThat(documents()).hasSizeGreaterThan(8);
        assertThat(documents()
                        .flatMap(d -> matches(CODE, text(d)))
                        .filter(c -> TYPE.matcher(c).matches()))
                .contains("SlabExhaustedError");
    }

    private static Stream<Path> documents() {
        Stream<Path> atTheTop = Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
                .map(Project.ROOT::resolve)
                .filter(Files::exists);
        return Stream.concat(atTheTop, Project.filesBelow(Project.ROOT.resolve("docs"), ".md").stream());
    }

    private static Stream<String> missingPaths(Path document) {
        String text = text(document);
        List<String> missing = new ArrayList<>();
        matches(LINK, text)
                .filter(link -> !link.contains(":"))
                .filter(link -> !Files.exists(document.resolveSibling(link)))
                .forEach(missing::add);
        matches(CODE, text)
                .filter(DocsTest::looksLikeAPathOfOurs)
                .filter(path -> !Files.exists(Project.ROOT.resolve(path)))
                .filter(path -> !Files.exists(document.resolveSibling(path)))
                .forEach(missing::add);
        matches(CODE, text)
                .filter(name -> PACKAGE.matcher(name).matches())
                .filter(name -> !isPackageOrType(name))
                .forEach(missing::add);
        return missing.stream().map(path -> Project.ROOT.relativize(document) + " names " + path);
    }

    private static boolean looksLikeAPathOfOurs(String code) {
        return PATH.matcher(code).matches()
                && !code.contains("/target/") // made by the build
                && !code.contains("NNNN")
                && (code.indexOf('/') >= 0 || FILE_NAME.matcher(code).matches());
    }

    private static boolean isPackageOrType(String name) {
        String path = name.replace('.', '/');
        return Project.MODULES.stream()
                .flatMap(module -> Stream.of("main", "test").map(set -> module + "/src/" + set + "/java/" + path))
                .map(Project.ROOT::resolve)
                .anyMatch(at -> Files.isDirectory(at) || Files.exists(at.resolveSibling(at.getFileName() + ".java")));
    }

    private static Stream<String> missingTypes(Path document, Set<String> known) {
        return matches(CODE, text(document))
                .map(TYPE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .filter(type -> !known.contains(type))
                .map(type -> Project.ROOT.relativize(document) + " names " + type);
    }

    /** Benchmarks go by their name without the ending too, as on the command line. */
    private static void addOurTypes(Set<String> known) {
        for (Path file : Project.javaFiles()) {
            Matcher matcher = DECLARED.matcher(Project.read(file));
            while (matcher.find()) {
                known.add(matcher.group(1));
                known.add(matcher.group(1).replaceFirst("Benchmark$", ""));
            }
        }
    }

    private static void addTypesOfTheJdk(Set<String> known) throws IOException {
        for (String module : List.of("java.base", "java.management", "jdk.unsupported")) {
            Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", module);
            try (Stream<Path> files = Files.walk(root)) {
                files.forEach(file -> addClassFile(known, file.toString()));
            }
        }
    }

    private static void addTypesOnTheClassPath(Set<String> known) throws IOException {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                try (JarFile jar = new JarFile(entry)) {
                    jar.stream().forEach(file -> addClassFile(known, file.getName()));
                }
            }
        }
    }

    private static void addClassFile(Set<String> known, String file) {
        if (file.endsWith(".class")) {
            String name = file.substring(file.lastIndexOf('/') + 1, file.length() - ".class".length());
            known.add(name.substring(name.lastIndexOf('$') + 1));
        }
    }

    private static String text(Path document) {
        return FENCED.matcher(Project.read(document)).replaceAll("");
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1));
    }
}
