/** Head-turn challenges: a person turns the head as asked, before a mark. */
@NullMarked
package dev.rollcall.recognition.challenge;

import org.jspecify.annotations.NullMarked;
