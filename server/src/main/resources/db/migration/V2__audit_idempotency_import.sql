-- Tables for the audit log, repeated requests and imports, and tighter rules for marks.

-- No zone is further than 14 hours from UTC, so a work date can't be further than a day from the mark's date there.
alter table attendance
    add constraint attendance_work_date_is_near_mark check (
        work_date between (marked_at at time zone 'UTC')::date - 1 and (marked_at at time zone 'UTC')::date + 1);

create index attendance_by_person on attendance (user_id, id);

alter table face_embeddings
    add constraint face_embeddings_model_is_named check (char_length(model) between 1 and 200),
    add constraint face_embeddings_quality_is_length check (quality >= 0);

alter table api_keys
    add constraint api_keys_name_is_short check (char_length(name) between 1 and 200);

-- What was done, by whom it concerns; never an embedding.
create table audit_log (
    id      bigint generated always as identity primary key,
    at      timestamptz not null,
    action  text        not null check (action ~ '^[A-Z_]{1,40}$'),
    user_id text check (user_id ~ '^[A-Za-z0-9._@:-]{1,64}$'),
    details jsonb       not null check (jsonb_typeof(details) = 'object' and octet_length(details::text) <= 4096)
);

create index audit_log_by_person on audit_log (user_id, id);

-- Answers kept for repeated requests. key: SHA-256 of the caller and its Idempotency-Key. fingerprint: SHA-256 of what
-- was asked. answer: {"match", "decision"} or {"refusal"}.
create table idempotency (
    key         text primary key check (key ~ '^[0-9a-f]{64}$'),
    fingerprint text        not null check (fingerprint ~ '^[0-9a-f]{64}$'),
    user_id     text        not null check (user_id ~ '^[A-Za-z0-9._@:-]{1,64}$'),
    created_at  timestamptz not null,
    expires_at  timestamptz not null check (expires_at > created_at),
    answer      jsonb       not null check (jsonb_typeof(answer) = 'object')
);

create index idempotency_by_expiry on idempotency (expires_at);
create index idempotency_by_person on idempotency (user_id);

-- Rows of an import on their way, until finish_import moves them all at once.
create table import_rows (
    import_id text        not null check (char_length(import_id) between 1 and 64),
    number    bigint      not null check (number >= 0),
    kind      text        not null check (kind in ('person', 'mark', 'api_key', 'audit')),
    content   jsonb       not null,
    staged_at timestamptz not null,
    primary key (import_id, number)
);

alter table audit_log enable row level security;
alter table idempotency enable row level security;
alter table import_rows enable row level security;

create function rollcall_schema_version() returns integer
    language sql immutable as 'select 2';
