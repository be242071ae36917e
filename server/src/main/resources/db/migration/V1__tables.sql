-- Tables, constraints, indexes and row-level security. The comment of each table begins with "Rollcall", which distinguishes
-- this schema's objects from others in the same PostgreSQL schema.

-- What this schema is: the version of its tables, and the revision and checksum of its functions. One row.
create table rollcall_schema (
    one_row  boolean primary key default true check (one_row),
    version  integer not null,
    revision integer not null,
    checksum text    not null
);

comment on table rollcall_schema is 'Rollcall: the version of this schema';

insert into rollcall_schema (version, revision, checksum) values (1, 0, '');

-- The rules of a site: where one is null, the setting of the service holds. target_error_rate: the greatest share of attempts with
-- another person's face that may match. day_starts_at: when a work date begins, by the local time. directions_allowed: whether a
-- request may choose the direction of a mark. geofence: {"latitude", "longitude", "radius_m"}, null for none. identify_by: what a mark
-- by a face rests on: the face alone, a number and the face, or a badge and the face. pin_allowed: whether a number and a PIN make a mark.
-- threshold is no rule but the confidence that the service has chosen to keep target_error_rate; a change of it doesn't change
-- updated_at, nor does one of badge_key: 32 random bytes that sign the badges of the site's people, made when the first one is issued.
create table sites (
    site                 text primary key check (site ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
    name                 text        not null check (char_length(name) between 1 and 200),
    active               boolean     not null default true,
    time_zone            text check (char_length(time_zone) between 1 and 64),
    max_marks_per_day    integer check (max_marks_per_day >= 1),
    min_seconds_between  integer check (min_seconds_between >= 0),
    day_starts_at        time,
    target_error_rate    double precision check (target_error_rate > 0 and target_error_rate < 1),
    liveness             text check (liveness in ('off', 'monitor', 'enforce', 'challenge')),
    directions_allowed   boolean,
    geofence             jsonb check (jsonb_typeof(geofence) = 'object' and octet_length(geofence::text) <= 1024),
    identify_by          text check (identify_by in ('face', 'number', 'badge')),
    pin_allowed          boolean,
    created_at           timestamptz not null,
    updated_at           timestamptz not null,
    threshold            double precision check (threshold > 0 and threshold < 1),
    threshold_changed_at timestamptz,
    badge_key            bytea check (octet_length(badge_key) = 32),
    badge_key_made_at    timestamptz,
    constraint sites_default_is_active check (active or site <> 'default'),
    constraint sites_threshold_has_its_time check ((threshold is null) = (threshold_changed_at is null)),
    constraint sites_badge_key_has_its_time check ((badge_key is null) = (badge_key_made_at is null))
);

comment on table sites is 'Rollcall: places, and their rules';

-- This site exists always. It has not been changed as long as both times are the same.
insert into sites (site, name, created_at, updated_at)
values ('default', 'default', '2000-01-01T00:00:00Z', '2000-01-01T00:00:00Z');

-- external_id: the id of the person in another system. Somebody who is not active is neither recognised nor marked;
-- inactive_since: since when, null for people who are active. site: the only place where the person is; null for every site. A change of
-- active or site is noted in template_changes. badge_issue: six random characters of the badge that is valid; null without one. pin_hash:
-- of the person's PIN: the function, its iterations, the salt and the result in hexadecimal; null without one.
create table people (
    user_id     text primary key check (user_id ~ '^[A-Za-z0-9._@:-]{1,64}$'),
    name        text        not null check (char_length(name) between 1 and 200),
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    consent_at  timestamptz,
    "group"     text check (char_length("group") between 1 and 200),
    external_id text unique check (char_length(external_id) between 1 and 200),
    active      boolean     not null default true,
    site        text references sites (site),
    badge_issue     text check (badge_issue ~ '^[A-Za-z0-9_-]{6}$'),
    badge_issued_at timestamptz,
    pin_hash        text check (pin_hash ~ '^pbkdf2-sha256:150000:[0-9a-f]{32}:[0-9a-f]{64}$'),
    pin_set_at      timestamptz,
    inactive_since  timestamptz,
    constraint people_inactive_have_its_time check (active = (inactive_since is null)),
    constraint people_badge_has_its_time check ((badge_issue is null) = (badge_issued_at is null)),
    constraint people_pin_has_its_time check ((pin_hash is null) = (pin_set_at is null))
);

create index people_by_group on people ("group", user_id) where "group" is not null;
create index people_by_site on people (site, user_id) where site is not null;
create index people_by_creation on people (created_at, user_id);
create index people_by_update on people (updated_at, user_id);

comment on table people is 'Rollcall: people who are enrolled';

-- Pairs of people of whom an administrator has declared that they look alike, such as twins. Each pair is here once, in the order of
-- the bytes of the ids, whatever the database's collation.
create table look_alikes (
    first_id    text        not null references people (user_id) on delete cascade,
    second_id   text        not null references people (user_id) on delete cascade,
    declared_at timestamptz not null,
    primary key (first_id, second_id),
    constraint look_alikes_are_ordered check (first_id collate "C" < second_id collate "C")
);

create index look_alikes_by_second on look_alikes (second_id, first_id);

comment on table look_alikes is 'Rollcall: pairs of people who look alike';

-- embedding: 512 signed 16-bit integers, little-endian, each round(component * 32767) of a vector of length 1.
-- sealed_with: the id of the key under which the service has encrypted the embedding, or null. An encrypted one is 12 bytes
-- of nonce, 1,024 of ciphertext and 16 of tag (AES-256-GCM; the user_id and the model are authenticated with it).
create table face_embeddings (
    id          bigint generated always as identity primary key,
    user_id     text        not null references people (user_id) on delete cascade,
    model       text        not null,
    embedding   bytea       not null,
    quality     real        not null,
    created_at  timestamptz not null,
    sealed_with text check (sealed_with ~ '^[0-9a-f]{16}$'),
    constraint face_embeddings_model_is_named check (char_length(model) between 1 and 200),
    constraint face_embeddings_quality_is_length check (quality >= 0),
    constraint face_embeddings_embedding_has_its_form check (
        octet_length(embedding) = case when sealed_with is null then 1024 else 1052 end)
);

create index face_embeddings_by_person on face_embeddings (user_id, model, id);
create index face_embeddings_by_model_and_id on face_embeddings (model, id);

comment on table face_embeddings is 'Rollcall: templates of people';

-- The number of the last change that concerns a person's templates: added, removed, or active or site of the person changed. One
-- row for each person, also for erased ones. A reader that has everything up to a number reads the rows with greater numbers.
-- Written by triggers.
create table template_changes (
    user_id    text primary key,
    change     bigint      not null unique,
    changed_at timestamptz not null
);

comment on table template_changes is 'Rollcall: the last change of each person''s templates';

-- last: the greatest number given. The row stays locked until the change is visible, so that numbers become visible in their
-- order; it is locked after people's rows and before the audit log's chain. forgotten: the greatest number among removed rows
-- of template_changes; a reader whose last number is smaller must read all templates.
create table template_change_counter (
    one_row   boolean primary key default true check (one_row),
    last      bigint not null,
    forgotten bigint not null
);

comment on table template_change_counter is 'Rollcall: counts changes of templates';

insert into template_change_counter (last, forgotten) values (0, 0);

-- No foreign keys: a mark outlives the erasure of the person, and writing one locks no site. No zone is further than 14 hours from
-- UTC, and a work date begins less than a day after midnight, so it is at most two days before and one after the mark's date in UTC.
-- marked_at: when the mark counts. key_id: who made it. source: device; manual, entered by a person with a key; late, by a device that
-- had no connection; import, from another system; pin, by a device where the person typed number and PIN. captured_at, of late marks: when the device captured the face, by its own clock, or,
-- if that was ahead, received_at; marked_at is the same or some microseconds later. received_at, of late marks: when the service got it.
-- inside_geofence: true if the device was within the site's geofence, null if that was not asked. confidence, similarity, liveness and
-- rival_…, of the best-matching other person, are what the mark rests on: one by PIN or entered manually has none of it. look_alike: whether somebody
-- matched at least as well who is a declared look-alike of the person. direction_given: whether somebody said the direction; otherwise
-- it alternates within the work date. The constraints are short, since the database reads each of them anew for every mark.
create table attendance (
    id               bigint generated always as identity primary key,
    user_id          text        not null check (user_id ~ '^[A-Za-z0-9._@:-]{1,64}$'),
    marked_at        timestamptz not null,
    work_date        date        not null,
    number           integer     not null,
    direction        text        not null,
    confidence       real,
    similarity       real,
    liveness         real,
    site             text        not null default 'default',
    key_id           text,
    source           text        not null default 'device',
    captured_at      timestamptz,
    rival_confidence real,
    rival_similarity real,
    look_alike       boolean,
    received_at      timestamptz,
    inside_geofence  boolean,
    direction_given  boolean     not null default false,
    constraint attendance_of_person unique (user_id, id),
    -- With what days_with_other_directions reads, so that it needs the index alone.
    constraint attendance_by_number unique (user_id, work_date, number) include (marked_at, direction, direction_given),
    constraint attendance_work_date_is_near_mark check (
        work_date between (marked_at at time zone 'UTC')::date - 2 and (marked_at at time zone 'UTC')::date + 1),
    constraint attendance_numbers_are_in_range check (
        number >= 1 and confidence between 0 and 1 and similarity between -1 and 1 and liveness between 0 and 1),
    constraint attendance_words_are_known check (
        direction in ('in', 'out') and source in ('device', 'manual', 'late', 'import', 'pin')),
    constraint attendance_of_devices_has_evidence check (
        (confidence is null) = (similarity is null) and (confidence is not null or source in ('manual', 'import', 'pin'))),
    constraint attendance_without_a_face_has_none check (
        source not in ('manual', 'pin')
        or num_nonnulls(confidence, similarity, liveness, rival_confidence, rival_similarity, look_alike, captured_at) = 0),
    constraint attendance_entered_manually_is_nowhere check (source <> 'manual' or inside_geofence is null),
    constraint attendance_late_has_its_times check (
        (source = 'late') = (captured_at is not null) and (captured_at is null) = (received_at is null)
        and captured_at <= received_at)
);

create index attendance_by_person_and_time on attendance (user_id, marked_at);
create index attendance_by_date on attendance (work_date, marked_at);
create index attendance_by_time on attendance (marked_at, id);
create index attendance_by_site on attendance (site, marked_at, id);
create index attendance_by_key on attendance (key_id, marked_at, id);
create index attendance_by_source on attendance (source, marked_at, id) where source <> 'device';

comment on table attendance is 'Rollcall: marks';

-- Manual corrections of marks; the marks themselves are not changed. added: new_mark was entered manually; voided: old_mark
-- does not count; replaced: new_mark counts instead of old_mark. A mark can be voided or replaced only once. user_id: whose marks they
-- are; it changes with theirs. key_id: who did it; approved_by: who approved it, or null. A replacement is written after what it
-- replaces, so that no mark leads to itself.
create table corrections (
    id          bigint generated always as identity primary key,
    action      text        not null check (action in ('added', 'voided', 'replaced')),
    user_id     text        not null,
    old_mark    bigint unique,
    new_mark    bigint unique,
    reason      text        not null check (char_length(reason) between 3 and 500),
    key_id      text        not null check (key_id ~ '^[A-Za-z0-9._-]{1,64}$'),
    at          timestamptz not null,
    approved_by text check (approved_by ~ '^[A-Za-z0-9._-]{1,64}$' and approved_by <> key_id),
    constraint corrections_name_their_marks check (
        (old_mark is null) = (action = 'added') and (new_mark is null) = (action = 'voided')),
    constraint corrections_lead_to_later_marks check (old_mark < new_mark),
    constraint corrections_end_marks_of_the_person
        foreign key (user_id, old_mark) references attendance (user_id, id) on update cascade on delete cascade,
    constraint corrections_make_marks_of_the_person
        foreign key (user_id, new_mark) references attendance (user_id, id) on update cascade on delete cascade
);

create index corrections_by_person on corrections (user_id, id);

comment on table corrections is 'Rollcall: marks added manually, voided or replaced';

-- Corrections that wait for the approval of another administrator, or waited for it. proposed is the mark that shall count:
-- {"marked_at", "work_date", "direction", "direction_given", "site"}; null if old_mark shall only be voided. key_id: who asked;
-- decided_by: who approved or rejected it, which may be who asked if it was rejected. correction: what an approved one has become.
create table correction_requests (
    id          bigint generated always as identity primary key,
    state       text        not null check (state in ('pending', 'approved', 'rejected')),
    action      text        not null check (action in ('added', 'voided', 'replaced')),
    user_id     text        not null check (user_id ~ '^[A-Za-z0-9._@:-]{1,64}$'),
    old_mark    bigint,
    proposed    jsonb check (jsonb_typeof(proposed) = 'object'),
    reason      text        not null check (char_length(reason) between 3 and 500),
    key_id      text        not null check (key_id ~ '^[A-Za-z0-9._-]{1,64}$'),
    at          timestamptz not null,
    decided_by  text check (decided_by ~ '^[A-Za-z0-9._-]{1,64}$' and (decided_by <> key_id or state = 'rejected')),
    decided_at  timestamptz,
    decision    text check (char_length(decision) between 3 and 500),
    correction  bigint unique references corrections (id) on delete cascade,
    constraint correction_requests_name_their_marks check (
        (old_mark is null) = (action = 'added') and (proposed is null) = (action = 'voided')),
    constraint correction_requests_are_decided_by_others check (
        (decided_by is null) = (state = 'pending') and (decided_at is null) = (state = 'pending')
        and (correction is null) = (state <> 'approved')),
    constraint correction_requests_concern_marks_of_the_person
        foreign key (user_id, old_mark) references attendance (user_id, id) on update cascade on delete cascade
);

-- A mark has one pending request at the most.
create unique index correction_requests_wait_once on correction_requests (old_mark) where state = 'pending';
create index correction_requests_by_mark on correction_requests (old_mark);
create index correction_requests_by_state on correction_requests (state, id);
create index correction_requests_by_person on correction_requests (user_id, id);

comment on table correction_requests is 'Rollcall: corrections that wait for approval, or waited';

-- Planned hours that repeat by the week. starts_at, ends_at: local times of the person's site; an end that is not after the start is on the
-- next day. days: of the week, from 1 for Monday. break_rule: marked, breaks are unpaid as they were marked; automatic, what of
-- break_minutes was not marked is deducted from the presence beyond break_after_minutes; paid, marked breaks count up to break_minutes.
-- window_…: how far from the planned times marks belong to the shift. rounding_minutes: step on the local clock, 0 for none.
create table shifts (
    shift                 text primary key check (shift ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
    name                  text        not null check (char_length(name) between 1 and 200),
    starts_at             time        not null,
    ends_at               time        not null,
    days                  integer[]   not null,
    break_rule            text        not null check (break_rule in ('marked', 'automatic', 'paid')),
    break_minutes         integer     not null check (break_minutes between 0 and 720),
    break_after_minutes   integer     not null check (break_after_minutes between 0 and 720),
    grace_in_minutes      integer     not null check (grace_in_minutes between 0 and 240),
    grace_out_minutes     integer     not null check (grace_out_minutes between 0 and 240),
    window_before_minutes integer     not null check (window_before_minutes between 0 and 720),
    window_after_minutes  integer     not null check (window_after_minutes between 0 and 720),
    rounding_minutes      integer     not null check (rounding_minutes in (0, 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60)),
    rounding_in           text        not null check (rounding_in in ('nearest', 'up', 'down')),
    rounding_out          text        not null check (rounding_out in ('nearest', 'up', 'down')),
    created_at            timestamptz not null,
    updated_at            timestamptz not null,
    constraint shifts_have_days check (cardinality(days) between 1 and 7 and days <@ array [1, 2, 3, 4, 5, 6, 7])
);

comment on table shifts is 'Rollcall: planned hours';

-- Who works a shift from one work date to another, both included; ends_on is null for no end. A group's assignment holds for those who are
-- in the group now, on dates on which they have none of their own.
create table shift_assignments (
    id         bigint generated always as identity primary key,
    shift      text        not null references shifts (shift),
    user_id    text references people (user_id) on update cascade on delete cascade,
    "group"    text check (char_length("group") between 1 and 200),
    starts_on  date        not null,
    ends_on    date,
    created_at timestamptz not null,
    constraint shift_assignments_are_of_one check (num_nonnulls(user_id, "group") = 1),
    constraint shift_assignments_end_after_their_start check (ends_on >= starts_on)
);

create index shift_assignments_by_person on shift_assignments (user_id, id) where user_id is not null;
create index shift_assignments_by_group on shift_assignments ("group", id) where "group" is not null;
create index shift_assignments_by_shift on shift_assignments (shift, id);

comment on table shift_assignments is 'Rollcall: who works which shift when';

-- Work dates of a site on which nobody is planned to work. yearly: whether it returns each year.
create table holidays (
    id     bigint generated always as identity primary key,
    site   text    not null references sites (site) on delete cascade,
    day    date    not null,
    name   text    not null check (char_length(name) between 1 and 200),
    yearly boolean not null,
    constraint holidays_are_there_once unique (site, day, name)
);

comment on table holidays is 'Rollcall: holidays of sites';

-- Endpoints of other systems that get events. events: the kinds that it gets; empty for all. secret, old_secret: what signs the
-- events, sealed by the service; the old one signs beside the present one until old_secret_until. state: enabled; paused, by an
-- administrator, meanwhile events for it are not kept; dead, by the service, since it failed too long: events for it are kept.
-- failures: attempts that failed since the last one that didn't, since failing_since; retry_at: when the next one may be made. lease: who
-- delivers to it until leased_until; served_at: since when somebody does, or did; both by the database's clock.
create table webhooks (
    id               text primary key check (id ~ '^[0-9a-f]{12}$'),
    name             text        not null check (char_length(name) between 1 and 200),
    url              text        not null check (char_length(url) between 1 and 1000),
    events           text[]      not null,
    secret           text        not null check (char_length(secret) between 1 and 500),
    old_secret       text check (char_length(old_secret) between 1 and 500),
    old_secret_until timestamptz,
    state            text        not null check (state in ('enabled', 'paused', 'dead')),
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    dead_since       timestamptz,
    dead_reason      text check (char_length(dead_reason) between 1 and 500),
    failures         integer     not null default 0 check (failures >= 0),
    failing_since    timestamptz,
    retry_at         timestamptz,
    lease            text check (char_length(lease) between 1 and 64),
    leased_until     timestamptz,
    served_at        timestamptz,
    constraint webhooks_old_secret_ends check ((old_secret is null) = (old_secret_until is null)),
    constraint webhooks_dead_has_its_reason check (
        (state = 'dead') = (dead_since is not null) and (dead_since is null) = (dead_reason is null)),
    constraint webhooks_failures_have_a_start check ((failures = 0) = (failing_since is null)),
    constraint webhooks_lease_ends check ((lease is null) = (leased_until is null))
);

comment on table webhooks is 'Rollcall: endpoints of other systems that get events';

-- Events that an endpoint wants, or wanted, written in the transaction of what they tell. event: the id that receivers see.
create table outbox (
    id         bigint generated always as identity primary key,
    event      uuid        not null default gen_random_uuid(),
    at         timestamptz not null,
    kind       text        not null check (kind ~ '^[a-z_.]{1,40}$'),
    site       text        check (site ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
    user_id    text        check (user_id ~ '^[A-Za-z0-9._@:-]{1,64}$'),
    content    jsonb       not null check (jsonb_typeof(content) = 'object')
);

create index outbox_by_person on outbox (user_id) where user_id is not null;
create index outbox_by_rival on outbox ((content ->> 'rival_user_id')) where content ->> 'rival_user_id' is not null;
create index outbox_by_time on outbox (at, id);

comment on table outbox is 'Rollcall: events for other systems';

-- What becomes of an event at an endpoint. No foreign key to webhooks: writing an event must not wait for the removal of an endpoint, and
-- can't fail by it. subject: within one of an endpoint, events are delivered in the order of their ids. next_at: when the next attempt
-- may be made. The last attempt: status is of the answer, null without one; problem says why it failed, null if it didn't.
create table deliveries (
    id          bigint generated always as identity primary key,
    webhook     text        not null,
    event       bigint      not null references outbox (id) on delete cascade,
    subject     text        not null,
    state       text        not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
    attempts    integer     not null default 0 check (attempts >= 0),
    first_at    timestamptz,
    last_at     timestamptz,
    next_at     timestamptz not null,
    status      integer,
    problem     text check (char_length(problem) between 1 and 500),
    millis      integer
);

create index deliveries_by_event on deliveries (event);
create index deliveries_by_webhook on deliveries (webhook, id);
create index deliveries_that_wait on deliveries (webhook, subject, id) where state = 'waiting';
create index deliveries_that_wait_in_order on deliveries (webhook, id) where state = 'waiting';

comment on table deliveries is 'Rollcall: what became of events at endpoints';

-- Keys that sign receipts. id: the first 16 hexadecimal digits of the SHA-256 of public_key, whose 32 bytes are Ed25519's (RFC 8032).
-- private_key: sealed by the service; null of one that was replaced, whose receipts can still be verified.
create table receipt_keys (
    id          text primary key check (id ~ '^[0-9a-f]{16}$'),
    public_key  bytea       not null check (octet_length(public_key) = 32),
    private_key text check (char_length(private_key) between 1 and 500),
    created_at  timestamptz not null,
    replaced_at timestamptz,
    constraint receipt_keys_sign_until_replaced check ((private_key is null) = (replaced_at is not null))
);

create unique index receipt_keys_one_signs on receipt_keys ((private_key is null)) where private_key is not null;

comment on table receipt_keys is 'Rollcall: keys that sign receipts';

-- API keys. key_hash is the SHA-256 of the key, in hexadecimal digits. The key itself is not stored. The first 12 of these digits
-- are the id of the key. Each key belongs to a site. A device is a key of the scope recognize or self. device_version: what the device
-- last said of its program, stored together with last_used_at. user_id: of a key of the scope self, the person whose phone has it.
create table api_keys (
    key_hash     text primary key check (key_hash ~ '^[0-9a-f]{64}$'),
    name         text        not null,
    created_at   timestamptz not null,
    scopes       text[]      not null,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz,
    site         text        not null default 'default' references sites (site),
    device_version text check (device_version ~ '^[ -~]{1,64}$'),
    user_id      text references people (user_id) on delete cascade,
    constraint api_keys_name_is_short check (char_length(name) between 1 and 200),
    constraint api_keys_scopes_are_known check (
        cardinality(scopes) >= 1 and scopes <@ array ['admin', 'enroll', 'recognize', 'read', 'directory', 'self']),
    constraint api_keys_of_people_mark_them_alone check (
        case when user_id is null then not 'self' = any (scopes) else scopes = array ['self'] end)
);

create unique index api_keys_by_id on api_keys (left(key_hash, 12));

create index api_keys_by_creation on api_keys (created_at, left(key_hash, 12));
create index api_keys_by_person on api_keys (user_id) where user_id is not null;

comment on table api_keys is 'Rollcall: API keys, by their hashes';

-- Sessions of pages. token_hash: SHA-256 of the cookie's value, or, of a session that the configured key started, of this value and
-- that key. key_hash: the key that started it; null for the configured one. A session ends with its key, and no export has it.
create table sessions (
    token_hash text primary key check (token_hash ~ '^[0-9a-f]{64}$'),
    key_hash   text references api_keys (key_hash) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint sessions_last_half_a_day check (
        expires_at > created_at and expires_at <= created_at + interval '12 hours')
);

create index sessions_by_key on sessions (key_hash, created_at);
create index sessions_by_expiry on sessions (expires_at);

comment on table sessions is 'Rollcall: sessions of pages, by the hashes of their cookies';

-- The set-up of the service, one row at most. step: that it is at, 5 when it is done. link_hash: SHA-256 of the token of the link that
-- opens it; null without one. link_key_hash: the key whose session it opens; null for the configured one. No export has it.
create table setup (
    id              boolean primary key default true check (id),
    step            integer     not null check (step between 1 and 5),
    changed_at      timestamptz not null,
    link_hash       text check (link_hash ~ '^[0-9a-f]{64}$'),
    link_key_hash   text check (link_key_hash ~ '^[0-9a-f]{64}$'),
    link_expires_at timestamptz,
    constraint setup_link_expires check ((link_hash is null) = (link_expires_at is null))
);

comment on table setup is 'Rollcall: how far the set-up has come, and the hash of the link that opens it';

-- Codes that a device can trade for a key, once and until expires_at; a row is removed when that is done. code_hash: PBKDF2 of the
-- code with the salt, in hexadecimal digits. key_id: who made it. name and site: of the key.
create table pairings (
    id         text primary key check (id ~ '^[0-9a-f]{12}$'),
    salt       text        not null check (salt ~ '^[0-9a-f]{32}$'),
    code_hash  text        not null check (code_hash ~ '^[0-9a-f]{64}$'),
    name       text        not null check (char_length(name) between 1 and 200),
    site       text        not null references sites (site) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > created_at),
    key_id     text check (key_id ~ '^[A-Za-z0-9._-]{1,64}$')
);

create index pairings_by_expiry on pairings (expires_at);

comment on table pairings is 'Rollcall: codes for the pairing of devices';

-- Attempts at codes, and apart from them at links for phones, counted from since on. network: of the client who sent them; '' counts all
-- clients together. noted: whether the audit log notes that they are used up.
create table pairing_attempts (
    kind     text        not null check (kind in ('code', 'link')),
    network  text        not null check (char_length(network) <= 64),
    since    timestamptz not null,
    attempts integer     not null check (attempts >= 0),
    noted    boolean     not null default false,
    primary key (kind, network)
);

comment on table pairing_attempts is 'Rollcall: attempts at codes and links for the pairing of devices';

-- Links that a person's phone can trade for a key of the scope self, once and until expires_at; a row is removed when that is done. A
-- person has one at the most. link_hash: SHA-256 of its token. key_id: who made it. site: of the key. No export of everything has it.
create table phone_links (
    user_id    text primary key references people (user_id) on delete cascade,
    link_hash  text        not null unique check (link_hash ~ '^[0-9a-f]{64}$'),
    site       text        not null references sites (site) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > created_at),
    key_id     text check (key_id ~ '^[A-Za-z0-9._-]{1,64}$')
);

create index phone_links_by_expiry on phone_links (expires_at);

comment on table phone_links is 'Rollcall: links for people''s phones, by the hashes of their tokens';

-- Attempts at PINs that were wrong or are under way, counted from since on; once as many as are allowed were made, since is the time of
-- the last one. subject: 'person ' and a user_id, also one that nobody has, or 'key ' and the id of the device's key. noted: whether the
-- audit log notes that the attempts are used up.
create table pin_attempts (
    subject  text primary key check (char_length(subject) <= 80),
    since    timestamptz not null,
    attempts integer     not null check (attempts >= 0),
    noted    boolean     not null default false
);

comment on table pin_attempts is 'Rollcall: attempts at PINs';

-- Head-turn challenges, and the tokens of those that were passed. key_hash, site: of the device that asked for it; it alone may go on.
-- state: how far it has come, with embeddings of its frames while it is open and of one after it was passed, each sealed as templates
-- are. version: counts the changes. token_hash: the SHA-256 of the token, once it was passed. expires_at: of the challenge, then of the
-- token. used_by: the idempotency key of the request that used the token, which may use it again; empty if it had none. One that has failed stays, without embeddings, until it would have expired: it counts against the limits.
create table challenges (
    id         text primary key check (id ~ '^[A-Za-z0-9_-]{43}$'),
    key_hash   text        not null check (key_hash ~ '^[0-9a-f]{64}$'),
    site       text        not null references sites (site) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > created_at),
    outcome    text        not null default 'open' check (outcome in ('open', 'failed', 'passed')),
    version    integer     not null default 0,
    frames     integer     not null default 0 check (frames >= 0),
    state      jsonb,
    token_hash text unique check (token_hash ~ '^[0-9a-f]{64}$'),
    used_by    text check (used_by ~ '^([0-9a-f]{64})?$'),
    check ((state is null) = (outcome = 'failed')),
    check ((token_hash is null) = (outcome <> 'passed')),
    check (used_by is null or outcome = 'passed')
);

create index challenges_by_expiry on challenges (expires_at);
create index challenges_by_key on challenges (key_hash);

comment on table challenges is 'Rollcall: head-turn challenges and their tokens';

-- What was done, by whom, and whom it concerns; never an embedding. key_id, request_id and address: of the request. site: of the
-- key at that time. number: from 1 within the chain, without gaps.
create table audit_log (
    id         bigint generated always as identity primary key,
    at         timestamptz not null,
    action     text        not null check (action ~ '^[A-Z_]{1,40}$'),
    user_id    text check (user_id ~ '^[A-Za-z0-9._@:-]{1,64}$'),
    details    jsonb       not null check (jsonb_typeof(details) = 'object' and octet_length(details::text) <= 4096),
    key_id     text check (key_id ~ '^[A-Za-z0-9._-]{1,64}$'),
    request_id text check (request_id ~ '^[A-Za-z0-9._-]{1,64}$'),
    address    text check (address ~ '^[0-9A-Za-z.:%_-]{1,64}$'),
    site       text check (site ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
    chain      text        not null,
    number     bigint      not null,
    previous   bytea       not null,
    hash       bytea       not null,
    constraint audit_log_has_its_place unique (chain, number),
    constraint audit_log_number_is_in_range check (number between 1 and 1000000000000000),
    constraint audit_log_time_is_in_range check (at >= '0999-12-31T00:00:00Z' and at < '3000-01-02T00:00:00Z')
);

create index audit_log_by_person on audit_log (user_id, id);
create index audit_log_by_key on audit_log (key_id, id);
create index audit_log_by_time on audit_log (at, id);

comment on table audit_log is 'Rollcall: who did what';

-- A chain of audit rows: one is this database's own, others came with imports. anchor: the row before the first that is
-- kept; head: the last row. A hash is the SHA-256 of the hash before it and the row.
create table audit_chains (
    chain         text primary key check (chain ~ '^[0-9a-f]{32}$'),
    own           boolean not null,
    anchor_number bigint  not null,
    anchor_hash   bytea   not null check (octet_length(anchor_hash) = 32),
    head_number   bigint  not null check (head_number >= anchor_number),
    head_hash     bytea   not null check (octet_length(head_hash) = 32)
);

create unique index audit_chains_one_is_own on audit_chains (own) where own;

comment on table audit_chains is 'Rollcall: where the chains of the audit log begin and end';

-- The name of the chain starts it: its SHA-256 is what the first row follows.
insert into audit_chains (chain, own, anchor_number, anchor_hash, head_number, head_hash)
select name, true, 0, start, 0, start
from (select replace(gen_random_uuid()::text, '-', '') as name) n, sha256(convert_to(n.name, 'UTF8')) start;

-- Answers kept for repeated requests. key: SHA-256 of the caller and its Idempotency-Key. fingerprint: SHA-256 of the
-- request's content. user_id: null where nobody was identified. answer: {"match", "decision"} or {"refusal"}.
create table idempotency (
    key         text primary key check (key ~ '^[0-9a-f]{64}$'),
    fingerprint text        not null check (fingerprint ~ '^[0-9a-f]{64}$'),
    user_id     text        check (user_id ~ '^[A-Za-z0-9._@:-]{1,64}$'),
    created_at  timestamptz not null,
    expires_at  timestamptz not null check (expires_at > created_at),
    answer      jsonb       not null check (jsonb_typeof(answer) = 'object')
);

create index idempotency_by_expiry on idempotency (expires_at);
create index idempotency_by_person on idempotency (user_id);

comment on table idempotency is 'Rollcall: answers kept for repeated requests';

-- Staged rows of an unfinished import; finish_import moves them to their tables in one transaction.
create table import_rows (
    import_id text        not null check (char_length(import_id) between 1 and 64),
    number    bigint      not null check (number >= 0),
    kind      text        not null check (kind in ('site', 'person', 'look_alike', 'mark', 'correction', 'correction_request',
                                                    'shift', 'shift_assignment', 'holiday', 'api_key', 'audit')),
    content   jsonb       not null,
    staged_at timestamptz not null,
    primary key (import_id, number)
);

create index import_rows_by_kind on import_rows (import_id, kind, number);

comment on table import_rows is 'Rollcall: staged rows of an unfinished import';

-- Imports of many people from zip files. file_key: the AES key of the pictures' files, which wait in the data folder of one
-- instance; null once the import has ended. files: how many there are in the plan; done: how many of them have a result; refused
-- also counts lines of the list and files that are nobody's. erased: who was erased since it was received, until it has ended.
-- key_id, request_id, address and site are of the caller who sent it.
create table people_imports (
    id               text primary key check (id ~ '^[0-9a-f]{32}$'),
    state            text        not null check (state in ('waiting', 'running', 'finished', 'cancelled', 'failed')),
    problem          text check (char_length(problem) between 1 and 500),
    created_at       timestamptz not null,
    changed_at       timestamptz not null,
    started_at       timestamptz,
    ended_at         timestamptz,
    people           integer     not null check (people >= 0),
    files            integer     not null check (files >= 0),
    done             integer     not null default 0,
    enrolled         integer     not null default 0,
    already_enrolled integer     not null default 0,
    refused          integer     not null default 0,
    file_key         bytea check (octet_length(file_key) = 32),
    erased           text[]      not null default '{}',
    key_id           text        not null check (key_id ~ '^[A-Za-z0-9._-]{1,64}$'),
    request_id       text check (request_id ~ '^[A-Za-z0-9._-]{1,64}$'),
    address          text check (address ~ '^[0-9A-Za-z.:%_-]{1,64}$'),
    site             text check (site ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
    constraint people_imports_have_a_key_until_they_end check (
        (file_key is null) = (state in ('finished', 'cancelled', 'failed')) and (file_key is null) = (ended_at is not null))
);

comment on table people_imports is 'Rollcall: imports of many people';

-- place: of a file its number in the zip file, below 1,000,000; others are of lines and of further results of a file. Each is
-- noted once, also if an interrupted import does it again.
create table people_import_results (
    id        bigint generated always as identity primary key,
    import_id text   not null references people_imports (id) on delete cascade,
    place     bigint not null check (place >= 0),
    file      text   not null check (char_length(file) between 1 and 1000),
    user_id   text check (user_id ~ '^[A-Za-z0-9._@:-]{1,64}$'),
    status    text   not null check (status in ('enrolled', 'already_enrolled', 'refused')),
    code      text check (code ~ '^[A-Z_]{1,40}$'),
    detail    text check (char_length(detail) between 1 and 2000),
    constraint people_import_results_are_noted_once unique (import_id, place)
);

create index people_import_results_by_import on people_import_results (import_id, id);
create index people_import_results_by_person on people_import_results (user_id) where user_id is not null;

comment on table people_import_results is 'Rollcall: the results of imports of many people';

alter table rollcall_schema enable row level security;
alter table sites enable row level security;
alter table people enable row level security;
alter table look_alikes enable row level security;
alter table face_embeddings enable row level security;
alter table template_changes enable row level security;
alter table template_change_counter enable row level security;
alter table attendance enable row level security;
alter table corrections enable row level security;
alter table correction_requests enable row level security;
alter table shifts enable row level security;
alter table shift_assignments enable row level security;
alter table holidays enable row level security;
alter table webhooks enable row level security;
alter table outbox enable row level security;
alter table deliveries enable row level security;
alter table receipt_keys enable row level security;
alter table api_keys enable row level security;
alter table sessions enable row level security;
alter table setup enable row level security;
alter table pairings enable row level security;
alter table pairing_attempts enable row level security;
alter table phone_links enable row level security;
alter table pin_attempts enable row level security;
alter table challenges enable row level security;
alter table audit_log enable row level security;
alter table audit_chains enable row level security;
alter table idempotency enable row level security;
alter table import_rows enable row level security;
alter table people_imports enable row level security;
alter table people_import_results enable row level security;
