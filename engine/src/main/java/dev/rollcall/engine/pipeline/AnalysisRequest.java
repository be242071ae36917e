package dev.rollcall.engine.pipeline;

import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.StageListener;
import java.util.concurrent.Executor;

/**
 * How one picture is to be analysed.
 *
 * @param rules what the picture must fulfil
 * @param listener receives the duration of each stage
 * @param helper is offered a part of the analysis, to run it in parallel; may run it late, never, or refuse it by {@link
 *     java.util.concurrent.RejectedExecutionException}
 */
public record AnalysisRequest(AnalysisRules rules, StageListener listener, Executor helper) {}
