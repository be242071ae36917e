/** Who may make a request: keys, rate limits, origins, trusted proxies. */
@NullMarked
package dev.rollcall.http.access;

import org.jspecify.annotations.NullMarked;
