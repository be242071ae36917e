package dev.rollcall.engine;

import java.util.concurrent.Executor;

/**
 * One analysis that is asked for.
 *
 * @param rules what the picture must fulfil
 * @param listener hears how long each stage takes
 * @param spare may run a part of the analysis beside the rest
 */
record Order(AnalysisRules rules, StageListener listener, Executor spare) {}
