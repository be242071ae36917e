package dev.rollcall.recognition.challenge;

import java.time.Duration;

/**
 * One turn of a challenge.
 *
 * @param turn where to turn the head
 * @param hold how long to hold it there
 */
public record Step(Turn turn, Duration hold) {}
