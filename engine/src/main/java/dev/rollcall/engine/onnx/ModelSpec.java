package dev.rollcall.engine.onnx;

import dev.rollcall.engine.EngineException;
import dev.rollcall.engine.ModelInfo;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A model's section of a manifest: its file, and the entries that its step reads. Immutable. */
public final class ModelSpec {

    private static final String FILE = "file";
    private static final String HASH = "sha256";
    private static final int LARGEST = 10_000;

    private final String section;
    private final String source;
    private final Map<String, String> facts;
    private final ModelFile file;

    /**
     * Checks the section's file name and hash.
     *
     * @param section the model's part, such as {@code embedder}
     * @param folder the folder of manifest and model, or null for the engine's resources
     * @param facts the section's entries by their key without the section's name
     * @throws EngineException if the file's name or hash is malformed
     */
    ModelSpec(String section, @Nullable Path folder, Map<String, String> facts) {
        this.section = section;
        this.source = folder == null
                ? "the engine's " + ModelSet.MANIFEST
                : folder.resolve(ModelSet.MANIFEST).toString();
        this.facts = Map.copyOf(facts);
        String name = text(FILE);
        String hash = text(HASH).toLowerCase(Locale.ROOT);
        if (!ModelFile.isName(name)) {
            throw wrong(FILE, "the name of an .onnx file beside the manifest");
        }
        if (!hash.matches("[0-9a-f]{64}")) {
            throw wrong(HASH, "64 hexadecimal digits");
        }
        this.file = new ModelFile(name, hash, folder);
    }

    /** The section's name in the manifest. */
    public String section() {
        return section;
    }

    ModelInfo info() {
        return new ModelInfo(section, file.name(), file.sha256(), file.folder() == null);
    }

    ModelFile file() {
        return file;
    }

    Set<String> keys() {
        return facts.keySet();
    }

    /** The text of an entry. */
    public String text(String key) {
        String value = facts.get(key);
        if (value == null || value.isBlank()) {
            throw new EngineException("%s: %s.%s is missing".formatted(source, section, key));
        }
        return value.strip();
    }

    /** A positive whole number up to 10,000. */
    public int size(String key) {
        int value = (int) decimal(key, 1, LARGEST);
        if (value != decimal(key, 1, LARGEST)) {
            throw wrong(key, "a whole number");
        }
        return value;
    }

    /** A number within bounds. */
    public double decimal(String key, double least, double most) {
        try {
            double value = Double.parseDouble(text(key));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw wrong(key, "a number");
        }
        throw wrong(key, "between " + least + " and " + most);
    }

    /** The enum constant that an entry names. */
    public <E extends Enum<E>> E choice(String key, Class<E> choices) {
        try {
            return Enum.valueOf(choices, text(key));
        } catch (IllegalArgumentException e) {
            throw wrong(key, "one of " + Set.of(choices.getEnumConstants()));
        }
    }

    /** The error for an entry that is not as expected. */
    public EngineException wrong(String key, String expected) {
        return new EngineException(
                "%s: %s.%s should be %s but is \"%s\"".formatted(source, section, key, expected, facts.get(key)));
    }
}
