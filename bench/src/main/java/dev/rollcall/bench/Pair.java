package dev.rollcall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Two pictures to compare.
 *
 * @param first the first picture: a folder and a file name without ending
 * @param second the second picture
 * @param same whether both show one person
 * @param fold which fold of the protocol the pair belongs to
 */
record Pair(Picture first, Picture second, boolean same, int fold) {

    private static final String HEADER = "person_a,image_a,person_b,image_b,same,fold";
    private static final int COLUMNS = 6;

    /** A picture by its person and its name. */
    record Picture(String person, String name) {

        /** Its file: in the person's folder, or in the folder of all if there is none of the person. */
        Path under(Path folder) {
            Path own = folder.resolve(person);
            return (Files.isDirectory(own) ? own : folder).resolve(name + ".jpg");
        }
    }

    /**
     * Reads a pairs file: CSV with the columns person_a, image_a, person_b, image_b, same (1 or 0), fold.
     *
     * @throws IOException if the file can't be read or has another form
     */
    static List<Pair> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new IOException(file + " must begin with the line " + HEADER);
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] fields = lines.get(i).split(",", -1);
            if (fields.length != COLUMNS || !fields[4].matches("[01]") || !fields[5].matches("\\d{1,6}")) {
                throw new IOException(file + ", line " + (i + 1) + ": " + lines.get(i));
            }
            pairs.add(new Pair(
                    new Picture(fields[0], fields[1]),
                    new Picture(fields[2], fields[3]),
                    fields[4].equals("1"),
                    Integer.parseInt(fields[5])));
        }
        return pairs;
    }
}
