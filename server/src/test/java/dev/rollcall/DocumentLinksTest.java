package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between documents: in the project, and in the packages, which have a part of its files. */
class DocumentLinksTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|href)=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern INCLUDED = Pattern.compile("<include>([^<]+)</include>");

    /** A link from a document to a file of the project, and the heading that it names there, or an empty text. */
    private record Link(Path document, Path file, String heading) {}

    @Test
    void everyLink_leadsToAFileAndAHeading() throws IOException {
        assertThat(documents()).hasSizeGreaterThan(25);
        for (Path document : documents()) {
            for (Link link : links(document)) {
                assertThat(link.file()).as("%s", link).exists();
                if (!link.heading().isEmpty()) {
                    assertThat(headings(link.file())).as("%s", link).contains(link.heading());
                }
            }
        }
    }

    @Test
    void everyLinkInAPackage_leadsToAFileOfThePackage() throws IOException {
        List<PathMatcher> included = INCLUDED.matcher(Files.readString(Path.of("src/main/assembly/package.xml")))
                .results()
                .map(include -> FileSystems.getDefault().getPathMatcher("glob:" + include.group(1)))
                .toList();
        List<Link> links = documents().stream()
                .filter(document -> isIncluded(included, document))
                .flatMap(document -> links(document).stream())
                .toList();

        assertThat(links).hasSizeGreaterThan(100).allSatisfy(link -> assertThat(
                        isIncluded(included, link.file()) || Files.isDirectory(link.file()))
                .as("%s", link)
                .isTrue());
    }

    @Test
    void everyDocument_isReachedFromTheIndex() throws IOException {
        Path index = ROOT.resolve("docs/README.md");
        Set<Path> reached = links(index).stream().map(Link::file).collect(Collectors.toCollection(TreeSet::new));
        reached.add(index);

        assertThat(documents().stream().filter(document -> document.startsWith(ROOT.resolve("docs"))))
                .allSatisfy(document -> assertThat(reached).contains(document));
    }

    private static boolean isIncluded(List<PathMatcher> included, Path file) {
        return included.stream().anyMatch(include -> include.matches(ROOT.relativize(file)));
    }

    private static List<Path> documents() throws IOException {
        Deque<Path> documents = new ArrayDeque<>();
        for (String folder : List.of("", "docs", "bench/results")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
            }
        }
        return List.copyOf(documents);
    }

    private static List<Link> links(Path document) {
        return LINK.matcher(CODE.matcher(read(document)).replaceAll(""))
                .results()
                .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .map(target -> link(document, target))
                .toList();
    }

    private static Link link(Path document, String target) {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty()
                ? document
                : document.resolveSibling(parts[0]).normalize();
        return new Link(document, file, parts.length == 1 ? "" : parts[1]);
    }

    /** The headings of a document as links name them: small letters, hyphens for spaces, without punctuation. */
    private static Set<String> headings(Path document) {
        Set<String> headings = new TreeSet<>();
        Matcher heading = HEADING.matcher(CODE.matcher(read(document)).replaceAll(""));
        while (heading.find()) {
            String text = heading.group(1).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
            headings.add(text.toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'));
        }
        return headings;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
