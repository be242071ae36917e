package dev.rollcall.engine;

/**
 * Where a face looks, in degrees; all zero when it looks straight into an upright camera. Estimated from landmarks: good
 * to some ten degrees up to about 45.
 *
 * @param yaw positive when the face is turned to the viewer's right, −90…90
 * @param pitch positive when the face looks up, −90…90
 * @param roll positive when the head is tilted clockwise as the viewer sees it, −180…180
 */
public record Pose(float yaw, float pitch, float roll) {}
