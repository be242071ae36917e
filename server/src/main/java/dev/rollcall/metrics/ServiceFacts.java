package dev.rollcall.metrics;

import java.time.Instant;
import java.time.ZoneId;

/**
 * Facts that are constant while the service runs.
 *
 * @param version the program's version
 * @param model the embedder's id
 * @param liveness the liveness mode in lower case
 * @param timeZone the time zone of the default site by the settings
 * @param startedAt when the service became ready
 */
public record ServiceFacts(String version, String model, String liveness, ZoneId timeZone, Instant startedAt) {}
