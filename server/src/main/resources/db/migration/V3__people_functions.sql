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
