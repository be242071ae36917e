package dev.rollcall.recognition;

import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Analyses pictures as it was told, and remembers with which rules. Safe for use by several threads. */
final class MadeUpAnalyses implements PictureAnalyzer {

    private final Map<String, Analysis> analyses = new ConcurrentHashMap<>();
    private final List<AnalysisRules> begun = new ArrayList<>();
    private int awaited;
    private int closed;
    private boolean full;
    private boolean stopping;

    /** A picture, which is any text, of which an analysis says this. */
    byte[] picture(String text, Analysis analysis) {
        analyses.put(text, analysis);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Refuses every further picture. */
    synchronized void fill() {
        full = true;
    }

    /** Gives every further analysis up before its end. */
    synchronized void stop() {
        stopping = true;
    }

    /** The rules of the analyses that were begun. */
    synchronized List<AnalysisRules> begun() {
        return List.copyOf(begun);
    }

    /** How many results were waited for. */
    synchronized int awaited() {
        return awaited;
    }

    /** How many analyses were closed. */
    synchronized int closed() {
        return closed;
    }

    @Override
    public synchronized Optional<PendingAnalysis> begin(byte[] picture, AnalysisRules rules) {
        if (full) {
            return Optional.empty();
        }
        begun.add(rules);
        return Optional.of(new Pending(Optional.ofNullable(analyses.get(new String(picture, StandardCharsets.UTF_8)))));
    }

    private final class Pending implements PendingAnalysis {

        private final Optional<Analysis> analysis;

        Pending(Optional<Analysis> analysis) {
            this.analysis = analysis;
        }

        @Override
        public Optional<Analysis> await() {
            synchronized (MadeUpAnalyses.this) {
                awaited++;
                return stopping ? Optional.empty() : analysis;
            }
        }

        @Override
        public void close() {
            synchronized (MadeUpAnalyses.this) {
                closed++;
            }
        }
    }
}
