/** Sites: places with a time zone, rules and a geofence. */
@NullMarked
package dev.rollcall.sites;

import org.jspecify.annotations.NullMarked;
