package dev.rollcall.doctor;

import dev.rollcall.archive.BackupName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The check of the newest backup's age. */
public final class BackupCheck {

    /** Two daily ones may be missed, such as at a weekend. */
    private static final Duration OLD = Duration.ofDays(3);

    private static final String SUBJECT = "backup";

    private BackupCheck() {}

    public static Finding of(Path folder, Instant now) {
        try {
            List<BackupName> backups = BackupName.in(folder);
            return backups.isEmpty() ? none(folder) : age(backups, folder, now);
        } catch (IOException e) {
            return Finding.note(SUBJECT, folder + " can't be read: " + e, "run this command as the service's account");
        }
    }

    private static Finding none(Path folder) {
        return Finding.note(
                SUBJECT,
                "none in " + folder,
                "run 'rollcall backup' daily, by rollcall-backup.timer or cron, unless the database has backups of its own");
    }

    private static Finding age(List<BackupName> backups, Path folder, Instant now) {
        Instant newest = backups.get(0).time();
        Duration age = Duration.between(newest, now);
        String says = "the newest of %,d in %s is of %s".formatted(backups.size(), folder, newest);
        return age.compareTo(OLD) > 0
                ? Finding.wrong(
                        SUBJECT,
                        says + ", %,d days ago".formatted(age.toDays()),
                        "look why none was made since: systemctl status rollcall-backup.timer rollcall-backup")
                : Finding.ok(SUBJECT, says);
    }
}
