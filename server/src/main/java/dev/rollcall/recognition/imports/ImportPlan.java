package dev.rollcall.recognition.imports;

import dev.rollcall.recognition.bulk.EnrollmentPlan;
import dev.rollcall.recognition.bulk.FileResult;
import dev.rollcall.recognition.bulk.ListException;
import dev.rollcall.recognition.bulk.PersonToEnroll;
import dev.rollcall.recognition.imports.ImportIndex.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose the pictures of an import are, and the numbers of their files. It is made of the folder's content alone, and so is the
 * same each time.
 *
 * @param problems of the zip file and of the list, in an order that is the same each time
 * @param numbers of the pictures' files by their paths
 */
record ImportPlan(List<PersonToEnroll> people, List<FileResult> problems, Map<String, Integer> numbers) {

    ImportPlan {
        people = List.copyOf(people);
        problems = List.copyOf(problems);
        numbers = Map.copyOf(numbers);
    }

    /**
     * Makes the plan of the files in a folder.
     *
     * @param zone the time zone of dates in the list
     * @throws ListException if the list can't be used
     */
    static ImportPlan of(ImportIndex index, ImportFolder folder, ImportKey key, ZoneId zone)
            throws IOException, ListException {
        Map<String, Integer> numbers = new HashMap<>();
        for (Picture picture : index.pictures()) {
            numbers.put(picture.path(), picture.number());
        }
        List<String> paths =
                index.pictures().stream().map(Picture::path).sorted().toList();
        byte[] list = null;
        if (index.hasList()) {
            try (InputStream in = folder.readList(key)) {
                list = in.readAllBytes();
            }
        }
        EnrollmentPlan plan = EnrollmentPlan.of(paths, list, zone);
        List<FileResult> problems = new ArrayList<>(index.problems());
        problems.addAll(plan.problems());
        return new ImportPlan(plan.people(), problems, numbers);
    }

    /** How many files are somebody's. */
    int files() {
        return people.stream().mapToInt(person -> person.files().size()).sum();
    }

    /** The number of a person's first file. */
    int firstNumber(String userId) {
        return people.stream()
                .filter(person -> person.identity().userId().value().equals(userId))
                .mapToInt(person -> number(person.files().get(0)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody of this import"));
    }

    int number(String path) {
        Integer number = numbers.get(path);
        if (number == null) {
            throw new IllegalArgumentException("no picture of this import");
        }
        return number;
    }
}
