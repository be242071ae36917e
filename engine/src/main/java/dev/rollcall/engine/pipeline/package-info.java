/** The order of the steps of an analysis, and the models and buffers that the steps share. */
@NullMarked
package dev.rollcall.engine.pipeline;

import org.jspecify.annotations.NullMarked;
