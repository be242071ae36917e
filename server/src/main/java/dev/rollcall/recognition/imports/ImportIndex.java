package dev.rollcall.recognition.imports;

import dev.rollcall.recognition.bulk.FileProblem;
import dev.rollcall.recognition.bulk.FileResult;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was in the zip file of an import: the paths of the pictures, and the files that could not be used.
 *
 * @param pictures in the order of the zip file
 * @param problems in the order of the zip file
 * @param hasList whether there was a list of people
 */
record ImportIndex(List<Picture> pictures, List<FileResult> problems, boolean hasList) {

    private static final int VERSION = 1;

    ImportIndex {
        pictures = List.copyOf(pictures);
        problems = List.copyOf(problems);
    }

    /**
     * A picture.
     *
     * @param number its place in the zip file
     */
    record Picture(int number, String path) {}

    void write(OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        out.writeInt(VERSION);
        out.writeBoolean(hasList);
        out.writeInt(pictures.size());
        for (Picture picture : pictures) {
            out.writeInt(picture.number());
            out.writeUTF(picture.path());
        }
        out.writeInt(problems.size());
        for (FileResult problem : problems) {
            out.writeUTF(problem.file());
            out.writeUTF(String.valueOf(problem.code()));
            out.writeUTF(String.valueOf(problem.detail()));
        }
        out.flush();
    }

    static ImportIndex read(InputStream from) throws IOException {
        DataInputStream in = new DataInputStream(from);
        if (in.readInt() != VERSION) {
            throw new IOException("the index of the import is of another version of the program");
        }
        boolean hasList = in.readBoolean();
        List<Picture> pictures = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            pictures.add(new Picture(in.readInt(), in.readUTF()));
        }
        List<FileResult> problems = new ArrayList<>();
        Map<String, String> details = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String file = in.readUTF();
            FileProblem problem = problem(in.readUTF());
            String detail = in.readUTF();
            String same = details.putIfAbsent(detail, detail);
            problems.add(FileResult.refused(file, null, problem, same == null ? detail : same));
        }
        return new ImportIndex(pictures, problems, hasList);
    }

    private static FileProblem problem(String name) throws IOException {
        try {
            return FileProblem.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IOException("the index of the import is of another version of the program", e);
        }
    }
}
