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
