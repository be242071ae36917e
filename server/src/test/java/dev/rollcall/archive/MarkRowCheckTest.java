package dev.rollcall.archive;

import static dev.rollcall.archive.CheckedRow.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.archive.ArchiveStore.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The fields of a mark that depend on how it was made. */
class MarkRowCheckTest {

    @Test
    void marksWithoutEvidence_areThoseOfNoDevice() throws Exception {
        for (String source : List.of("manual", "import", "device")) {
            Map<String, String> bare = new HashMap<>(ArchiveRows.MARK);
            List.of("confidence", "similarity", "rival_confidence", "rival_similarity", "look_alike", "inside_geofence")
                    .forEach(bare::remove);
            assertThat(told(Kind.MARK, bare, "source", "\"" + source + "\"").equals("taken"))
                    .as(source)
                    .isEqualTo(!source.equals("device"));
        }
        assertThat(told(Kind.MARK, ArchiveRows.MARK, "source", "\"late\"")).isNotEqualTo("taken");
    }

    @Test
    void marksEnteredManuallyOrByPin_haveNoEvidence() throws Exception {
        Map<String, String> manual = new HashMap<>(ArchiveRows.MARK);
        List<String> evidence = List.of(
                "confidence",
                "similarity",
                "liveness",
                "rival_confidence",
                "rival_similarity",
                "look_alike",
                "inside_geofence");
        evidence.forEach(manual::remove);
        for (String source : List.of("manual", "pin")) {
            manual.put("source", "\"" + source + "\"");
            for (String field : evidence) {
                String told =
                        told(Kind.MARK, manual, field, field.matches("look_alike|inside_geofence") ? "true" : "0.5");
                if (source.equals("pin") && field.equals("inside_geofence")) {
                    assertThat(told).isEqualTo("taken");
                } else {
                    assertThat(told)
                            .endsWith("line 2 (mark), " + field
                                    + " must not be there for a mark by PIN, or one that was entered manually");
                }
            }
        }
    }

    @Test
    void bothTimesOfLateMarks_areThoseOfNoOthers() throws Exception {
        Map<String, String> late = new HashMap<>(ArchiveRows.MARK);
        late.put("source", "\"late\"");
        late.put("captured_at", ArchiveRows.AT);
        late.put("received_at", ArchiveRows.AT);

        assertThat(told(Kind.MARK, late, "x", "")).isEqualTo("taken");
        assertThat(told(Kind.MARK, late, "captured_at", "\"2026-11-22T08:00:00.123457Z\""))
                .endsWith("line 2 (mark), captured_at must not be after received_at");
        for (String time : List.of("captured_at", "received_at")) {
            assertThat(told(Kind.MARK, late, time, "null"))
                    .endsWith("line 2 (mark), " + time + " must be there for a late mark");
            assertThat(told(Kind.MARK, ArchiveRows.MARK, time, ArchiveRows.AT))
                    .endsWith("line 2 (mark), " + time + " must not be there for a mark that is not late");
        }
    }
}
