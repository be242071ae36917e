package dev.rollcall.recognition.bulk;

import dev.rollcall.people.EnrollmentStore.Identity;
import dev.rollcall.people.UserId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whose the files of a folder or zip file are.
 *
 * @param people everybody with at least one file
 * @param problems files and lines that belong to nobody
 */
public record EnrollmentPlan(List<PersonToEnroll> people, List<FileResult> problems) {

    /** Most files of a bulk enrollment. */
    public static final int MAX_FILES = 100_000;

    /** Most bytes of a list of people. */
    public static final int MAX_LIST_BYTES = PeopleList.MAX_BYTES;

    private static final Set<String> SYSTEM_FILES = Set.of("__macosx", "thumbs.db", "desktop.ini");

    public EnrollmentPlan {
        people = List.copyOf(people);
        problems = List.copyOf(problems);
    }

    /** The number of all files. */
    public int files() {
        return people.stream().mapToInt(person -> person.files().size()).sum();
    }

    /** Whether a path is of a file that operating systems create for themselves, or hidden. */
    public static boolean isIgnored(String path) {
        for (String part : path.split("/", -1)) {
            if (part.startsWith(".") || SYSTEM_FILES.contains(part.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a file is, by its name, a list of people or a report, and no picture. */
    public static boolean isTable(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return name.endsWith(".csv") || name.endsWith(".jsonl");
    }

    /**
     * Finds out whose the files are.
     *
     * @param csv the list of people, or null for people by their folders
     * @param zone the time zone of dates in the list
     * @throws ListException if it is no such list
     */
    public static EnrollmentPlan of(List<String> files, byte @Nullable [] csv, ZoneId zone) throws ListException {
        return csv == null ? byFolder(files) : byList(files, PeopleList.parse(csv, zone));
    }

    /** People by their folders: the first part of a path is the name of a folder or, without its ending, of a single file. */
    static EnrollmentPlan byFolder(List<String> files) {
        Map<String, List<String>> named = new LinkedHashMap<>();
        for (String file : files) {
            int slash = file.indexOf('/');
            named.computeIfAbsent(slash < 0 ? withoutEnding(file) : file.substring(0, slash), name -> new ArrayList<>())
                    .add(file);
        }
        Map<UserId, String> names = new LinkedHashMap<>();
        List<PersonToEnroll> people = new ArrayList<>();
        List<FileResult> problems = new ArrayList<>();
        named.forEach((name, own) -> {
            Optional<Identity> identity = NamedPeople.of(name);
            Optional<String> other =
                    identity.flatMap(known -> Optional.ofNullable(names.putIfAbsent(known.userId(), name)));
            if (identity.isPresent() && other.isEmpty()) {
                people.add(new PersonToEnroll(identity.get(), null, null, own));
                return;
            }
            String detail = other.map(
                            same -> "The names \"%s\" and \"%s\" lead to the same user_id.".formatted(name, same))
                    .orElse("The folder's or file's name is no name of a person.");
            own.forEach(file -> problems.add(FileResult.refused(file, null, FileProblem.PERSON_UNKNOWN, detail)));
        });
        return new EnrollmentPlan(people, problems);
    }

    private static String withoutEnding(String file) {
        int dot = file.lastIndexOf('.');
        return dot <= 0 ? file : file.substring(0, dot);
    }

    /** People by a list. */
    static EnrollmentPlan byList(List<String> files, PeopleList list) throws ListException {
        return new Assignment(files, list).plan();
    }

    /** The assignment of files to the lines of a list. */
    private static final class Assignment {

        private final NavigableSet<String> files;
        private final PeopleList list;
        private final List<FileResult> problems;
        private final Set<String> taken = new HashSet<>();
        private final Map<UserId, PeopleList.Line> lines = new LinkedHashMap<>();
        private final Map<UserId, Set<String>> owned = new LinkedHashMap<>();

        Assignment(List<String> files, PeopleList list) {
            this.files = new TreeSet<>(files);
            this.list = list;
            this.problems = new ArrayList<>(list.problems());
        }

        EnrollmentPlan plan() throws ListException {
            for (PeopleList.Line line : list.people()) {
                add(line);
                if (problems.size() > PeopleList.MAX_PROBLEMS) {
                    throw new ListException(
                            "the list of people has more than %,d lines and files that can't be used; the last one: line %d"
                                    .formatted(PeopleList.MAX_PROBLEMS, line.number()));
                }
            }
            List<PersonToEnroll> people = new ArrayList<>();
            lines.forEach((userId, line) -> {
                List<String> own = List.copyOf(owned.getOrDefault(userId, Collections.emptySet()));
                if (!own.isEmpty()) {
                    people.add(new PersonToEnroll(line.identity(), line.group(), line.externalId(), own));
                }
            });
            for (String file : files) {
                if (!taken.contains(file)) {
                    problems.add(FileResult.refused(
                            file, null, FileProblem.PERSON_UNKNOWN, "The list of people doesn't name this file."));
                }
            }
            return new EnrollmentPlan(people, problems);
        }

        private void add(PeopleList.Line line) {
            UserId userId = line.identity().userId();
            PeopleList.Line first = lines.putIfAbsent(userId, line);
            if (first != null && !isSamePerson(first, line)) {
                refuse(
                        line,
                        "line " + line.number(),
                        FileProblem.LINE_INVALID,
                        "Line %d says something else about %s.".formatted(first.number(), userId));
                return;
            }
            if (line.files().isEmpty()) {
                Set<String> found = filesNamed(userId.value());
                if (found.isEmpty()) {
                    refuse(
                            line,
                            "line " + line.number(),
                            FileProblem.FILE_MISSING,
                            "There is no folder and no picture named " + userId + ".");
                }
                found.forEach(file -> take(line, file));
            }
            line.files().forEach(file -> addNamed(line, file));
        }

        private static boolean isSamePerson(PeopleList.Line one, PeopleList.Line other) {
            return one.identity().equals(other.identity())
                    && String.valueOf(one.group()).equals(String.valueOf(other.group()))
                    && String.valueOf(one.externalId()).equals(String.valueOf(other.externalId()));
        }

        private void addNamed(PeopleList.Line line, String written) {
            Optional<String> path = FilePaths.normalized(written);
            if (path.isEmpty()) {
                refuse(line, written, FileProblem.PATH_INVALID, "The path must lead to a file within the folder.");
            } else if (files.contains(path.get())) {
                take(line, path.get());
            } else {
                Set<String> within = within(path.get());
                if (within.isEmpty()) {
                    refuse(line, path.get(), FileProblem.FILE_MISSING, "There is no such file.");
                }
                within.forEach(file -> take(line, file));
            }
        }

        private void take(PeopleList.Line line, String file) {
            UserId userId = line.identity().userId();
            Set<String> own = owned.computeIfAbsent(userId, id -> new LinkedHashSet<>());
            if (own.contains(file)) {
                return;
            }
            if (taken.add(file)) {
                own.add(file);
            } else {
                refuse(line, file, FileProblem.LINE_INVALID, "The file is another person's in a line above.");
            }
        }

        /** The files in a folder. */
        private Set<String> within(String folder) {
            return files.subSet(folder + "/", folder + "0");
        }

        /** The files in the folder of this name, or the file of this name with any ending. */
        private Set<String> filesNamed(String name) {
            Set<String> found = new LinkedHashSet<>(within(name));
            for (String file : files.subSet(name + ".", name + "/")) {
                if (withoutEnding(file).equals(name)) {
                    found.add(file);
                }
            }
            return found;
        }

        private void refuse(PeopleList.Line line, String file, FileProblem problem, String detail) {
            problems.add(FileResult.refused(file, line.identity().userId().value(), problem, detail));
        }
    }
}
