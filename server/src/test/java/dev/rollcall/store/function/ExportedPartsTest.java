package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.openapi.ApiDocument;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportedPartsTest {

    @Test
    void exportedParts_areTheDescribedOnes() throws Exception {
        List<String> described = new ArrayList<>(ApiDocument.read().fields("PersonExport"));

        assertThat(described.removeAll(List.of("user_id", "exported_at", FunctionPeopleStore.SHEETS)))
                .isTrue();
        assertThat(described).containsExactlyInAnyOrderElementsOf(FunctionPeopleStore.EXPORTED);
    }
}
