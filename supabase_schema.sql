-- Rollcall's schema, for Supabase's SQL editor or psql. Generated from the migrations by "rollcall schema":
-- don't edit. It brings an empty database, or one that an older version of this script made, to version 6,
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

drop function pg_temp.rollcall_schema_present();

-- Tells Supabase's REST server to look at the schema again.
notify pgrst, 'reload schema';
