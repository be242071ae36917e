package dev.rollcall.archive;

import dev.rollcall.archive.ArchiveStore.Kind;
import dev.rollcall.archive.ArchiveStore.Page;
import dev.rollcall.archive.ArchiveStore.Row;
import dev.rollcall.digest.Sha256;
import dev.rollcall.files.PrivateFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** Writes the sites, people, look-alikes, templates, marks, corrections, keys and audit log of a store into a file, row by row. */
public final class Export {

    private final ArchiveSource store;
    private final Clock clock;

    public Export(ArchiveSource store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Writes the file, readable for its owner alone, under its name only once it is complete and on the disk.
     *
     * @return how many rows it has
     */
    public long to(Path file, Progress progress) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        partial.toFile().deleteOnExit(); // a signal ends the process without what is in finally
        try {
            long rows = write(partial, progress);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            return rows;
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private long write(Path partial, Progress progress) throws IOException {
        try (FileChannel channel = PrivateFile.create(partial)) {
            GZIPOutputStream out = new GZIPOutputStream(Channels.newOutputStream(channel));
            long rows = write(out, progress);
            out.finish();
            out.flush();
            channel.force(true);
            return rows;
        }
    }

    private long write(OutputStream out, Progress progress) throws IOException {
        MessageDigest digest = Sha256.start();
        put(out, digest, ArchiveFormat.header(store.schemaVersion(), clock.instant()));
        long rows = 0;
        for (Kind kind : Kind.values()) {
            String after = "";
            do {
                Page page = store.read(kind, after);
                for (String content : page.contents()) {
                    put(out, digest, ArchiveFormat.line(new Row(kind, content)));
                }
                rows += page.contents().size();
                progress.rows(kind, rows);
                after = page.last();
            } while (!after.isEmpty());
        }
        String sha256 = HexFormat.of().formatHex(digest.digest());
        put(out, Sha256.start(), ArchiveFormat.end(new ArchiveFormat.End(rows, sha256)));
        return rows;
    }

    private static void put(OutputStream out, MessageDigest digest, String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        digest.update(bytes);
        out.write(bytes);
    }
}
