package dev.rollcall.http.api;

import dev.rollcall.http.MayBeEmpty;
import dev.rollcall.reports.SheetStore.Whose;
import dev.rollcall.schedule.DayStatus;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Whose sheets are listed, and which; null for any. */
record SheetFilter(
        @QueryParam("user_id") @Nullable String userId,

        @Parameter(
                description = "People who are in this group now; empty for people without one",
                allowEmptyValue = true)
        @MayBeEmpty
        @QueryParam("group")
        @Nullable
        String group,

        @Parameter(
                description = "People who are bound to this site; empty for people who are bound to none",
                allowEmptyValue = true)
        @MayBeEmpty
        @QueryParam("site")
        @Nullable
        String site,

        @Parameter(
                description = "Days with this status; incomplete for those on which a mark is missing",
                schema =
                        @Schema(
                                type = SchemaType.STRING,
                                enumeration = {
                                    "present",
                                    "late",
                                    "left_early",
                                    "incomplete",
                                    "absent",
                                    "holiday",
                                    "day_off"
                                }))
        @QueryParam("status")
        @Nullable
        String status,

        @Context UriInfo request) {

    Whose whose() {
        return new Whose(
                ListQuery.userId(userId),
                ListQuery.label(request, "group", group),
                ListQuery.label(request, "site", site));
    }

    @Nullable
    DayStatus wanted() {
        return ListQuery.constantOrNull("status", status, DayStatus.class);
    }
}
