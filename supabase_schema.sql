-- Rollcall's schema, for Supabase's SQL editor or psql. Generated from the migrations by "rollcall schema":
-- don't edit. It brings an empty database, or one that an older version of this script made, to version 12,
-- and may be run again.

create or replace function pg_temp.rollcall_schema_present() returns integer
    language plpgsql
as
$present$
declare
    version integer := case when to_regclass('face_embeddings') is null then 0 else 1 end;
begin
    if to_regprocedure('rollcall_schema_version()') is not null then
        execute 'select rollcall_schema_version()' into version;
    end if;
    return version;
end
$present$;

do $step$
begin
    if pg_temp.rollcall_schema_present() < 1 then
        execute $migration$
-- People, their templates, their attendance, and the two functions that decide and write atomically.

create table people (
    user_id    text primary key check (user_id ~ '^[A-Za-z0-9._@:-]{1,64}$'),
    name       text        not null check (char_length(name) between 1 and 200),
    created_at timestamptz not null,
    updated_at timestamptz not null
);

-- embedding: 512 signed 16-bit integers, little-endian, each round(component * 32767) of a vector of length 1.
create table face_embeddings (
    id         bigint generated always as identity primary key,
    user_id    text        not null references people (user_id) on delete cascade,
    model      text        not null,
    embedding  bytea       not null check (octet_length(embedding) = 1024),
    quality    real        not null,
    created_at timestamptz not null
);

create index face_embeddings_by_person on face_embeddings (user_id, model, id);
create index face_embeddings_by_model on face_embeddings (model);

-- No foreign key: a mark outlives the erasure of the person.
create table attendance (
    id         bigint generated always as identity primary key,
    user_id    text        not null check (user_id ~ '^[A-Za-z0-9._@:-]{1,64}$'),
    marked_at  timestamptz not null,
    work_date  date        not null,
    number     integer     not null check (number >= 1),
    direction  text        not null check (direction in ('in', 'out')),
    confidence real        not null check (confidence between 0 and 1),
    similarity real        not null check (similarity between -1 and 1),
    liveness   real        check (liveness between 0 and 1),
    unique (user_id, work_date, number)
);

create index attendance_by_person_and_time on attendance (user_id, marked_at);
create index attendance_by_date on attendance (work_date, marked_at);

-- key_hash: SHA-256 of the key in hexadecimal; the key itself is nowhere.
create table api_keys (
    key_hash   text primary key check (key_hash ~ '^[0-9a-f]{64}$'),
    name       text        not null,
    created_at timestamptz not null
);

alter table people enable row level security;
alter table face_embeddings enable row level security;
alter table attendance enable row level security;
alter table api_keys enable row level security;

-- Enrolls a person or adds a template to one; keeps the newest p_max_templates of the model. Answers how many there are.
create function enroll_person(
    p_user_id       text,
    p_name          text,
    p_model         text,
    p_embedding     bytea,
    p_quality       real,
    p_at            timestamptz,
    p_replace       boolean,
    p_max_templates integer)
    returns integer
    language plpgsql
as
$$
declare
    kept integer;
begin
    insert into people (user_id, name, created_at, updated_at)
    values (p_user_id, p_name, p_at, p_at)
    on conflict (user_id) do update set name = excluded.name, updated_at = excluded.updated_at;

    if p_replace then
        delete from face_embeddings where user_id = p_user_id;
    end if;

    insert into face_embeddings (user_id, model, embedding, quality, created_at)
    values (p_user_id, p_model, p_embedding, p_quality, p_at);

    delete from face_embeddings
    where user_id = p_user_id
      and model = p_model
      and id not in (select id
                     from face_embeddings
                     where user_id = p_user_id and model = p_model
                     order by id desc
                     limit p_max_templates);

    select count(*) into kept from face_embeddings where user_id = p_user_id and model = p_model;
    return kept;
end
$$;

-- Decides about a mark and writes it. The person's row is locked first, so that decisions about one person queue up,
-- however many service instances ask at once. Answers one row, whose code is MARKED, DAILY_LIMIT_REACHED, TOO_SOON or
-- NOT_ENROLLED.
create function mark_attendance(
    p_user_id     text,
    p_marked_at   timestamptz,
    p_work_date   date,
    p_max_per_day integer,
    p_min_seconds integer,
    p_confidence  real,
    p_similarity  real,
    p_liveness    real)
    returns table (
        code            text,
        mark_id         bigint,
        mark_number     integer,
        mark_direction  text,
        remaining_today integer,
        next_allowed_at timestamptz)
    language plpgsql
as
$$
declare
    made_today  integer;
    last_number integer;
    last_mark   timestamptz;
begin
    perform 1 from people where user_id = p_user_id for no key update;
    if not found then
        code := 'NOT_ENROLLED';
        return next;
        return;
    end if;

    select count(*), coalesce(max(a.number), 0)
    into made_today, last_number
    from attendance a
    where a.user_id = p_user_id and a.work_date = p_work_date;

    if made_today >= p_max_per_day then
        code := 'DAILY_LIMIT_REACHED';
        remaining_today := 0;
        return next;
        return;
    end if;

    select max(a.marked_at) into last_mark from attendance a where a.user_id = p_user_id;
    if p_min_seconds > 0 and p_marked_at < last_mark + make_interval(secs => p_min_seconds) then
        code := 'TOO_SOON';
        next_allowed_at := last_mark + make_interval(secs => p_min_seconds);
        return next;
        return;
    end if;

    code := 'MARKED';
    mark_number := last_number + 1;
    mark_direction := case when made_today % 2 = 0 then 'in' else 'out' end;
    remaining_today := p_max_per_day - made_today - 1;
    insert into attendance (user_id, marked_at, work_date, number, direction, confidence, similarity, liveness)
    values (p_user_id, p_marked_at, p_work_date, mark_number, mark_direction, p_confidence, p_similarity, p_liveness)
    returning id into mark_id;
    return next;
end
$$;
$migration$;
    end if;
end
$step$;

do $step$
begin
    if pg_temp.rollcall_schema_present() < 2 then
        execute $migration$
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
$migration$;
    end if;
end
$step$;

do $step$
begin
    if pg_temp.rollcall_schema_present() < 3 then
        execute $migration$
-- Everything that the service asks about people, templates and keys. Each function answers one JSON value, so that
-- callers over JDBC and over REST read the same; embeddings are in hexadecimal.

drop function enroll_person(text, text, text, bytea, real, timestamptz, boolean, integer);

-- The person with the templates of a model, oldest first, or null.
create function find_person(p_user_id text, p_model text) returns jsonb
    language sql stable
as
$$
select jsonb_build_object(
        'user_id', p.user_id,
        'name', p.name,
        'templates', coalesce((select jsonb_agg(encode(f.embedding, 'hex') order by f.id)
                               from face_embeddings f
                               where f.user_id = p.user_id and f.model = p_model), '[]'))
from people p
where p.user_id = p_user_id
$$;

-- Templates of a model with ids above p_after, in the order of their ids: the greatest id or null, whose they are, and all
-- embeddings one behind the other. The one function that doesn't answer JSON: there may be many templates, and over JDBC
-- they needn't be turned into text and back.
create function list_templates(
    p_model        text,
    p_after        bigint,
    p_limit        integer,
    out last       bigint,
    out user_ids   text[],
    out embeddings bytea)
    language sql stable
as
$$
select max(f.id), array_agg(f.user_id order by f.id), string_agg(f.embedding, '' order by f.id)
from (select id, user_id, embedding
      from face_embeddings
      where model = p_model and id > p_after
      order by id
      limit p_limit) f
$$;

create index face_embeddings_by_model_and_id on face_embeddings (model, id);
drop index face_embeddings_by_model;

-- Enrolls a person or adds a template to one; keeps the newest p_max_templates of the model. Enrollments queue up, so
-- that template ids become visible in their order; p_checked_up_to is the greatest one that the caller has compared
-- the face with, and if another person has a greater one, nothing is written and the code is NEWER_TEMPLATES.
create function enroll_person(
    p_user_id       text,
    p_name          text,
    p_model         text,
    p_embedding     text,
    p_quality       real,
    p_at            timestamptz,
    p_replace       boolean,
    p_max_templates integer,
    p_checked_up_to bigint)
    returns jsonb
    language plpgsql
as
$$
declare
    kept integer;
begin
    perform pg_advisory_xact_lock(hashtextextended('rollcall enroll_person', 0));
    if exists (select 1
               from face_embeddings
               where model = p_model and id > p_checked_up_to and user_id <> p_user_id) then
        return jsonb_build_object('code', 'NEWER_TEMPLATES');
    end if;

    insert into people (user_id, name, created_at, updated_at)
    values (p_user_id, p_name, p_at, p_at)
    on conflict (user_id) do update set name = excluded.name, updated_at = excluded.updated_at;

    if p_replace then
        delete from face_embeddings where user_id = p_user_id;
    end if;

    insert into face_embeddings (user_id, model, embedding, quality, created_at)
    values (p_user_id, p_model, decode(p_embedding, 'hex'), p_quality, p_at);

    delete from face_embeddings
    where user_id = p_user_id
      and model = p_model
      and id not in (select id
                     from face_embeddings
                     where user_id = p_user_id and model = p_model
                     order by id desc
                     limit p_max_templates);

    select count(*) into kept from face_embeddings where user_id = p_user_id and model = p_model;
    insert into audit_log (at, action, user_id, details)
    values (p_at, 'ENROLLED', p_user_id, jsonb_build_object('model', p_model, 'templates', kept, 'replaced', p_replace));
    return jsonb_build_object('code', 'ENROLLED', 'templates', kept);
end
$$;

-- People with user ids above p_after, in the order of their user ids, with the number of their templates of a model.
-- With p_user_id, that person alone.
create function list_people(p_model text, p_user_id text, p_after text, p_limit integer) returns jsonb
    language plpgsql stable
as
$$
declare
    listed jsonb;
begin
    execute 'select coalesce(jsonb_agg(to_jsonb(row) order by row.user_id), ''[]'')
             from (select p.user_id, p.name, p.created_at, p.updated_at,
                          (select count(*) from face_embeddings f where f.user_id = p.user_id and f.model = $1) as templates
                   from people p
                   where ($2 is null or p.user_id = $2) and ($3 is null or p.user_id > $3)
                   order by p.user_id
                   limit $4) row'
    into listed
    using p_model, p_user_id, p_after, p_limit;
    return listed;
end
$$;

-- Removes a person, every template and every kept answer at once, also from an import on its way; the marks stay. Answers what there was, or null.
create function erase_person(p_user_id text, p_at timestamptz) returns jsonb
    language plpgsql
as
$$
declare
    templates integer;
    marks     integer;
    removed   jsonb;
begin
    perform 1 from people where user_id = p_user_id for update;
    if not found then
        return null;
    end if;
    select count(*) into templates from face_embeddings where user_id = p_user_id;
    select count(*) into marks from attendance where user_id = p_user_id;
    delete from idempotency where user_id = p_user_id;
    delete from import_rows where kind = 'person' and content ->> 'user_id' = p_user_id;
    delete from people where user_id = p_user_id;
    removed := jsonb_build_object('templates_removed', templates, 'marks_kept', marks);
    insert into audit_log (at, action, user_id, details) values (p_at, 'ERASED', p_user_id, removed);
    return removed;
end
$$;

create function has_api_key(p_key_hash text) returns boolean
    language sql stable
as
$$
select exists (select 1 from api_keys where key_hash = p_key_hash)
$$;

-- Keeps a first key if there is none at all; answers whether it was kept.
create function add_first_api_key(p_key_hash text, p_name text, p_at timestamptz) returns boolean
    language plpgsql
as
$$
begin
    perform pg_advisory_xact_lock(hashtextextended('rollcall add_first_api_key', 0));
    insert into api_keys (key_hash, name, created_at)
    select p_key_hash, p_name, p_at
    where not exists (select 1 from api_keys);
    return found;
end
$$;

create or replace function rollcall_schema_version() returns integer
    language sql immutable as 'select 3';
$migration$;
    end if;
end
$step$;

do $step$
begin
    if pg_temp.rollcall_schema_present() < 4 then
        execute $migration$
-- The functions that decide about marks, keep answers for repeated requests, and list marks.

drop function mark_attendance(text, timestamptz, date, integer, integer, real, real, real);

create function mark_as_json(a attendance) returns jsonb
    language sql stable
as
$$
select jsonb_build_object('id', a.id, 'marked_at', a.marked_at, 'work_date', a.work_date, 'number', a.number,
                          'direction', a.direction)
$$;

-- Decides about a mark and writes it. The person's row is locked first, so that decisions about one person queue up,
-- however many service instances ask at once. The code is MARKED, DAILY_LIMIT_REACHED, TOO_SOON or NOT_ENROLLED.
create function decide_mark(
    p_user_id     text,
    p_marked_at   timestamptz,
    p_work_date   date,
    p_max_per_day integer,
    p_min_seconds integer,
    p_evidence    jsonb)
    returns jsonb
    language plpgsql
as
$$
declare
    made_today   integer;
    last_number  integer;
    next_allowed timestamptz;
    made         attendance;
begin
    perform 1 from people where user_id = p_user_id for no key update;
    if not found then
        return jsonb_build_object('code', 'NOT_ENROLLED');
    end if;

    select count(*), coalesce(max(number), 0)
    into made_today, last_number
    from attendance
    where user_id = p_user_id and work_date = p_work_date;

    if made_today >= p_max_per_day then
        return jsonb_build_object(
                'code', 'DAILY_LIMIT_REACHED',
                'marks', (select jsonb_agg(mark_as_json(a) order by a.number)
                          from (select *
                                from attendance
                                where user_id = p_user_id and work_date = p_work_date
                                order by number desc
                                limit 10) a));
    end if;

    select max(marked_at) + make_interval(secs => p_min_seconds)
    into next_allowed
    from attendance
    where user_id = p_user_id;
    if p_min_seconds > 0 and p_marked_at < next_allowed then
        return jsonb_build_object('code', 'TOO_SOON', 'next_allowed_at', next_allowed);
    end if;

    insert into attendance (user_id, marked_at, work_date, number, direction, confidence, similarity, liveness)
    values (p_user_id, p_marked_at, p_work_date, last_number + 1, case when made_today % 2 = 0 then 'in' else 'out' end,
            (p_evidence ->> 'confidence')::real, (p_evidence ->> 'similarity')::real,
            (p_evidence ->> 'liveness')::real)
    returning * into made;
    return jsonb_build_object(
            'code', 'MARKED', 'mark', mark_as_json(made), 'remaining_today', p_max_per_day - made_today - 1);
end
$$;

-- Takes a key for an answer that is about to be given, or answers what is kept under it: {"fingerprint", "answer"}.
-- Whoever takes a key that another transaction has just taken waits for that one to end. Expired keys count as free.
create function claim_key(
    p_key         text,
    p_fingerprint text,
    p_user_id     text,
    p_at          timestamptz,
    p_expires_at  timestamptz,
    p_answer      jsonb)
    returns jsonb
    language plpgsql
as
$$
declare
    kept idempotency;
begin
    loop
        insert into idempotency (key, fingerprint, user_id, created_at, expires_at, answer)
        values (p_key, p_fingerprint, p_user_id, p_at, p_expires_at, p_answer)
        on conflict (key) do update
            set fingerprint = excluded.fingerprint,
                user_id     = excluded.user_id,
                created_at  = excluded.created_at,
                expires_at  = excluded.expires_at,
                answer      = excluded.answer
            where idempotency.expires_at <= excluded.created_at;
        exit when found;
        select * into kept from idempotency where key = p_key;
        if found then
            return jsonb_build_object('fingerprint', kept.fingerprint, 'answer', kept.answer);
        end if;
    end loop;
    return null;
end
$$;

-- What is kept under a key, {"fingerprint", "answer"}, or null.
create function find_answer(p_key text, p_at timestamptz) returns jsonb
    language sql stable
as
$$
select jsonb_build_object('fingerprint', fingerprint, 'answer', answer)
from idempotency
where key = p_key and expires_at > p_at
$$;

-- Keeps the answer to a request that wrote no mark. Answers what is kept then, which is another request's if that
-- came first.
create function keep_answer(
    p_key         text,
    p_fingerprint text,
    p_user_id     text,
    p_at          timestamptz,
    p_expires_at  timestamptz,
    p_answer      jsonb)
    returns jsonb
    language sql
as
$$
select coalesce(
        claim_key(p_key, p_fingerprint, p_user_id, p_at, p_expires_at, p_answer),
        jsonb_build_object('fingerprint', p_fingerprint, 'answer', p_answer))
$$;

-- Removes every answer that has expired, and what imports left unfinished a day ago; answers how many answers there were.
create function sweep_expired(p_at timestamptz) returns integer
    language plpgsql
as
$$
declare
    swept integer;
begin
    delete from import_rows where staged_at < p_at - interval '1 day';
    delete from idempotency where expires_at <= p_at;
    get diagnostics swept = row_count;
    return swept;
end
$$;

-- Decides about a mark, once for each key: under a key that was used before, the code is REPEATED, and what is kept
-- comes with it. p_evidence: {"confidence", "similarity", "liveness"}. p_match: what the answer says beside the mark.
create function mark_attendance(
    p_user_id     text,
    p_marked_at   timestamptz,
    p_work_date   date,
    p_max_per_day integer,
    p_min_seconds integer,
    p_evidence    jsonb,
    p_key         text default null,
    p_fingerprint text default null,
    p_expires_at  timestamptz default null,
    p_match       jsonb default null)
    returns jsonb
    language plpgsql
as
$$
declare
    kept     jsonb;
    decision jsonb;
begin
    if p_key is not null then
        kept := claim_key(p_key, p_fingerprint, p_user_id, p_marked_at, p_expires_at, '{}');
        if kept is not null then
            return kept || jsonb_build_object('code', 'REPEATED');
        end if;
    end if;
    decision := decide_mark(p_user_id, p_marked_at, p_work_date, p_max_per_day, p_min_seconds, p_evidence);
    if p_key is not null then
        update idempotency
        set answer = case when decision ->> 'code' = 'MARKED'
                              then jsonb_build_object('match', p_match, 'decision', decision)
                          else jsonb_build_object('decision', decision) end
        where key = p_key;
    end if;
    return decision;
end
$$;

-- Marks with ids above p_after, in the order of their ids. A null p_user_id, p_from or p_to doesn't restrict.
create function list_attendance(p_user_id text, p_from date, p_to date, p_after bigint, p_limit integer) returns jsonb
    language plpgsql stable
as
$$
declare
    listed jsonb;
begin
    execute 'select coalesce(jsonb_agg(mark_as_json(row.a) || jsonb_build_object(
                            ''user_id'', (row.a).user_id, ''name'', row.name, ''confidence'', (row.a).confidence)
                    order by (row.a).id), ''[]'')
             from (select a, p.name
                   from attendance a
                   left join people p on p.user_id = a.user_id
                   where a.id > $4
                     and ($1 is null or a.user_id = $1)
                     and ($2 is null or a.work_date >= $2)
                     and ($3 is null or a.work_date <= $3)
                   order by a.id
                   limit $5) row'
    into listed
    using p_user_id, p_from, p_to, p_after, p_limit;
    return listed;
end
$$;

create or replace function rollcall_schema_version() returns integer
    language sql immutable as 'select 4';
$migration$;
    end if;
end
$step$;

do $step$
begin
    if pg_temp.rollcall_schema_present() < 5 then
        execute $migration$
-- Moving everything from one database to another.

-- Rows of a kind behind a cursor, in a fixed order: [{"cursor", "content"}]. Kinds: person (with the templates of every
-- model), mark, api_key, audit. The first page has the cursor ''.
create function export_rows(p_kind text, p_after text, p_limit integer) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(jsonb_build_object('cursor', page.cursor, 'content', page.content) order by page.place), '[]')
from (select row_number() over () as place, rows.cursor, rows.content
      from ((select p.user_id as cursor,
                    to_jsonb(p) || jsonb_build_object('templates', coalesce(
                            (select jsonb_agg(to_jsonb(f) - 'user_id'
                                              || jsonb_build_object('embedding', encode(f.embedding, 'hex'))
                                              order by f.id)
                             from face_embeddings f
                             where f.user_id = p.user_id), '[]')) as content
             from people p
             where p_kind = 'person' and p.user_id > p_after
             order by p.user_id
             limit p_limit)
            union all
            (select a.id::text, to_jsonb(a)
             from attendance a
             where p_kind = 'mark' and a.id > (case when p_kind = 'mark' then '0' || p_after end)::bigint
             order by a.id
             limit p_limit)
            union all
            (select k.key_hash, to_jsonb(k)
             from api_keys k
             where p_kind = 'api_key' and k.key_hash > p_after
             order by k.key_hash
             limit p_limit)
            union all
            (select l.id::text, to_jsonb(l)
             from audit_log l
             where p_kind = 'audit' and l.id > (case when p_kind = 'audit' then '0' || p_after end)::bigint
             order by l.id
             limit p_limit)) rows) page
$$;

-- Takes rows of an import in: p_rows is [{"kind", "content"}], numbered from p_first. The same rows may come again.
create function stage_import(p_import_id text, p_first bigint, p_rows jsonb, p_at timestamptz) returns void
    language sql
as
$$
insert into import_rows (import_id, number, kind, content, staged_at)
select p_import_id, p_first + r.place - 1, r.row ->> 'kind', r.row -> 'content', p_at
from jsonb_array_elements(p_rows) with ordinality r(row, place)
on conflict do nothing
$$;

-- Forgets the rows of an import; gives their room back at once unless another is under way.
create function abandon_import(p_import_id text) returns void
    language plpgsql
as
$$
begin
    if exists (select 1 from import_rows where import_id <> p_import_id) then
        delete from import_rows where import_id = p_import_id;
    else
        truncate import_rows;
    end if;
end
$$;

create function imported_templates(p_import_id text) returns setof face_embeddings
    language sql stable
as
$$
select (t.template ->> 'id')::bigint, r.content ->> 'user_id', t.template ->> 'model',
       decode(t.template ->> 'embedding', 'hex'), (t.template ->> 'quality')::real,
       (t.template ->> 'created_at')::timestamptz
from import_rows r
cross join lateral jsonb_array_elements(r.content -> 'templates') t(template)
where r.import_id = p_import_id and r.kind = 'person'
$$;

-- The first rows of an import that are here already, but otherwise: [{"kind", "id"}].
create function import_conflicts(p_import_id text) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(jsonb_build_object('kind', c.kind, 'id', c.id)), '[]')
from (select 'person' as kind, n.user_id as id
      from import_rows r, jsonb_populate_record(null::people, r.content) n
      join people o on o.user_id = n.user_id
      where r.import_id = p_import_id and r.kind = 'person' and o is distinct from n
      union all
      select 'template', n.id::text
      from imported_templates(p_import_id) n
      join face_embeddings o on o.id = n.id
      where o is distinct from n
      union all
      select 'mark', n.id::text
      from import_rows r, jsonb_populate_record(null::attendance, r.content) n
      join attendance o
           on o.id = n.id or (o.user_id = n.user_id and o.work_date = n.work_date and o.number = n.number)
      where r.import_id = p_import_id and r.kind = 'mark' and o is distinct from n
      union all
      select 'api_key', left(n.key_hash, 12)
      from import_rows r, jsonb_populate_record(null::api_keys, r.content) n
      join api_keys o on o.key_hash = n.key_hash
      where r.import_id = p_import_id and r.kind = 'api_key' and o is distinct from n
      union all
      select 'audit', n.id::text
      from import_rows r, jsonb_populate_record(null::audit_log, r.content) n
      join audit_log o on o.id = n.id
      where r.import_id = p_import_id and r.kind = 'audit' and o is distinct from n
      limit 10) c
$$;

-- Moves all rows of an import to their places, or none: the code is IMPORTED, with the numbers of rows that were new,
-- or INCOMPLETE, or CONFLICT with the first rows that are here already, but otherwise.
create function finish_import(p_import_id text, p_rows bigint) returns jsonb
    language plpgsql
as
$$
declare
    staged    bigint;
    conflicts jsonb;
    added     jsonb := '{}';
    count_new bigint;
begin
    lock table people, face_embeddings, attendance, api_keys, audit_log in share row exclusive mode;
    select count(*) into staged from import_rows where import_id = p_import_id;
    if staged <> p_rows then
        return jsonb_build_object('code', 'INCOMPLETE', 'rows', staged);
    end if;
    conflicts := import_conflicts(p_import_id);
    if conflicts <> '[]' then
        return jsonb_build_object('code', 'CONFLICT', 'conflicts', conflicts);
    end if;

    insert into people
    select n.*
    from import_rows r, jsonb_populate_record(null::people, r.content) n
    where r.import_id = p_import_id and r.kind = 'person'
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('people', count_new);

    insert into face_embeddings overriding system value
    select n.* from imported_templates(p_import_id) n
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('templates', count_new);

    insert into attendance overriding system value
    select n.*
    from import_rows r, jsonb_populate_record(null::attendance, r.content) n
    where r.import_id = p_import_id and r.kind = 'mark'
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('marks', count_new);

    insert into api_keys
    select n.*
    from import_rows r, jsonb_populate_record(null::api_keys, r.content) n
    where r.import_id = p_import_id and r.kind = 'api_key'
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('api_keys', count_new);

    insert into audit_log overriding system value
    select n.*
    from import_rows r, jsonb_populate_record(null::audit_log, r.content) n
    where r.import_id = p_import_id and r.kind = 'audit'
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('audit', count_new);

    perform setval(s.name, greatest(max(t.id), nextval(s.name)))
    from face_embeddings t, pg_get_serial_sequence('face_embeddings', 'id') s(name)
    group by s.name;
    perform setval(s.name, greatest(max(t.id), nextval(s.name)))
    from attendance t, pg_get_serial_sequence('attendance', 'id') s(name)
    group by s.name;
    perform setval(s.name, greatest(max(t.id), nextval(s.name)))
    from audit_log t, pg_get_serial_sequence('audit_log', 'id') s(name)
    group by s.name;
    perform abandon_import(p_import_id);
    return jsonb_build_object('code', 'IMPORTED', 'added', added);
end
$$;

create or replace function rollcall_schema_version() returns integer
    language sql immutable as 'select 5';
$migration$;
    end if;
end
$step$;

do $step$
begin
    if pg_temp.rollcall_schema_present() < 6 then
        execute $migration$
-- Who may touch what: the owner, and Supabase's service role where there is one; nobody else, least of all Supabase's
-- anon and authenticated roles, to which a project grants everything in advance.

-- Takes tables, their sequences and functions from everybody but their owner and the service role. Later migrations
-- call it for what they create.
create function restrict_access(p_tables text[], p_functions text[]) returns void
    language plpgsql
as
$$
declare
    thing    text;
    outsider text;
begin
    for thing in
        select 'table ' || oid::regclass
        from pg_class
        where relnamespace = current_schema()::regnamespace and relkind = 'r' and relname = any (p_tables)
        union all
        select 'sequence ' || s.oid::regclass
        from pg_class s
        join pg_depend d on d.objid = s.oid and d.deptype in ('a', 'i')
        join pg_class t on t.oid = d.refobjid
        where s.relkind = 'S' and t.relnamespace = current_schema()::regnamespace and t.relname = any (p_tables)
        union all
        select 'function ' || oid::regprocedure
        from pg_proc
        where pronamespace = current_schema()::regnamespace and proname = any (p_functions)
    loop
        execute format('revoke all on %s from public', thing);
        for outsider in select rolname from pg_roles where rolname in ('anon', 'authenticated')
        loop
            execute format('revoke all on %s from %I', thing, outsider);
        end loop;
        if exists (select 1 from pg_roles where rolname = 'service_role') then
            execute format('grant all on %s to service_role', thing);
        end if;
    end loop;
end
$$;

select restrict_access(
        array ['people', 'face_embeddings', 'attendance', 'api_keys', 'audit_log', 'idempotency', 'import_rows'],
        array ['find_person', 'list_templates', 'enroll_person', 'list_people', 'erase_person', 'has_api_key',
               'add_first_api_key', 'mark_as_json', 'decide_mark', 'claim_key', 'find_answer', 'keep_answer', 'sweep_expired',
               'mark_attendance', 'list_attendance', 'export_rows', 'stage_import', 'abandon_import',
               'imported_templates', 'import_conflicts', 'finish_import', 'rollcall_schema_version',
               'restrict_access']);

create or replace function rollcall_schema_version() returns integer
    language sql immutable as 'select 6';
$migration$;
    end if;
end
$step$;

do $step$
begin
    if pg_temp.rollcall_schema_present() < 7 then
        execute $migration$
-- The audit log only grows, and its rows are chained by hashes.

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

alter table audit_chains enable row level security;

-- The name of the chain starts it: its SHA-256 is what the first row follows.
insert into audit_chains (chain, own, anchor_number, anchor_hash, head_number, head_hash)
select name, true, 0, start, 0, start
from (select replace(gen_random_uuid()::text, '-', '') as name) n, sha256(convert_to(n.name, 'UTF8')) start;

-- key_id: who asked; request_id and address: of the request. number: from 1 within the chain, without gaps.
alter table audit_log
    add column key_id     text check (key_id ~ '^[A-Za-z0-9._-]{1,64}$'),
    add column request_id text check (request_id ~ '^[A-Za-z0-9._-]{1,64}$'),
    add column address    text check (address ~ '^[0-9A-Za-z.:%_-]{1,64}$'),
    add column chain      text,
    add column number     bigint,
    add column previous   bytea,
    add column hash       bytea;

-- Fields stand on lines of their own; none but the last can have a line break, and none can be empty unless it is null.
create function audit_digest(a audit_log) returns bytea
    language sql stable
as
$$
select sha256(a.previous || convert_to(
        concat_ws(E'\n', a.chain, a.number, round(extract(epoch from a.at) * 1000000)::bigint, a.action,
                  coalesce(a.user_id, ''), coalesce(a.key_id, ''), coalesce(a.request_id, ''),
                  coalesce(a.address, ''), a.details::text),
        'UTF8'))
$$;

-- Appends a new row to this database's own chain, one at a time. A row that comes with its hash is an imported one, and
-- belongs to another chain.
create function chain_audit_row() returns trigger
    language plpgsql
    security definer
as
$$
declare
    head audit_chains;
begin
    if new.hash is not null then
        if exists (select 1 from audit_chains where chain = new.chain and own) then
            raise exception 'rows of this database''s own audit chain are made here alone' using errcode = '42501';
        end if;
        return new;
    end if;
    select * into head from audit_chains where own for update;
    new.id := nextval(pg_get_serial_sequence('audit_log', 'id'));
    new.chain := head.chain;
    new.number := head.head_number + 1;
    new.previous := head.head_hash;
    new.hash := audit_digest(new);
    update audit_chains set head_number = new.number, head_hash = new.hash where chain = head.chain;
    return new;
end
$$;

-- Rows of before the chain.
do
$$
declare
    old_row audit_log;
    head    audit_chains;
begin
    for old_row in select * from audit_log order by id
    loop
        select * into head from audit_chains where own;
        old_row.chain := head.chain;
        old_row.number := head.head_number + 1;
        old_row.previous := head.head_hash;
        old_row.hash := audit_digest(old_row);
        update audit_log
        set chain = old_row.chain, number = old_row.number, previous = old_row.previous, hash = old_row.hash
        where id = old_row.id;
        update audit_chains set head_number = old_row.number, head_hash = old_row.hash where own;
    end loop;
end
$$;

alter table audit_log
    alter column chain set not null,
    alter column number set not null,
    alter column previous set not null,
    alter column hash set not null,
    add constraint audit_log_has_its_place unique (chain, number);

create trigger audit_log_is_chained
    before insert on audit_log
    for each row execute function chain_audit_row();

-- Rows go only up to their chain's anchor, which prune_audit moves; otherwise they stay as they are, for everybody.
create function refuse_audit_change() returns trigger
    language plpgsql
as
$$
begin
    if tg_op = 'DELETE' then
        if exists (select 1 from audit_chains where chain = old.chain and anchor_number >= old.number) then
            return old;
        end if;
    end if;
    raise exception 'audit_log can only be appended to' using errcode = '42501';
end
$$;

create trigger audit_log_keeps_its_rows
    before update or delete on audit_log
    for each row execute function refuse_audit_change();

create trigger audit_log_keeps_all_rows
    before truncate on audit_log
    for each statement execute function refuse_audit_change();

-- For functions that act with their owner's rights.
create function refuse_outsiders() returns void
    language plpgsql stable
as
$$
begin
    if current_setting('role', true) in ('anon', 'authenticated') then
        raise exception 'permission denied' using errcode = '42501';
    end if;
end
$$;

-- Makes functions that act with their owner's rights find the tables of this schema, whatever their caller set.
create function pin_search_path(p_functions text[]) returns void
    language plpgsql
as
$$
declare
    pinned regprocedure;
begin
    for pinned in
        select oid from pg_proc where pronamespace = current_schema()::regnamespace and proname = any (p_functions)
    loop
        execute format('alter function %s set search_path = %I, pg_temp', pinned, current_schema());
    end loop;
end
$$;

-- Appends a row. p_caller: {"key_id", "request_id", "address"}, each may be missing.
create function append_audit(p_at timestamptz, p_action text, p_user_id text, p_caller jsonb, p_details jsonb)
    returns void
    language plpgsql
    security definer
as
$$
begin
    perform refuse_outsiders();
    insert into audit_log (at, action, user_id, key_id, request_id, address, details)
    values (p_at, p_action, p_user_id, p_caller ->> 'key_id', p_caller ->> 'request_id', p_caller ->> 'address', p_details);
end
$$;

-- Rows with ids under p_before, the latest first. A null doesn't restrict; p_code is the code of a refusal.
create function list_audit(
    p_action  text,
    p_user_id text,
    p_key_id  text,
    p_code    text,
    p_from    timestamptz,
    p_to      timestamptz,
    p_before  bigint,
    p_limit   integer)
    returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(to_jsonb(l) - array ['previous', 'chain', 'number']
                          || jsonb_build_object('hash', encode(l.hash, 'hex')) order by l.id desc), '[]')
from (select *
      from audit_log
      where (p_before is null or id < p_before)
        and (p_action is null or action = p_action)
        and (p_user_id is null or user_id = p_user_id)
        and (p_key_id is null or key_id = p_key_id)
        and (p_code is null or details ->> 'code' = p_code)
        and (p_from is null or at >= p_from)
        and (p_to is null or at < p_to)
      order by id desc
      limit p_limit) l
$$;

-- Every chain, with its anchor and head.
create function list_audit_chains() returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(to_jsonb(c) || jsonb_build_object(
        'anchor_hash', encode(c.anchor_hash, 'hex'), 'head_hash', encode(c.head_hash, 'hex')) order by c.own desc, c.chain), '[]')
from audit_chains c
$$;

-- Rows of a chain behind a number, in order, with all that goes into their hashes.
create function read_audit_chain(p_chain text, p_after bigint, p_limit integer) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(jsonb_build_object(
        'number', l.number, 'at_microseconds', round(extract(epoch from l.at) * 1000000)::bigint, 'action', l.action,
        'user_id', l.user_id, 'key_id', l.key_id, 'request_id', l.request_id, 'address', l.address,
        'details', l.details::text, 'hash', encode(l.hash, 'hex')) order by l.number), '[]')
from (select * from audit_log where chain = p_chain and number > p_after order by number limit p_limit) l
$$;

select pin_search_path(array ['chain_audit_row', 'append_audit']);

select restrict_access(
        array ['audit_chains'],
        array ['audit_digest', 'chain_audit_row', 'refuse_audit_change', 'refuse_outsiders', 'pin_search_path', 'append_audit', 'list_audit',
               'list_audit_chains', 'read_audit_chain']);

-- Supabase's service role reads the audit log, and writes it through the functions alone.
do
$$
begin
    if exists (select 1 from pg_roles where rolname = 'service_role') then
        revoke all on audit_log, audit_chains from service_role;
        grant select on audit_log, audit_chains to service_role;
    end if;
end
$$;

create or replace function rollcall_schema_version() returns integer
    language sql immutable as 'select 7';
$migration$;
    end if;
end
$step$;

do $step$
begin
    if pg_temp.rollcall_schema_present() < 8 then
        execute $migration$
-- API keys with scopes, expiry and revocation.

alter table api_keys
    add column scopes       text[] not null default array ['admin'],
    add column expires_at   timestamptz,
    add column revoked_at   timestamptz,
    add column last_used_at timestamptz,
    add constraint api_keys_scopes_are_known check (
        cardinality(scopes) >= 1 and scopes <@ array ['admin', 'enroll', 'recognize', 'read']);

alter table api_keys alter column scopes drop default;

-- A key is called by the first 12 digits of its hash.
create unique index api_keys_by_id on api_keys (left(key_hash, 12));

drop function has_api_key(text);
drop function add_first_api_key(text, text, timestamptz);

create function key_as_json(k api_keys) returns jsonb
    language sql stable
as
$$
select to_jsonb(k) - 'key_hash' || jsonb_build_object('id', left(k.key_hash, 12))
$$;

-- The key with this hash if it opens anything at p_at, or null. Its last use is kept to the minute; that it can't be
-- written shuts nobody out.
create function use_api_key(p_key_hash text, p_at timestamptz) returns jsonb
    language plpgsql
as
$$
declare
    used api_keys;
begin
    select *
    into used
    from api_keys
    where key_hash = p_key_hash and revoked_at is null and (expires_at is null or expires_at > p_at);
    if not found then
        return null;
    end if;
    if used.last_used_at is null or used.last_used_at < p_at - interval '1 minute' then
        begin
            update api_keys
            set last_used_at = p_at
            where key_hash = p_key_hash and (last_used_at is null or last_used_at < p_at - interval '1 minute');
        exception
            when insufficient_resources or read_only_sql_transaction or lock_not_available then
                null;
        end;
    end if;
    return key_as_json(used);
end
$$;

-- Keeps a key; with p_first only if there is none at all. Answers the key, or null if it wasn't kept.
create function create_api_key(
    p_key_hash   text,
    p_name       text,
    p_scopes     jsonb,
    p_at         timestamptz,
    p_expires_at timestamptz,
    p_first      boolean,
    p_caller     jsonb)
    returns jsonb
    language plpgsql
as
$$
declare
    made api_keys;
begin
    perform pg_advisory_xact_lock(hashtextextended('rollcall create_api_key', 0));
    insert into api_keys (key_hash, name, created_at, scopes, expires_at)
    select p_key_hash, p_name, p_at, array(select jsonb_array_elements_text(p_scopes)), p_expires_at
    where not p_first or not exists (select 1 from api_keys)
    returning * into made;
    if made.key_hash is null then
        return null;
    end if;
    perform append_audit(p_at, 'KEY_CREATED', null, p_caller,
                         key_as_json(made) - array ['created_at', 'last_used_at', 'revoked_at']);
    return key_as_json(made);
end
$$;

-- Ends a key at once; one that has ended stays as it is. Answers the key, or null if there is none.
create function revoke_api_key(p_id text, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    ended api_keys;
begin
    update api_keys set revoked_at = p_at where left(key_hash, 12) = p_id and revoked_at is null returning * into ended;
    if found then
        perform append_audit(p_at, 'KEY_REVOKED', null, p_caller, jsonb_build_object('id', p_id, 'name', ended.name));
    else
        select * into ended from api_keys where left(key_hash, 12) = p_id;
    end if;
    return case when ended.key_hash is not null then key_as_json(ended) end;
end
$$;

create function list_api_keys() returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(key_as_json(k) order by k.created_at, k.key_hash), '[]') from api_keys k
$$;

select restrict_access(
        array []::text[],
        array ['key_as_json', 'use_api_key', 'create_api_key', 'revoke_api_key', 'list_api_keys']);

create or replace function rollcall_schema_version() returns integer
    language sql immutable as 'select 8';
$migration$;
    end if;
end
$step$;

do $step$
begin
    if pg_temp.rollcall_schema_present() < 9 then
        execute $migration$
-- Consent, templates encrypted by the service, erasure that says what it did, everything about one person, retention.

alter table people add column consent_at timestamptz;

-- sealed_with: the id of the key under which the service has encrypted the embedding, or null. An encrypted one is 12 bytes
-- of nonce, 1,024 of ciphertext and 16 of tag (AES-256-GCM; the user_id and the model are authenticated with it).
alter table face_embeddings
    add column sealed_with text check (sealed_with ~ '^[0-9a-f]{16}$'),
    drop constraint face_embeddings_embedding_check,
    add constraint face_embeddings_embedding_has_its_form check (
        octet_length(embedding) = case when sealed_with is null then 1024 else 1052 end);

create or replace function find_person(p_user_id text, p_model text) returns jsonb
    language sql stable
as
$$
select jsonb_build_object(
        'user_id', p.user_id,
        'name', p.name,
        'templates', coalesce((select jsonb_agg(jsonb_build_object('embedding', encode(f.embedding, 'hex'),
                                                                   'sealed_with', f.sealed_with) order by f.id)
                               from face_embeddings f
                               where f.user_id = p.user_id and f.model = p_model), '[]'))
from people p
where p.user_id = p_user_id
$$;

drop function list_templates(text, bigint, integer);

-- Templates of a model with ids above p_after, in the order of their ids: the greatest id or null, whose they are, by which
-- keys they are encrypted, and all embeddings one behind the other. Not in JSON, since there may be many.
create function list_templates(
    p_model         text,
    p_after         bigint,
    p_limit         integer,
    out last        bigint,
    out user_ids    text[],
    out sealed_with text[],
    out embeddings  bytea)
    language sql stable
as
$$
select max(f.id), array_agg(f.user_id order by f.id), array_agg(coalesce(f.sealed_with, '') order by f.id),
       string_agg(f.embedding, '' order by f.id)
from (select id, user_id, face_embeddings.sealed_with, embedding
      from face_embeddings
      where model = p_model and id > p_after
      order by id
      limit p_limit) f
$$;

drop function enroll_person(text, text, text, text, real, timestamptz, boolean, integer, bigint);

-- Enrolls a person or adds a template to one; keeps the newest p_max_templates of the model. Enrollments queue up, so
-- that template ids become visible in their order; p_checked_up_to is the greatest one that the caller has compared
-- the face with, and if another person has a greater one, nothing is written and the code is NEWER_TEMPLATES. Without
-- p_consent_at an earlier consent stays.
create function enroll_person(
    p_user_id       text,
    p_name          text,
    p_consent_at    timestamptz,
    p_model         text,
    p_embedding     text,
    p_sealed_with   text,
    p_quality       real,
    p_at            timestamptz,
    p_replace       boolean,
    p_max_templates integer,
    p_checked_up_to bigint,
    p_caller        jsonb)
    returns jsonb
    language plpgsql
as
$$
declare
    kept integer;
begin
    perform pg_advisory_xact_lock(hashtextextended('rollcall enroll_person', 0));
    if exists (select 1
               from face_embeddings
               where model = p_model and id > p_checked_up_to and user_id <> p_user_id) then
        return jsonb_build_object('code', 'NEWER_TEMPLATES');
    end if;

    insert into people (user_id, name, created_at, updated_at, consent_at)
    values (p_user_id, p_name, p_at, p_at, p_consent_at)
    on conflict (user_id) do update
        set name       = excluded.name,
            updated_at = excluded.updated_at,
            consent_at = coalesce(excluded.consent_at, people.consent_at);

    if p_replace then
        delete from face_embeddings where user_id = p_user_id;
    end if;

    insert into face_embeddings (user_id, model, embedding, sealed_with, quality, created_at)
    values (p_user_id, p_model, decode(p_embedding, 'hex'), p_sealed_with, p_quality, p_at);

    delete from face_embeddings
    where user_id = p_user_id
      and model = p_model
      and id not in (select id
                     from face_embeddings
                     where user_id = p_user_id and model = p_model
                     order by id desc
                     limit p_max_templates);

    select count(*) into kept from face_embeddings where user_id = p_user_id and model = p_model;
    perform append_audit(p_at, 'ENROLLED', p_user_id, p_caller,
                         jsonb_build_object('model', p_model, 'templates', kept, 'replaced', p_replace,
                                            'consent_at', p_consent_at));
    return jsonb_build_object('code', 'ENROLLED', 'templates', kept);
end
$$;

-- People with user ids above p_after, in the order of their user ids, with the number of their templates of a model.
-- With p_user_id, that person alone.
create or replace function list_people(p_model text, p_user_id text, p_after text, p_limit integer) returns jsonb
    language plpgsql stable
as
$$
declare
    listed jsonb;
begin
    execute 'select coalesce(jsonb_agg(to_jsonb(row) order by row.user_id), ''[]'')
             from (select p.user_id, p.name, p.created_at, p.updated_at, p.consent_at,
                          (select count(*) from face_embeddings f where f.user_id = p.user_id and f.model = $1) as templates
                   from people p
                   where ($2 is null or p.user_id = $2) and ($3 is null or p.user_id > $3)
                   order by p.user_id
                   limit $4) row'
    into listed
    using p_model, p_user_id, p_after, p_limit;
    return listed;
end
$$;

drop function erase_person(text, timestamptz);

-- Removes a person, every template and every kept answer at once, also from an import on its way. The marks stay, with
-- p_pseudonymise under a random user_id that is noted nowhere else; also those of somebody who was erased before. Answers
-- what was done, or null if there was nothing to do.
create function erase_person(p_user_id text, p_at timestamptz, p_pseudonymise boolean, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    templates integer;
    answers   integer;
    marks     integer;
    entries   integer;
    done      jsonb;
begin
    perform 1 from people where user_id = p_user_id for update;
    if not found and not (p_pseudonymise and exists (select 1 from attendance where user_id = p_user_id)) then
        return null;
    end if;
    select count(*) into templates from face_embeddings where user_id = p_user_id;
    select count(*) into marks from attendance where user_id = p_user_id;
    select count(*) into entries from audit_log where user_id = p_user_id;
    delete from idempotency where user_id = p_user_id;
    get diagnostics answers = row_count;
    delete from import_rows where kind = 'person' and content ->> 'user_id' = p_user_id;
    delete from people where user_id = p_user_id;
    if p_pseudonymise then
        update attendance
        set user_id = 'erased-' || pseudonym
        from (select replace(gen_random_uuid()::text, '-', '') as pseudonym) p
        where user_id = p_user_id;
    end if;
    done := jsonb_build_object(
            'templates_removed', templates,
            'answers_removed', answers,
            'marks_kept', case when p_pseudonymise then 0 else marks end,
            'marks_pseudonymised', case when p_pseudonymise then marks else 0 end,
            'audit_entries_kept', entries + 1);
    perform append_audit(p_at, 'ERASED', p_user_id, p_caller, done);
    return done;
end
$$;

-- Everything that is held about a user_id, or null if that is nothing. That it was given out is noted.
create function export_person(p_user_id text, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    held jsonb;
begin
    held := jsonb_build_object(
            'person', (select to_jsonb(p) from people p where user_id = p_user_id),
            'templates', (select coalesce(jsonb_agg(to_jsonb(f) - 'user_id'
                                                    || jsonb_build_object('embedding', encode(f.embedding, 'hex'))
                                          order by f.id), '[]')
                          from face_embeddings f where user_id = p_user_id),
            'attendance', (select coalesce(jsonb_agg(to_jsonb(a) - 'user_id' order by a.id), '[]')
                           from attendance a where user_id = p_user_id),
            'answers', (select coalesce(jsonb_agg(to_jsonb(i) - array ['user_id', 'key', 'fingerprint'] order by i.created_at), '[]')
                        from idempotency i where user_id = p_user_id),
            'audit', (select coalesce(jsonb_agg(to_jsonb(l) - array ['user_id', 'chain', 'number', 'previous', 'hash'] order by l.id), '[]')
                      from audit_log l where user_id = p_user_id));
    if held = '{"person": null, "templates": [], "attendance": [], "answers": [], "audit": []}' then
        return null;
    end if;
    perform append_audit(p_at, 'PERSON_EXPORTED', p_user_id, p_caller, '{}');
    return held;
end
$$;

-- How many people and templates there are: {"people", "templates"}.
create function count_held() returns jsonb
    language sql stable
as
$$
select jsonb_build_object(
        'people', (select count(*) from people), 'templates', (select count(*) from face_embeddings))
$$;

-- How many templates there are under each key, the plain ones under an empty one: {"…": 3}.
create function count_template_keys() returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_object_agg(key, count), '{}')
from (select coalesce(sealed_with, '') as key, count(*) from face_embeddings group by 1) k
$$;

-- Templates that are not under the key p_sealed_with (null: not plain), with ids above p_after, in the order of their ids.
create function list_templates_to_reseal(p_sealed_with text, p_after bigint, p_limit integer) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(to_jsonb(f) || jsonb_build_object('embedding', encode(f.embedding, 'hex')) order by f.id), '[]')
from (select id, user_id, model, embedding, sealed_with
      from face_embeddings
      where id > p_after and sealed_with is distinct from p_sealed_with
      order by id
      limit p_limit) f
$$;

-- Puts other forms of embeddings in their places: p_rows is [{"id", "was_sealed_with", "embedding", "sealed_with"}]. What
-- has changed meanwhile stays. Answers how many were replaced.
create function reseal_templates(p_rows jsonb, p_at timestamptz, p_caller jsonb) returns integer
    language plpgsql
as
$$
declare
    replaced integer;
begin
    update face_embeddings f
    set embedding = decode(r.embedding, 'hex'), sealed_with = r.sealed_with
    from jsonb_to_recordset(p_rows) r(id bigint, was_sealed_with text, embedding text, sealed_with text)
    where f.id = r.id and f.sealed_with is not distinct from r.was_sealed_with;
    get diagnostics replaced = row_count;
    if replaced > 0 then
        perform append_audit(p_at, 'TEMPLATES_RESEALED', null, p_caller, jsonb_build_object('templates', replaced));
    end if;
    return replaced;
end
$$;

select restrict_access(
        array []::text[],
        array ['list_templates', 'enroll_person', 'erase_person', 'export_person', 'count_held', 'count_template_keys',
               'list_templates_to_reseal', 'reseal_templates']);

create or replace function rollcall_schema_version() returns integer
    language sql immutable as 'select 9';
$migration$;
    end if;
end
$step$;

do $step$
begin
    if pg_temp.rollcall_schema_present() < 10 then
        execute $migration$
-- Retention, and exports and imports with what has come since.

-- Removes the oldest marks of work dates before p_before, p_limit at the most; answers how many.
create function prune_attendance(p_before date, p_at timestamptz, p_limit integer) returns integer
    language plpgsql
as
$$
declare
    removed integer;
begin
    delete from attendance
    where id in (select id from attendance where work_date < p_before order by work_date, id limit p_limit);
    get diagnostics removed = row_count;
    if removed > 0 then
        perform append_audit(p_at, 'ATTENDANCE_PRUNED', null, '{"key_id": "retention"}',
                             jsonb_build_object('before', p_before, 'marks', removed));
    end if;
    return removed;
end
$$;

-- Removes the first rows of each audit chain, up to the first that is not older than p_before and p_limit at the most;
-- answers how many. What was removed is noted, so that the rest can still be verified.
create function prune_audit(p_before timestamptz, p_at timestamptz, p_limit integer) returns integer
    language plpgsql
    security definer
as
$$
declare
    c       audit_chains;
    up_to   bigint;
    removed integer := 0;
begin
    perform refuse_outsiders();
    for c in select * from audit_chains order by chain for update
    loop
        select coalesce(min(number) - 1, c.head_number) into up_to from audit_log where chain = c.chain and at >= p_before;
        up_to := least(up_to, c.anchor_number + p_limit);
        if up_to > c.anchor_number then
            update audit_chains
            set anchor_number = up_to,
                anchor_hash   = (select hash from audit_log where chain = c.chain and number = up_to)
            where chain = c.chain;
            delete from audit_log where chain = c.chain and number <= up_to;
            removed := removed + (up_to - c.anchor_number);
            perform append_audit(p_at, 'AUDIT_PRUNED', null, '{"key_id": "retention"}',
                                 jsonb_build_object(
                    'chain', c.chain, 'up_to', up_to,
                    'hash', (select encode(anchor_hash, 'hex') from audit_chains where chain = c.chain)));
        end if;
    end loop;
    delete from audit_chains where not own and anchor_number = head_number;
    return removed;
end
$$;

-- Rows of a kind behind a cursor, in a fixed order: [{"cursor", "content"}]. Kinds: person (with the templates of every
-- model), mark, api_key (without its last use), audit (without its id here). The first page has the cursor ''.
create or replace function export_rows(p_kind text, p_after text, p_limit integer) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(jsonb_build_object('cursor', page.cursor, 'content', page.content) order by page.place), '[]')
from (select row_number() over () as place, rows.cursor, rows.content
      from ((select p.user_id as cursor,
                    to_jsonb(p) || jsonb_build_object('templates', coalesce(
                            (select jsonb_agg(to_jsonb(f) - 'user_id'
                                              || jsonb_build_object('embedding', encode(f.embedding, 'hex'))
                                              order by f.id)
                             from face_embeddings f
                             where f.user_id = p.user_id), '[]')) as content
             from people p
             where p_kind = 'person' and p.user_id > p_after
             order by p.user_id
             limit p_limit)
            union all
            (select a.id::text, to_jsonb(a)
             from attendance a
             where p_kind = 'mark' and a.id > (case when p_kind = 'mark' then '0' || p_after end)::bigint
             order by a.id
             limit p_limit)
            union all
            (select k.key_hash, to_jsonb(k) - 'last_used_at'
             from api_keys k
             where p_kind = 'api_key' and k.key_hash > p_after
             order by k.key_hash
             limit p_limit)
            union all
            (select l.id::text, to_jsonb(l) - 'id'
             from audit_log l
             where p_kind = 'audit' and l.id > (case when p_kind = 'audit' then '0' || p_after end)::bigint
             order by l.id
             limit p_limit)) rows) page
$$;

create or replace function imported_templates(p_import_id text) returns setof face_embeddings
    language sql stable
as
$$
select (t.template ->> 'id')::bigint, r.content ->> 'user_id', t.template ->> 'model',
       decode(t.template ->> 'embedding', 'hex'), (t.template ->> 'quality')::real,
       (t.template ->> 'created_at')::timestamptz, t.template ->> 'sealed_with'
from import_rows r
cross join lateral jsonb_array_elements(r.content -> 'templates') t(template)
where r.import_id = p_import_id and r.kind = 'person'
$$;

-- Keys of before there were scopes opened everything.
create function imported_keys(p_import_id text) returns setof api_keys
    language sql stable
as
$$
select n.*
from import_rows r, jsonb_populate_record(null::api_keys, '{"scopes": ["admin"]}' || r.content) n
where r.import_id = p_import_id and r.kind = 'api_key'
$$;

-- Rows of before there were chains have none.
create function imported_audit(p_import_id text) returns setof audit_log
    language sql stable
as
$$
select n.*
from import_rows r, jsonb_populate_record(null::audit_log, r.content) n
where r.import_id = p_import_id and r.kind = 'audit'
order by r.number
$$;

-- The first rows of an import that are here already, but otherwise: [{"kind", "id"}].
create or replace function import_conflicts(p_import_id text) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(jsonb_build_object('kind', c.kind, 'id', c.id)), '[]')
from (select 'person' as kind, n.user_id as id
      from import_rows r, jsonb_populate_record(null::people, r.content) n
      join people o on o.user_id = n.user_id
      where r.import_id = p_import_id and r.kind = 'person' and o is distinct from n
      union all
      select 'template', n.id::text
      from imported_templates(p_import_id) n
      join face_embeddings o on o.id = n.id
      where o is distinct from n
      union all
      select 'mark', n.id::text
      from import_rows r, jsonb_populate_record(null::attendance, r.content) n
      join attendance o
           on o.id = n.id or (o.user_id = n.user_id and o.work_date = n.work_date and o.number = n.number)
      where r.import_id = p_import_id and r.kind = 'mark' and o is distinct from n
      union all
      select 'api_key', left(n.key_hash, 12)
      from imported_keys(p_import_id) n
      join api_keys o on o.key_hash = n.key_hash
      where to_jsonb(o) - 'last_used_at' is distinct from to_jsonb(n) - 'last_used_at'
      union all
      select 'audit', n.chain || ' ' || n.number
      from imported_audit(p_import_id) n
      join audit_log o on o.chain = n.chain and o.number = n.number
      where o.hash <> n.hash
      limit 10) c
$$;

-- Takes the audit rows of an import in: chained ones as they are, beside this database's own chain; others as new ones of
-- that. Answers how many were new. That something was imported is noted, with p_added.
create function adopt_audit(p_import_id text, p_at timestamptz, p_added jsonb) returns bigint
    language plpgsql
    security definer
as
$$
declare
    c         record;
    taken     bigint;
    count_new bigint := 0;
begin
    perform refuse_outsiders();
    for c in
        select n.chain, min(n.number) - 1 as before
        from imported_audit(p_import_id) n
        where n.chain is not null
        group by n.chain
        order by n.chain
    loop
        insert into audit_chains (chain, own, anchor_number, anchor_hash, head_number, head_hash)
        select c.chain, false, c.before, n.previous, c.before, n.previous
        from imported_audit(p_import_id) n
        where n.chain = c.chain and n.number = c.before + 1
        on conflict do nothing;
        if found then
            perform append_audit(p_at, 'AUDIT_ADOPTED', null, '{"key_id": "import"}',
                                 jsonb_build_object('chain', c.chain, 'up_to', c.before, 'hash', (
                                         select encode(anchor_hash, 'hex') from audit_chains where chain = c.chain)));
        end if;
        insert into audit_log (at, action, user_id, details, key_id, request_id, address, chain, number, previous, hash)
        select n.at, n.action, n.user_id, n.details, n.key_id, n.request_id, n.address, n.chain, n.number, n.previous, n.hash
        from imported_audit(p_import_id) n
        join audit_chains k on k.chain = n.chain and not k.own and n.number > k.head_number
        where n.chain = c.chain
        order by n.number;
        get diagnostics taken = row_count;
        count_new := count_new + taken;
        update audit_chains k
        set head_number = l.number, head_hash = l.hash
        from (select number, hash from audit_log where chain = c.chain order by number desc limit 1) l
        where k.chain = c.chain and not k.own;
    end loop;

    insert into audit_log (at, action, user_id, details)
    select n.at, n.action, n.user_id, n.details
    from imported_audit(p_import_id) n
    where n.chain is null
      and not exists (select 1
                      from audit_log o
                      where o.at = n.at and o.action = n.action and o.user_id is not distinct from n.user_id
                        and o.details = n.details);
    get diagnostics taken = row_count;
    count_new := count_new + taken;
    if count_new > 0 or exists (select 1 from jsonb_each(p_added) a where a.value <> '0') then
        perform append_audit(p_at, 'IMPORTED', null, '{"key_id": "import"}', p_added || jsonb_build_object('audit', count_new));
    end if;
    return count_new;
end
$$;

drop function finish_import(text, bigint);

-- Moves all rows of an import to their places, or none: the code is IMPORTED, with the numbers of rows that were new,
-- or INCOMPLETE, or CONFLICT with the first rows that are here already, but otherwise.
create function finish_import(p_import_id text, p_rows bigint, p_at timestamptz) returns jsonb
    language plpgsql
as
$$
declare
    staged    bigint;
    conflicts jsonb;
    added     jsonb := '{}';
    count_new bigint;
begin
    lock table people, face_embeddings, attendance, api_keys in share row exclusive mode;
    select count(*) into staged from import_rows where import_id = p_import_id;
    if staged <> p_rows then
        return jsonb_build_object('code', 'INCOMPLETE', 'rows', staged);
    end if;
    conflicts := import_conflicts(p_import_id);
    if conflicts <> '[]' then
        return jsonb_build_object('code', 'CONFLICT', 'conflicts', conflicts);
    end if;

    insert into people
    select n.*
    from import_rows r, jsonb_populate_record(null::people, r.content) n
    where r.import_id = p_import_id and r.kind = 'person'
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('people', count_new);

    insert into face_embeddings overriding system value
    select n.* from imported_templates(p_import_id) n
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('templates', count_new);

    insert into attendance overriding system value
    select n.*
    from import_rows r, jsonb_populate_record(null::attendance, r.content) n
    where r.import_id = p_import_id and r.kind = 'mark'
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('marks', count_new);

    insert into api_keys
    select n.* from imported_keys(p_import_id) n
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('api_keys', count_new);

    perform setval(s.name, greatest(max(t.id), nextval(s.name)))
    from face_embeddings t, pg_get_serial_sequence('face_embeddings', 'id') s(name)
    group by s.name;
    perform setval(s.name, greatest(max(t.id), nextval(s.name)))
    from attendance t, pg_get_serial_sequence('attendance', 'id') s(name)
    group by s.name;
    added := added || jsonb_build_object('audit', adopt_audit(p_import_id, p_at, added));
    perform abandon_import(p_import_id);
    return jsonb_build_object('code', 'IMPORTED', 'added', added);
end
$$;

select pin_search_path(array ['prune_audit', 'adopt_audit']);

select restrict_access(
        array []::text[],
        array ['prune_attendance', 'prune_audit', 'imported_keys', 'imported_audit', 'adopt_audit', 'finish_import']);

create or replace function rollcall_schema_version() returns integer
    language sql immutable as 'select 10';
$migration$;
    end if;
end
$step$;

do $step$
begin
    if pg_temp.rollcall_schema_present() < 11 then
        execute $migration$
-- The audit log refuses entries that don't follow the last one of their chain and shows what was put in all the same; an
-- import is checked before it is moved to its place.

-- Not for entries that are there already: what somebody has put in must not keep a database from being brought up to date.
alter table audit_log
    add constraint audit_log_number_is_in_range check (number between 1 and 1000000000000000) not valid,
    add constraint audit_log_time_is_in_range check (
        at >= '0999-12-31T00:00:00Z' and at < '3000-01-02T00:00:00Z') not valid;

-- The first free number behind the head of a chain: normally the next one. A number that is taken by an entry which
-- append_audit didn't write is left out, so that the log goes on; the verification tells of that entry.
create function next_audit_number(p_chain text, p_head bigint) returns bigint
    language sql stable
as
$$
select case
           when exists (select 1 from audit_log where chain = p_chain and number = p_head + 1)
               then (select l.number + 1
                     from audit_log l
                     where l.chain = p_chain and l.number > p_head and l.number < 1000000000000000
                       and not exists (select 1 from audit_log f where f.chain = l.chain and f.number = l.number + 1)
                     order by l.number
                     limit 1)
           else p_head + 1
       end
$$;

-- Lets a row in only if it follows the last one of its chain: by its number, by the hash before it and by its own hash.
-- For this database's own chain the last one is the head, which moves with each row; for an imported one it is the row
-- with the greatest number, since its head moves once for all rows of an import.
create or replace function chain_audit_row() returns trigger
    language plpgsql
    security definer
as
$$
declare
    c             audit_chains;
    next_number   bigint;
    previous_hash bytea;
begin
    select * into c from audit_chains where chain = new.chain for update;
    if not found then
        raise exception 'the audit log has no chain with the name of this entry' using errcode = '42501';
    end if;
    if c.own then
        next_number := next_audit_number(c.chain, c.head_number);
        previous_hash := c.head_hash;
    else
        select number + 1, hash
        into next_number, previous_hash
        from audit_log
        where chain = c.chain and number > c.anchor_number and number < 1000000000000000
        order by number desc
        limit 1;
        if not found then
            next_number := c.anchor_number + 1;
            previous_hash := c.anchor_hash;
        end if;
    end if;
    if new.number is distinct from next_number
        or new.previous is distinct from previous_hash
        or new.hash is distinct from audit_digest(new) then
        raise exception 'an entry of the audit log must follow the last one of its chain' using errcode = '42501';
    end if;
    new.id := nextval(pg_get_serial_sequence('audit_log', 'id'));
    return new;
end
$$;

create function move_audit_head() returns trigger
    language plpgsql
    security definer
as
$$
begin
    update audit_chains set head_number = new.number, head_hash = new.hash where chain = new.chain and own;
    return null;
end
$$;

create trigger audit_log_moves_its_head
    after insert on audit_log
    for each row execute function move_audit_head();

-- Anchors and heads only move forward, to rows that are there; this database's own chain stays what it is, and an imported
-- one goes once it has no rows any more.
create function check_audit_chain() returns trigger
    language plpgsql
as
$$
begin
    if tg_op = 'INSERT' then
        if not new.own and new.anchor_number = new.head_number and new.anchor_hash = new.head_hash then
            return new;
        end if;
    elsif tg_op = 'UPDATE' then
        if new.chain = old.chain and new.own = old.own
            and new.anchor_number >= old.anchor_number and new.head_number >= old.head_number
            and ((new.anchor_number = old.anchor_number and new.anchor_hash = old.anchor_hash)
                or exists (select 1
                           from audit_log
                           where chain = new.chain and number = new.anchor_number and hash = new.anchor_hash))
            and ((new.head_number = old.head_number and new.head_hash = old.head_hash)
                or exists (select 1
                           from audit_log
                           where chain = new.chain and number = new.head_number and hash = new.head_hash)) then
            return new;
        end if;
    elsif tg_op = 'DELETE' then
        if not old.own and old.anchor_number = old.head_number and old.anchor_hash = old.head_hash
            and not exists (select 1 from audit_log where chain = old.chain) then
            return old;
        end if;
    end if;
    raise exception 'audit_chains can only follow audit_log' using errcode = '42501';
end
$$;

create trigger audit_chains_follow_the_log
    before insert or update or delete on audit_chains
    for each row execute function check_audit_chain();

create trigger audit_chains_stay
    before truncate on audit_chains
    for each statement execute function check_audit_chain();

-- Appends a row to this database's own chain, one at a time. p_caller: {"key_id", "request_id", "address"}, each may be
-- missing.
create or replace function append_audit(
    p_at timestamptz, p_action text, p_user_id text, p_caller jsonb, p_details jsonb)
    returns void
    language plpgsql
    security definer
as
$$
declare
    head  audit_chains;
    entry audit_log;
begin
    perform refuse_outsiders();
    select * into head from audit_chains where own for update;
    if not found then
        raise exception 'the chain of this database is gone from audit_chains: rollcall audit verify';
    end if;
    entry.at := p_at;
    entry.action := p_action;
    entry.user_id := p_user_id;
    entry.key_id := p_caller ->> 'key_id';
    entry.request_id := p_caller ->> 'request_id';
    entry.address := p_caller ->> 'address';
    entry.details := p_details;
    entry.chain := head.chain;
    entry.number := next_audit_number(head.chain, head.head_number);
    entry.previous := head.head_hash;
    entry.hash := audit_digest(entry);
    insert into audit_log (at, action, user_id, key_id, request_id, address, details, chain, number, previous, hash)
    values (entry.at, entry.action, entry.user_id, entry.key_id, entry.request_id, entry.address, entry.details,
            entry.chain, entry.number, entry.previous, entry.hash);
end
$$;

-- Removes the first rows of each audit chain, up to the first that is not older than p_before and p_limit at the most;
-- answers how many. What was removed is noted, so that the rest can still be verified. Rows before a chain's first or behind
-- its last were put in by somebody: they stay.
create or replace function prune_audit(p_before timestamptz, p_at timestamptz, p_limit integer) returns integer
    language plpgsql
    security definer
as
$$
declare
    c         audit_chains;
    up_to     bigint;
    last_hash bytea;
    gone      integer;
    removed   integer := 0;
begin
    perform refuse_outsiders();
    for c in select * from audit_chains order by own desc, chain for update
    loop
        select coalesce(min(number) - 1, c.head_number)
        into up_to
        from audit_log
        where chain = c.chain and number > c.anchor_number and number <= c.head_number and at >= p_before;
        select number, hash
        into up_to, last_hash
        from (select number, hash
              from audit_log
              where chain = c.chain and number > c.anchor_number and number <= up_to
              order by number
              limit p_limit) old_rows
        order by number desc
        limit 1;
        if found then
            update audit_chains set anchor_number = up_to, anchor_hash = last_hash where chain = c.chain;
            delete from audit_log where chain = c.chain and number > c.anchor_number and number <= up_to;
            get diagnostics gone = row_count;
            removed := removed + gone;
            perform append_audit(p_at, 'AUDIT_PRUNED', null, '{"key_id": "retention"}',
                                 jsonb_build_object(
                    'chain', c.chain, 'up_to', up_to, 'hash', encode(last_hash, 'hex')));
        end if;
    end loop;
    delete from audit_chains k
    where not own and anchor_number = head_number and anchor_hash = head_hash
      and not exists (select 1 from audit_log l where l.chain = k.chain);
    return removed;
end
$$;

-- Rows with ids under p_before, the latest first. A null doesn't restrict; p_code is the code of a refusal. A time that
-- somebody put in and that no program reads comes as the nearest one that can be read.
create or replace function list_audit(
    p_action  text,
    p_user_id text,
    p_key_id  text,
    p_code    text,
    p_from    timestamptz,
    p_to      timestamptz,
    p_before  bigint,
    p_limit   integer)
    returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(to_jsonb(l) - array ['previous', 'chain', 'number']
                          || jsonb_build_object(
                                  'hash', encode(l.hash, 'hex'),
                                  'at', greatest(least(l.at, '2999-12-31T23:59:59Z'), '1000-01-01T00:00:00Z'))
                          order by l.id desc), '[]')
from (select *
      from audit_log
      where (p_before is null or id < p_before)
        and (p_action is null or action = p_action)
        and (p_user_id is null or user_id = p_user_id)
        and (p_key_id is null or key_id = p_key_id)
        and (p_code is null or details ->> 'code' = p_code)
        and (p_from is null or at >= p_from)
        and (p_to is null or at < p_to)
      order by id desc
      limit p_limit) l
$$;

-- Rows of a chain behind a number, in order, with all that goes into their hashes; more than p_limit only where several
-- have the last number.
create or replace function read_audit_chain(p_chain text, p_after bigint, p_limit integer) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(jsonb_build_object(
        'id', l.id, 'number', l.number,
        'at_microseconds', case when l.at > '0001-01-01T00:00:00Z' and l.at < '9999-12-31T00:00:00Z'
                                    then round(extract(epoch from l.at) * 1000000)::bigint end,
        'action', l.action, 'user_id', l.user_id, 'key_id', l.key_id, 'request_id', l.request_id, 'address', l.address,
        'details', l.details::text, 'previous', encode(l.previous, 'hex'), 'hash', encode(l.hash, 'hex'))
        order by l.number, l.id), '[]')
from (select *
      from audit_log
      where chain = p_chain and number > p_after
      order by number
      fetch first (p_limit) rows with ties) l
$$;

-- Rows that are in no chain's course, p_limit groups at the most: [{"chain", "place", "rows", "first", "last"}]. Places:
-- NO_CHAIN (under a name that is no chain), BEFORE_FIRST, BEHIND_LAST, NO_PLACE (without a name or a number).
create function list_audit_strays(p_limit integer) returns jsonb
    language sql stable
as
$$
with recursive names as (
    select min(chain) as chain from audit_log
    union all
    select (select min(l.chain) from audit_log l where l.chain > n.chain) from names n where n.chain is not null),
strays as (
    select n.chain, 'NO_CHAIN' as place, r.*
    from names n
    cross join lateral (select count(*) as rows, min(number) as first, max(number) as last
                        from audit_log where chain = n.chain) r
    where n.chain is not null and not exists (select 1 from audit_chains c where c.chain = n.chain)
    union all
    select c.chain, 'BEFORE_FIRST', r.*
    from audit_chains c
    cross join lateral (select count(*), min(number), max(number)
                        from audit_log where chain = c.chain and number <= c.anchor_number) r
    union all
    select c.chain, 'BEHIND_LAST', r.*
    from audit_chains c
    cross join lateral (select count(*), min(number), max(number)
                        from audit_log where chain = c.chain and number > c.head_number) r
    union all
    select '', 'NO_PLACE', count(*), 0, 0 from audit_log where chain is null or number is null)
select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (select * from strays where rows > 0 limit p_limit) s
$$;

-- What is wrong with the triggers that keep the audit log, p_limit at the most: [{"table", "name", "state"}]. States:
-- MISSING (also if it is another than it was made), OFF, FOREIGN (a trigger or rule that is none of the schema's).
create function list_audit_guards(p_limit integer) returns jsonb
    language sql stable
as
$$
with expected ("table", name, function, type) as (
    values ('audit_log', 'audit_log_is_chained', 'chain_audit_row', 7),
           ('audit_log', 'audit_log_moves_its_head', 'move_audit_head', 5),
           ('audit_log', 'audit_log_keeps_its_rows', 'refuse_audit_change', 27),
           ('audit_log', 'audit_log_keeps_all_rows', 'refuse_audit_change', 34),
           ('audit_chains', 'audit_chains_follow_the_log', 'check_audit_chain', 31),
           ('audit_chains', 'audit_chains_stay', 'check_audit_chain', 34)),
present as (
    select c.relname::text as "table", t.tgname::text as name, p.proname::text as function, t.tgtype::integer as type, t.tgenabled,
           t.tgqual is null and t.tgattr::text = '' and p.pronamespace = current_schema()::regnamespace as plain
    from pg_trigger t
    join pg_class c on c.oid = t.tgrelid
    join pg_proc p on p.oid = t.tgfoid
    where c.relnamespace = current_schema()::regnamespace and c.relname in ('audit_log', 'audit_chains')
      and not t.tgisinternal),
wrong as (
    select e."table", e.name, case when p.name is null then 'MISSING' else 'OFF' end as state
    from expected e
    left join present p
              on p."table" = e."table" and p.name = e.name and p.function = e.function and p.type = e.type and p.plain
    where p.name is null or p.tgenabled not in ('O', 'A')
    union all
    select p."table", p.name, 'FOREIGN'
    from present p
    where not exists (select 1 from expected e where e."table" = p."table" and e.name = p.name)
    union all
    select r.tablename::text, r.rulename::text, 'FOREIGN'
    from pg_rules r
    where r.schemaname = current_schema() and r.tablename in ('audit_log', 'audit_chains'))
select coalesce(jsonb_agg(to_jsonb(w)), '[]') from (select * from wrong order by 1, 2 limit p_limit) w
$$;

-- Rows of a kind behind a cursor, in a fixed order: [{"cursor", "content"}], the content as the text of a JSON object, so
-- that its numbers keep all their digits. Kinds: person (with the templates of every model), mark, api_key (without its last
-- use), audit (without its id here). The first page has the cursor ''.
create or replace function export_rows(p_kind text, p_after text, p_limit integer) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(jsonb_build_object('cursor', page.cursor, 'content', page.content::text) order by page.place), '[]')
from (select row_number() over () as place, rows.cursor, rows.content
      from ((select p.user_id as cursor,
                    to_jsonb(p) || jsonb_build_object('templates', coalesce(
                            (select jsonb_agg(to_jsonb(f) - 'user_id'
                                              || jsonb_build_object('embedding', encode(f.embedding, 'hex'))
                                              order by f.id)
                             from face_embeddings f
                             where f.user_id = p.user_id), '[]')) as content
             from people p
             where p_kind = 'person' and p.user_id > p_after
             order by p.user_id
             limit p_limit)
            union all
            (select a.id::text, to_jsonb(a)
             from attendance a
             where p_kind = 'mark' and a.id > (case when p_kind = 'mark' then '0' || p_after end)::bigint
             order by a.id
             limit p_limit)
            union all
            (select k.key_hash, to_jsonb(k) - 'last_used_at'
             from api_keys k
             where p_kind = 'api_key' and k.key_hash > p_after
             order by k.key_hash
             limit p_limit)
            union all
            (select l.id::text, to_jsonb(l) - 'id'
             from audit_log l
             where p_kind = 'audit' and l.id > (case when p_kind = 'audit' then '0' || p_after end)::bigint
             order by l.id
             limit p_limit)) rows) page
$$;

-- Takes rows of an import in: p_rows is [{"kind", "content"}], numbered from p_first, each content the text of a JSON object.
-- The same rows may come again.
create or replace function stage_import(p_import_id text, p_first bigint, p_rows jsonb, p_at timestamptz) returns void
    language sql
as
$$
insert into import_rows (import_id, number, kind, content, staged_at)
select p_import_id, p_first + r.place - 1, r.row ->> 'kind', (r.row ->> 'content')::jsonb, p_at
from jsonb_array_elements(p_rows) with ordinality r(row, place)
on conflict do nothing
$$;

-- What of an import can only be one row: row numbers with the field and what is in it.
create function imported_values(p_import_id text)
    returns table (row_number bigint, row_kind text, field text, value text)
    language sql stable
as
$$
select number, kind, 'user_id', content ->> 'user_id'
from import_rows where import_id = p_import_id and kind = 'person'
union all
select r.number, r.kind, 'template id', t.template ->> 'id'
from import_rows r
cross join lateral jsonb_array_elements(r.content -> 'templates') t(template)
where r.import_id = p_import_id and r.kind = 'person'
union all
select number, kind, 'id', content ->> 'id'
from import_rows where import_id = p_import_id and kind = 'mark'
union all
select number, kind, 'number', concat_ws(' ', content ->> 'user_id', content ->> 'work_date', content ->> 'number')
from import_rows where import_id = p_import_id and kind = 'mark'
union all
select number, kind, 'key_hash', left(content ->> 'key_hash', 12)
from import_rows where import_id = p_import_id and kind = 'api_key'
union all
select number, kind, 'number', concat_ws(' ', content ->> 'chain', content ->> 'number')
from import_rows where import_id = p_import_id and kind = 'audit' and content ->> 'chain' is not null
$$;

-- The first thing that is wrong between the rows of an import, or null: {"row", "other", "kind", "field", "reason"}. Reasons:
-- TWICE (the same as in the row other), TOO_LONG, NOT_AS_WRITTEN (the hash of an audit entry), NO_START (entries before it
-- are missing, and none says that they were removed or never came).
create function import_problem(p_import_id text) returns jsonb
    language sql stable
as
$$
with entries as (
    select r.number as row_number, n as entry
    from import_rows r, jsonb_populate_record(null::audit_log, r.content) n
    where r.import_id = p_import_id and r.kind = 'audit'),
starts as (
    select distinct on ((entry).chain) row_number, entry
    from entries
    where (entry).chain is not null
    order by (entry).chain, (entry).number),
problems as (
    select max(v.row_number) as row, min(v.row_number) as other, v.row_kind as kind, v.field, 'TWICE' as reason
    from imported_values(p_import_id) v
    group by v.row_kind, v.field, v.value
    having count(*) > 1
    union all
    select row_number, null, 'audit', 'details', 'TOO_LONG'
    from entries
    where octet_length((entry).details::text) > 4096
    union all
    select row_number, null, 'audit', 'hash', 'NOT_AS_WRITTEN'
    from entries
    where (entry).chain is not null and (entry).hash <> audit_digest(entry)
    union all
    select s.row_number, null, 'audit', 'number', 'NO_START'
    from starts s
    where not ((s.entry).number = 1 and (s.entry).previous = sha256(convert_to((s.entry).chain, 'UTF8')))
      and not exists (select 1
                      from entries e
                      where (e.entry).action in ('AUDIT_PRUNED', 'AUDIT_ADOPTED')
                        and (e.entry).details ->> 'chain' = (s.entry).chain
                        and (e.entry).details ->> 'up_to' = ((s.entry).number - 1)::text
                        and (e.entry).details ->> 'hash' = encode((s.entry).previous, 'hex')))
select to_jsonb(p) from problems p order by p.row, p.field limit 1
$$;

-- The first rows of an import that are here already, but otherwise, or can't follow what is here: [{"kind", "id"}].
create or replace function import_conflicts(p_import_id text) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(jsonb_build_object('kind', c.kind, 'id', c.id)), '[]')
from (select 'person' as kind, n.user_id as id
      from import_rows r, jsonb_populate_record(null::people, r.content) n
      join people o on o.user_id = n.user_id
      where r.import_id = p_import_id and r.kind = 'person' and o is distinct from n
      union all
      select 'template', n.id::text
      from imported_templates(p_import_id) n
      join face_embeddings o on o.id = n.id
      where o is distinct from n
      union all
      select 'mark', n.id::text
      from import_rows r, jsonb_populate_record(null::attendance, r.content) n
      join attendance o
           on o.id = n.id or (o.user_id = n.user_id and o.work_date = n.work_date and o.number = n.number)
      where r.import_id = p_import_id and r.kind = 'mark' and o is distinct from n
      union all
      select 'api_key', left(n.key_hash, 12)
      from imported_keys(p_import_id) n
      join api_keys o on left(o.key_hash, 12) = left(n.key_hash, 12)
      where to_jsonb(o) - 'last_used_at' is distinct from to_jsonb(n) - 'last_used_at'
      union all
      select 'audit', n.chain || ' ' || n.number
      from imported_audit(p_import_id) n
      join audit_log o on o.chain = n.chain and o.number = n.number
      where o.hash <> n.hash
      union all
      select 'audit', n.chain || ' ' || n.number
      from imported_audit(p_import_id) n
      join audit_chains k on k.chain = n.chain and k.own and n.number > k.head_number
      union all
      select 'audit', f.chain || ' ' || f.number
      from (select distinct on (n.chain) n.chain, n.number, n.previous, k.head_number, k.head_hash
            from imported_audit(p_import_id) n
            join audit_chains k on k.chain = n.chain and not k.own and n.number > k.head_number
            order by n.chain, n.number) f
      where f.number <> f.head_number + 1
         or f.previous <> f.head_hash
         or exists (select 1 from audit_log o where o.chain = f.chain and o.number > f.head_number)
      limit 10) c
$$;

-- Takes the audit rows of an import in: chained ones as they are, beside this database's own chain; others as new ones of
-- that. Answers how many were new. How far each chain came is noted, and that something was imported, with p_added. The
-- own chain is locked first, so that ids become visible in their order.
create or replace function adopt_audit(p_import_id text, p_at timestamptz, p_added jsonb) returns bigint
    language plpgsql
    security definer
as
$$
declare
    c         record;
    l         record;
    is_new    boolean;
    taken     bigint;
    count_new bigint := 0;
begin
    perform refuse_outsiders();
    perform 1 from audit_chains where own for update;
    for c in
        select n.chain, min(n.number) - 1 as before
        from imported_audit(p_import_id) n
        where n.chain is not null and not exists (select 1 from audit_chains k where k.chain = n.chain and k.own)
        group by n.chain
        order by n.chain
    loop
        insert into audit_chains (chain, own, anchor_number, anchor_hash, head_number, head_hash)
        select c.chain, false, c.before, n.previous, c.before, n.previous
        from imported_audit(p_import_id) n
        where n.chain = c.chain and n.number = c.before + 1
        on conflict do nothing;
        is_new := found;
        insert into audit_log (at, action, user_id, details, key_id, request_id, address, chain, number, previous, hash)
        select n.at, n.action, n.user_id, n.details, n.key_id, n.request_id, n.address, n.chain, n.number, n.previous, n.hash
        from imported_audit(p_import_id) n
        join audit_chains k on k.chain = n.chain and n.number > k.head_number
        where n.chain = c.chain
        order by n.number;
        get diagnostics taken = row_count;
        if taken > 0 then
            count_new := count_new + taken;
            update audit_chains k
            set head_number = last_one.number, head_hash = last_one.hash
            from (select number, hash from audit_log where chain = c.chain order by number desc limit 1) last_one
            where k.chain = c.chain;
            select * into l from audit_chains where chain = c.chain;
            perform append_audit(p_at, 'AUDIT_ADOPTED', null, '{"key_id": "import"}',
                                 jsonb_build_object('chain', c.chain, 'head', l.head_number,
                                                    'head_hash', encode(l.head_hash, 'hex'))
                                 || case when is_new
                                             then jsonb_build_object('up_to', l.anchor_number,
                                                                     'hash', encode(l.anchor_hash, 'hex'))
                                         else '{}' end);
        end if;
    end loop;

    taken := 0;
    for c in
        select n.at, n.action, n.user_id, n.details
        from imported_audit(p_import_id) n
        where n.chain is null
          and not exists (select 1
                          from audit_log o
                          where o.at = n.at and o.action = n.action and o.user_id is not distinct from n.user_id
                            and o.details = n.details)
    loop
        perform append_audit(c.at, c.action, c.user_id, '{}', c.details);
        taken := taken + 1;
    end loop;
    count_new := count_new + taken;
    if count_new > 0 or exists (select 1 from jsonb_each(p_added) a where a.value <> '0') then
        perform append_audit(p_at, 'IMPORTED', null, '{"key_id": "import"}', p_added || jsonb_build_object('audit', count_new));
    end if;
    return count_new;
end
$$;

-- Moves all rows of an import to their places, or none: the code is IMPORTED, with the numbers of rows that were new,
-- or INCOMPLETE, or INVALID with the first thing that is wrong between the rows, or CONFLICT with the first rows that are
-- here already, but otherwise.
create or replace function finish_import(p_import_id text, p_rows bigint, p_at timestamptz) returns jsonb
    language plpgsql
as
$$
declare
    staged    bigint;
    problem   jsonb;
    conflicts jsonb;
    added     jsonb := '{}';
    count_new bigint;
begin
    lock table people, face_embeddings, attendance, api_keys in share row exclusive mode;
    select count(*) into staged from import_rows where import_id = p_import_id;
    if staged <> p_rows then
        return jsonb_build_object('code', 'INCOMPLETE', 'rows', staged);
    end if;
    problem := import_problem(p_import_id);
    if problem is not null then
        return jsonb_build_object('code', 'INVALID', 'problem', problem);
    end if;
    conflicts := import_conflicts(p_import_id);
    if conflicts <> '[]' then
        return jsonb_build_object('code', 'CONFLICT', 'conflicts', conflicts);
    end if;

    insert into people
    select n.*
    from import_rows r, jsonb_populate_record(null::people, r.content) n
    where r.import_id = p_import_id and r.kind = 'person'
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('people', count_new);

    insert into face_embeddings overriding system value
    select n.* from imported_templates(p_import_id) n
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('templates', count_new);

    insert into attendance overriding system value
    select n.*
    from import_rows r, jsonb_populate_record(null::attendance, r.content) n
    where r.import_id = p_import_id and r.kind = 'mark'
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('marks', count_new);

    insert into api_keys
    select n.* from imported_keys(p_import_id) n
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('api_keys', count_new);

    perform setval(s.name, greatest(max(t.id), nextval(s.name)))
    from face_embeddings t, pg_get_serial_sequence('face_embeddings', 'id') s(name)
    group by s.name;
    perform setval(s.name, greatest(max(t.id), nextval(s.name)))
    from attendance t, pg_get_serial_sequence('attendance', 'id') s(name)
    group by s.name;
    added := added || jsonb_build_object('audit', adopt_audit(p_import_id, p_at, added));
    perform abandon_import(p_import_id);
    return jsonb_build_object('code', 'IMPORTED', 'added', added);
end
$$;

select pin_search_path(array ['chain_audit_row', 'move_audit_head', 'append_audit', 'prune_audit', 'adopt_audit']);

select restrict_access(
        array []::text[],
        array ['next_audit_number', 'move_audit_head', 'check_audit_chain', 'list_audit_strays', 'list_audit_guards',
               'imported_values', 'import_problem']);

create or replace function rollcall_schema_version() returns integer
    language sql immutable as 'select 11';
$migration$;
    end if;
end
$step$;

do $step$
begin
    if pg_temp.rollcall_schema_present() < 12 then
        execute $migration$
-- Marks whose numbers follow time, also when requests overtake each other and when a clock was set; the latest instant in
-- the database.

drop function mark_attendance(text, timestamptz, date, integer, integer, jsonb, text, text, timestamptz, jsonb);
drop function decide_mark(text, timestamptz, date, integer, integer, jsonb);

-- Decides about a mark and writes it. The person's row is locked first, so that decisions about one person queue up,
-- however many service instances ask at once. The code is MARKED, DAILY_LIMIT_REACHED, TOO_SOON or NOT_ENROLLED.
--
-- The caller read p_marked_at before the lock. The mark gets that instant, or, if the person has a mark that is not
-- earlier, the microsecond after that one. Only marks up to p_tolerance_seconds after p_marked_at count for that and for
-- the spacing: later ones come from a clock that was ahead, and neither delay nor refuse a mark. p_work_date is the work
-- date of p_marked_at; p_next_day_at, after p_marked_at, is when p_next_work_date begins, or null if no work date begins
-- within the tolerance and a microsecond.
create function decide_mark(
    p_user_id           text,
    p_marked_at         timestamptz,
    p_work_date         date,
    p_next_day_at       timestamptz,
    p_next_work_date    date,
    p_tolerance_seconds integer,
    p_max_per_day       integer,
    p_min_seconds       integer,
    p_evidence          jsonb)
    returns jsonb
    language plpgsql
as
$$
declare
    last_mark   timestamptz;
    written_at  timestamptz;
    written_day date;
    made_today  integer;
    last_number integer;
    made        attendance;
begin
    perform 1 from people where user_id = p_user_id for no key update;
    if not found then
        return jsonb_build_object('code', 'NOT_ENROLLED');
    end if;

    select max(marked_at)
    into last_mark
    from attendance
    where user_id = p_user_id and marked_at <= p_marked_at + make_interval(secs => p_tolerance_seconds);
    written_at := greatest(p_marked_at, last_mark + interval '1 microsecond');
    written_day := case when written_at >= p_next_day_at then p_next_work_date else p_work_date end;

    select count(*), coalesce(max(number), 0)
    into made_today, last_number
    from attendance
    where user_id = p_user_id and work_date = written_day;

    if made_today >= p_max_per_day then
        return jsonb_build_object(
                'code', 'DAILY_LIMIT_REACHED',
                'marks', (select jsonb_agg(mark_as_json(a) order by a.number)
                          from (select *
                                from attendance
                                where user_id = p_user_id and work_date = written_day
                                order by number desc
                                limit 10) a));
    end if;
    if written_at < last_mark + make_interval(secs => p_min_seconds) then
        return jsonb_build_object(
                'code', 'TOO_SOON', 'next_allowed_at', last_mark + make_interval(secs => p_min_seconds));
    end if;

    insert into attendance (user_id, marked_at, work_date, number, direction, confidence, similarity, liveness)
    values (p_user_id, written_at, written_day, last_number + 1, case when made_today % 2 = 0 then 'in' else 'out' end,
            (p_evidence ->> 'confidence')::real, (p_evidence ->> 'similarity')::real,
            (p_evidence ->> 'liveness')::real)
    returning * into made;
    return jsonb_build_object(
            'code', 'MARKED', 'mark', mark_as_json(made), 'remaining_today', p_max_per_day - made_today - 1);
end
$$;

-- Decides about a mark as decide_mark does, once for each key: under a key that was used before, the code is REPEATED, and
-- what is kept comes with it. p_evidence: {"confidence", "similarity", "liveness"}. p_match: what the answer says beside
-- the mark.
create function mark_attendance(
    p_user_id           text,
    p_marked_at         timestamptz,
    p_work_date         date,
    p_next_day_at       timestamptz,
    p_next_work_date    date,
    p_tolerance_seconds integer,
    p_max_per_day       integer,
    p_min_seconds       integer,
    p_evidence          jsonb,
    p_key               text default null,
    p_fingerprint       text default null,
    p_expires_at        timestamptz default null,
    p_match             jsonb default null)
    returns jsonb
    language plpgsql
as
$$
declare
    kept     jsonb;
    decision jsonb;
begin
    if p_key is not null then
        kept := claim_key(p_key, p_fingerprint, p_user_id, p_marked_at, p_expires_at, '{}');
        if kept is not null then
            return kept || jsonb_build_object('code', 'REPEATED');
        end if;
    end if;
    decision := decide_mark(p_user_id, p_marked_at, p_work_date, p_next_day_at, p_next_work_date, p_tolerance_seconds,
                            p_max_per_day, p_min_seconds, p_evidence);
    if p_key is not null then
        update idempotency
        set answer = case when decision ->> 'code' = 'MARKED'
                              then jsonb_build_object('match', p_match, 'decision', decision)
                          else jsonb_build_object('decision', decision) end
        where key = p_key;
    end if;
    return decision;
end
$$;

-- Keeps the answer to a request that wrote no mark. Answers what is kept then: {"fingerprint", "answer", "repeated"};
-- repeated is true if it is another request's, which came first.
create or replace function keep_answer(
    p_key         text,
    p_fingerprint text,
    p_user_id     text,
    p_at          timestamptz,
    p_expires_at  timestamptz,
    p_answer      jsonb)
    returns jsonb
    language sql
as
$$
select coalesce(
        claim_key(p_key, p_fingerprint, p_user_id, p_at, p_expires_at, p_answer) || '{"repeated": true}',
        jsonb_build_object('fingerprint', p_fingerprint, 'answer', p_answer, 'repeated', false))
$$;

-- The latest instant of a mark of the last work dates or of one of the last hundred audit entries, or null if there are
-- none.
create function newest_entry() returns jsonb
    language sql stable
as
$$
select to_jsonb(greatest(
        (select max(marked_at) from attendance where work_date >= (select max(work_date) from attendance) - 2),
        (select max(l.at) from (select at from audit_log order by id desc limit 100) l)))
$$;

select restrict_access(
        array []::text[],
        array ['decide_mark', 'mark_attendance', 'keep_answer', 'newest_entry']);

create or replace function rollcall_schema_version() returns integer
    language sql immutable as 'select 12';
$migration$;
    end if;
end
$step$;

drop function pg_temp.rollcall_schema_present();

-- Tells Supabase's REST server to look at the schema again.
notify pgrst, 'reload schema';
