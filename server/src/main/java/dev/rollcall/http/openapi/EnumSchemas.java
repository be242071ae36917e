package dev.rollcall.http.openapi;

import static java.util.Map.entry;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.CorrectionStore;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.MarkFilter;
import dev.rollcall.http.api.HintCode;
import dev.rollcall.keys.DeviceState;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.StoreHealth;
import dev.rollcall.recognition.bulk.FileResult;
import dev.rollcall.recognition.challenge.Hint;
import dev.rollcall.recognition.challenge.Progress;
import dev.rollcall.recognition.challenge.Turn;
import dev.rollcall.recognition.imports.ImportStatus;
import dev.rollcall.schedule.BreakRule;
import dev.rollcall.schedule.DayStatus;
import dev.rollcall.schedule.HolidayFile;
import dev.rollcall.schedule.Rounding;
import dev.rollcall.sites.IdentifyBy;
import dev.rollcall.sites.LivenessMode;
import dev.rollcall.webhooks.Delivery;
import dev.rollcall.webhooks.Webhook;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** The schemas of fields and parameters that have the name of an enum's constant: codes as they are, others in lower case. */
final class EnumSchemas {

    /** The names and descriptions of enums that can't have an annotation of their own. */
    private static final Map<Class<?>, Described> OTHERS = Map.ofEntries(
            entry(Code.class, new Described("Code", "The stable code of a refusal, for programs")),
            entry(Direction.class, new Described("Direction", "Whether a mark is an arrival or a departure")),
            entry(
                    Scope.class,
                    new Described(
                            "Scope",
                            "What an API key permits. admin: everything; enroll: enrolling people; recognize: recognising"
                                    + " people and writing their marks; read: reading people and marks; directory: reading"
                                    + " the names of active people; self: marking the person whose phone has the key, and reading this"
                                    + " person's own marks")),
            entry(
                    DeviceState.class,
                    new Described(
                            "DeviceState",
                            "Whether the key of a device is valid. active: it is; expired: its time is over; revoked: it was"
                                    + " revoked")),
            entry(
                    AttendanceStore.Source.class,
                    new Described(
                            "MarkSource",
                            "How a mark came about. device: a device recognised the person; manual: somebody wrote it;"
                                    + " late: a device without a connection recognised the person earlier; import: it"
                                    + " comes from another system; pin: the person typed number and PIN")),
            entry(
                    MarkFilter.MarkState.class,
                    new Described(
                            "MarkState",
                            "Whether a mark counts. present: it counts; voided: it was voided, and nothing counts instead"
                                    + " of it; replaced: another mark counts instead of it")),
            entry(
                    CorrectionStore.Action.class,
                    new Described(
                            "CorrectionAction",
                            "What was done. marked: a mark was made, not by a correction; added: a mark was entered"
                                    + " manually; voided: a mark doesn't count any more; replaced: another mark counts"
                                    + " instead of one")),
            entry(
                    CorrectionStore.RequestState.class,
                    new Described(
                            "CorrectionState",
                            "The state of a correction that needs approval. pending: it waits for another administrator;"
                                    + " approved: it was carried out; rejected: nothing was changed")),
            entry(
                    ImportStatus.State.class,
                    new Described(
                            "ImportState",
                            "The state of an import. waiting: it was received; running: pictures are being enrolled, or will"
                                    + " be after an interruption; finished: every file has a result; cancelled: people who"
                                    + " were enrolled by then stay; failed: it can't be continued")),
            entry(
                    FileResult.Status.class,
                    new Described(
                            "FileStatus",
                            "What became of a file of an import. enrolled: the template was written; already_enrolled: the person"
                                    + " has a template of this very picture; refused: nothing was written. accepted and skipped"
                                    + " are in reports of the command enroll-dir only")),
            entry(
                    LivenessMode.class,
                    new Described(
                            "LivenessMode",
                            "What the liveness score decides. off: it is not measured; monitor: it is reported and"
                                    + " decides nothing; enforce: a face under the threshold is refused; challenge: it is"
                                    + " reported, and a mark by a face needs the token of a head-turn challenge")),
            entry(
                    IdentifyBy.class,
                    new Described(
                            "IdentifyBy",
                            "What a mark by a face rests on. face: the face alone is enough; number: the face and a number,"
                                    + " or a badge; badge: the face and a badge")),
            entry(
                    DayStatus.class,
                    new Described(
                            "DayStatus",
                            "What a day was for a person. present: the times were kept, or there are none; late: the first"
                                    + " arrival was too late; left_early: the last departure was too early; incomplete: a"
                                    + " mark is missing; absent: there is no mark, and the shift is over; holiday: there is"
                                    + " no mark, on a holiday; day_off: there is no mark, on a day that the shift leaves"
                                    + " free")),
            entry(
                    BreakRule.Kind.class,
                    new Described(
                            "BreakKind",
                            "How breaks count. marked: unpaid, as long as they were marked; automatic: unpaid, and what of the"
                                    + " planned break was not marked is deducted from the presence beyond after_minutes;"
                                    + " paid: marked breaks are work up to the planned minutes")),
            entry(
                    Rounding.Mode.class,
                    new Described("RoundingMode", "Whether a time is rounded to the nearest step, up or down")),
            entry(
                    HolidayFile.Reason.class,
                    new Described(
                            "SkippedReason",
                            "Why an event of a calendar file is no holiday. not_a_whole_day: it begins at a time of day;"
                                    + " no_date: it has no valid dates, or lasts longer than 31 days; no_name: it has no"
                                    + " name; repeated: it is repeated otherwise than yearly on the same date; cancelled:"
                                    + " it is cancelled")),
            entry(Turn.class, new Described("HeadTurn", "Where to turn the head. left and right are the person's own")),
            entry(
                    Progress.Phase.class,
                    new Described(
                            "ChallengePhase",
                            "What the person has to do. straight: look straight, before the first turn; turn: turn the head;"
                                    + " hold: hold it there; return: look straight again; done: nothing more")),
            entry(
                    Hint.class,
                    new Described(
                            "ChallengeHint",
                            "What to tell the person now. look_straight: look at the camera; hold_still: go on looking straight;"
                                    + " turn: turn the head; more_slowly: it turned too fast to be seen, look straight and turn"
                                    + " again; less: turn back a little; hold: hold the head there; no_face: step before the"
                                    + " camera; one_face: one person at a time; come_closer: the face is too small; same_frame:"
                                    + " nothing, this frame shows nothing new; done: all turns were made")),
            entry(
                    Webhook.WebhookState.class,
                    new Described(
                            "WebhookState",
                            "Whether a webhook gets events. enabled: it does; paused: somebody has paused it, and events meanwhile"
                                    + " are not kept for it; dead: it has failed too long, and events wait for it")),
            entry(
                    Delivery.DeliveryState.class,
                    new Described(
                            "DeliveryState",
                            "What became of an event. waiting: it is not delivered yet; delivered: the receiver has accepted it;"
                                    + " failed: it was given up after three days")),
            entry(
                    Delivery.DeliveryProblem.class,
                    new Described(
                            "DeliveryProblem",
                            "Why an attempt failed. status: the answer's status is not 2xx; redirect: it is a redirect, which is"
                                    + " never followed; timed_out: no answer in time; not_connected: no connection; closed: the"
                                    + " connection ended before an answer; tls: the certificate is not valid for the name, or TLS"
                                    + " failed otherwise; bad_answer: what came is no HTTP answer, or its head is too long;"
                                    + " name_unknown: the name has no address; target_not_allowed: WEBHOOK_TARGETS forbids the"
                                    + " address")),
            entry(
                    StoreHealth.Problem.class,
                    new Described(
                            "DatabaseProblem",
                            "Why the database can't be used. unreachable: it does not respond; disk_full: its disk is full,"
                                    + " or its host made it read-only for that; standby: it is a replica, which accepts"
                                    + " no writes")));

    private EnumSchemas() {}

    private record Described(String name, String description) {}

    /** Adds the schema of an enum to the components, and returns a reference to it. */
    static Schema ref(Components components, Class<?> values) {
        Described described = described(values);
        Schema schema = OASFactory.createSchema().addType(SchemaType.STRING).description(described.description());
        for (Object value : values.getEnumConstants()) {
            schema.addEnumeration(text((Enum<?>) value));
        }
        components.removeSchema(values.getSimpleName());
        components.addSchema(described.name(), schema);
        return OASFactory.createSchema().ref("#/components/schemas/" + described.name());
    }

    private static Described described(Class<?> values) {
        Described other = OTHERS.get(values);
        if (other != null) {
            return other;
        }
        org.eclipse.microprofile.openapi.annotations.media.Schema own =
                values.getAnnotation(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
        if (own == null) {
            throw new IllegalStateException("nothing describes " + values);
        }
        return new Described(RecordSchemas.name(values), own.description());
    }

    private static String text(Enum<?> value) {
        return value instanceof Code || value instanceof HintCode
                ? value.name()
                : value.name().toLowerCase(Locale.ROOT);
    }
}
