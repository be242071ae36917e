package dev.rollcall.engine.onnx;

import dev.rollcall.engine.EngineException;
import dev.rollcall.engine.ModelInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The models of an analysis, described by one or two manifests: one of each kind, and one or more for liveness. */
public final class ModelSet {

    /** The manifest's name. */
    public static final String MANIFEST = "models.properties";

    private static final String LIVENESS = "liveness";
    private static final Set<String> SECTIONS = Set.of("detector", "landmarks", "embedder", LIVENESS);

    /** What the section of a further liveness model begins with, before its name. */
    private static final String FURTHER = LIVENESS + "-";

    /** So that the models that an operator can add don't make the memory and duration of an analysis boundless. */
    private static final int MOST_LIVENESS_MODELS = 5;

    private final SortedMap<String, ModelSpec> specs = new TreeMap<>();

    private ModelSet() {}

    /** The built-in models. */
    public static ModelSet builtIn() {
        ModelSet set = new ModelSet();
        try (InputStream in = ModelSet.class.getResourceAsStream(MANIFEST)) {
            if (in == null) {
                throw new EngineException(MANIFEST + " is missing from the engine's resources");
            }
            set.put(read(new InputStreamReader(in, StandardCharsets.UTF_8)), null);
        } catch (IOException e) {
            throw new EngineException("the engine's " + MANIFEST + " can't be read", e);
        }
        return set;
    }

    /**
     * The built-in models, with those replaced that a folder's manifest describes.
     *
     * @throws EngineException if the folder has no manifest, or one with a section that is unknown or not complete
     */
    public static ModelSet withFolder(Path folder) {
        ModelSet set = builtIn();
        Path manifest = folder.resolve(MANIFEST);
        if (!Files.isRegularFile(manifest)) {
            throw new EngineException("the model folder " + folder + " has no " + MANIFEST);
        }
        try (Reader reader = Files.newBufferedReader(manifest)) {
            ModelSet own = new ModelSet();
            own.put(read(reader), folder);
            own.specs.forEach((section, spec) -> compareKeys(manifest, section, spec, set.spec(kind(section))));
            set.specs.putAll(own.specs);
            if (set.liveness().size() > MOST_LIVENESS_MODELS) {
                throw new EngineException(
                        "%s: more than %d models for liveness".formatted(manifest, MOST_LIVENESS_MODELS));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new EngineException(manifest + " can't be read: " + e, e);
        }
        return set;
    }

    private static Properties read(Reader reader) throws IOException {
        Properties entries = new Properties();
        entries.load(reader);
        return entries;
    }

    private void put(Properties entries, @Nullable Path folder) {
        SortedMap<String, SortedMap<String, String>> sections = new TreeMap<>();
        for (String name : entries.stringPropertyNames()) {
            int dot = name.indexOf('.');
            String section = dot < 0 ? name : name.substring(0, dot);
            if (!SECTIONS.contains(kind(section))) {
                throw new EngineException("%s: %s belongs to none of %s and %sNAME"
                        .formatted(MANIFEST, name, new TreeSet<>(SECTIONS), FURTHER));
            }
            sections.computeIfAbsent(section, unused -> new TreeMap<>())
                    .put(name.substring(dot + 1), entries.getProperty(name));
        }
        sections.forEach((section, facts) -> specs.put(section, new ModelSpec(section, folder, facts)));
    }

    /** The section of the built-in manifest that has the same entries. */
    private static String kind(String section) {
        return section.matches(FURTHER + "[a-z0-9]{1,20}") ? LIVENESS : section;
    }

    private static void compareKeys(Path manifest, String section, ModelSpec own, ModelSpec builtIn) {
        Set<String> missing = new TreeSet<>(builtIn.keys());
        missing.removeAll(own.keys());
        Set<String> unknown = new TreeSet<>(own.keys());
        unknown.removeAll(builtIn.keys());
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new EngineException(
                    "%s: section %s lacks %s and has unknown %s".formatted(manifest, section, missing, unknown));
        }
    }

    private ModelSpec spec(String section) {
        ModelSpec spec = specs.get(section);
        if (spec == null) {
            throw new EngineException("no manifest describes the model " + section);
        }
        return spec;
    }

    /** All models, by the name of their section. */
    public List<ModelInfo> infos() {
        return specs.values().stream().map(ModelSpec::info).toList();
    }

    /** The model that finds faces. */
    public ModelSpec detector() {
        return spec("detector");
    }

    /** The model that finds the 68 points of a face. */
    public ModelSpec landmarks() {
        return spec("landmarks");
    }

    /** The model that computes the embedding of an aligned face. */
    public ModelSpec embedder() {
        return spec("embedder");
    }

    /** The models that distinguish living faces from prints and screens: at least one, that of the section liveness first. */
    public List<ModelSpec> liveness() {
        return specs.values().stream()
                .filter(spec -> kind(spec.section()).equals(LIVENESS))
                .toList();
    }
}
