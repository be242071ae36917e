-- People, their templates and what is held about them.

-- Gives the next numbers to these people in template_changes.
create function note_template_change(p_user_ids text[]) returns void
    language plpgsql
as
$$
declare
    number bigint;
begin
    update template_change_counter
    set last = last + cardinality(p_user_ids)
    where one_row
    returning last - cardinality(p_user_ids) into number;
    insert into template_changes (user_id, change, changed_at)
    select p.user_id, number + p.place, now()
    from unnest(p_user_ids) with ordinality p(user_id, place)
    on conflict (user_id) do update set change = excluded.change, changed_at = excluded.changed_at;
end
$$;

create or replace function note_changed_templates() returns trigger
    language plpgsql
as
$$
declare
    whose text[] := array(select distinct user_id from changed);
begin
    if cardinality(whose) > 0 then
        perform note_template_change(whose);
    end if;
    return null;
end
$$;

create or replace function note_changed_person() returns trigger
    language plpgsql
as
$$
begin
    perform note_template_change(array [new.user_id]);
    return null;
end
$$;

create or replace trigger face_embeddings_note_new_ones
    after insert on face_embeddings
    referencing new table as changed
    for each statement execute function note_changed_templates();

create or replace trigger face_embeddings_note_gone_ones
    after delete on face_embeddings
    referencing old table as changed
    for each statement execute function note_changed_templates();

create or replace trigger people_note_where_they_count
    after update on people
    for each row
    when (old.active is distinct from new.active or old.site is distinct from new.site)
    execute function note_changed_person();

-- Who was declared to look like a person.
create function look_alikes_of(p_user_id text) returns table (user_id text, declared_at timestamptz)
    language sql stable
as
$$
select second_id, l.declared_at from look_alikes l where first_id = p_user_id
union all
select first_id, l.declared_at from look_alikes l where second_id = p_user_id
$$;

-- The person with the templates of a model, oldest first, and the ids of those who look alike, or null.
create function find_person(p_user_id text, p_model text) returns jsonb
    language sql stable
as
$$
select jsonb_build_object(
        'user_id', p.user_id,
        'name', p.name,
        'active', p.active,
        'site', p.site,
        'look_alikes', coalesce((select jsonb_agg(l.user_id) from look_alikes_of(p_user_id) l), '[]'),
        'templates', coalesce((select jsonb_agg(jsonb_build_object('embedding', encode(f.embedding, 'hex'),
                                                                   'sealed_with', f.sealed_with) order by f.id)
                               from face_embeddings f
                               where f.user_id = p.user_id and f.model = p_model), '[]'))
from people p
where p.user_id = p_user_id
$$;

-- A person's templates of a model, oldest first.
create function find_templates(p_user_id text, p_model text) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'embedding', encode(f.embedding, 'hex'), 'sealed_with', f.sealed_with,
                                             'quality', f.quality, 'created_at', f.created_at) order by f.id), '[]')
from face_embeddings f
where f.user_id = p_user_id and f.model = p_model
$$;

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

-- The people whose templates, activity or site changed after a number, in the order of their last changes, at most p_limit:
-- last, the number of the last one; forgotten, up to which number changes of erased people are no longer listed; for each
-- person the user id, the site (null if the person is bound to none, or erased), whether active, and how many templates of the
-- model there are; and these templates, person by person: id, key of encryption, stored form.
create function list_changed_templates(
    p_model         text,
    p_after         bigint,
    p_limit         integer,
    out last        bigint,
    out forgotten   bigint,
    out user_ids    text[],
    out sites       text[],
    out active      boolean[],
    out counts      integer[],
    out ids         bigint[],
    out sealed_with text[],
    out embeddings  bytea)
    language sql stable
as
$$
with changed as materialized (
    select change, user_id
    from template_changes
    where change > p_after
    order by change
    limit p_limit),
-- By lateral queries with "offset 0", so that the few people are looked up by their indexes, whatever the planner expects.
present as (
    select c.change, c.user_id, p.site, coalesce(p.active, false) as active
    from changed c
    left join lateral (select site, people.active from people where user_id = c.user_id offset 0) p on true),
templates as (
    select c.change, f.id, f.sealed_with, f.embedding
    from changed c
    cross join lateral (select id, face_embeddings.sealed_with, embedding
                        from face_embeddings
                        where user_id = c.user_id and model = p_model
                        offset 0) f),
numbers as (
    select change, count(*)::integer as templates
    from templates
    group by change)
select (select max(change) from changed),
       (select k.forgotten from template_change_counter k),
       (select array_agg(p.user_id order by p.change) from present p),
       (select array_agg(coalesce(p.site, '') order by p.change) from present p),
       (select array_agg(p.active order by p.change) from present p),
       (select array_agg(coalesce(n.templates, 0) order by c.change) from changed c left join numbers n using (change)),
       (select array_agg(t.id order by t.change, t.id) from templates t),
       (select array_agg(coalesce(t.sealed_with, '') order by t.change, t.id) from templates t),
       (select string_agg(t.embedding, '' order by t.change, t.id) from templates t)
$$;

-- Writes to the audit log that a person looks like another one, p_look_alike: {"rival_user_id", "rival_similarity",
-- "rival_confidence"}. Not if the other one is no longer enrolled, if the two were declared to look alike, or if the log has the
-- pair already since both were enrolled.
create function note_look_alike(p_user_id text, p_look_alike jsonb, p_at timestamptz, p_caller jsonb) returns void
    language plpgsql
as
$$
declare
    rival     text := p_look_alike ->> 'rival_user_id';
    both_here timestamptz;
begin
    select max(created_at) into both_here from people where user_id in (p_user_id, rival) having count(*) = 2;
    if both_here is null
        or exists (select 1 from look_alikes_of(p_user_id) l where l.user_id = rival)
        or exists (select 1
                   from audit_log
                   where action = 'LOOK_ALIKE' and at >= both_here
                     and (user_id = p_user_id and details ->> 'rival_user_id' = rival
                          or user_id = rival and details ->> 'rival_user_id' = p_user_id)) then
        return;
    end if;
    perform append_audit(p_at, 'LOOK_ALIKE', p_user_id, p_caller, p_look_alike);
end
$$;

-- Enrolls a person or adds a template to one, and removes the person's templates p_removed, or all others with p_replace.
-- Enrollments queue up, so that template ids become visible in their order. Nothing is written, and the code is
-- OTHER_TEMPLATES, if the caller has decided without a template: if another person has one with an id greater than
-- p_checked_up_to, up to which the caller has compared the face, or if without p_replace the ids of the person's templates of the
-- model are not p_seen. KEY_REVOKED if the caller's key was revoked meanwhile. Without p_consent_at an earlier consent stays. p_look_alike: see note_look_alike, or null.
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
    p_seen          jsonb,
    p_removed       jsonb,
    p_checked_up_to bigint,
    p_look_alike    jsonb,
    p_caller        jsonb)
    returns jsonb
    language plpgsql
as
$$
declare
    kept integer;
begin
    perform pg_advisory_xact_lock(hashtextextended('rollcall enroll_person', 0));
    if is_revoked(p_caller ->> 'key_id') then
        return jsonb_build_object('code', 'KEY_REVOKED');
    end if;
    if exists (select 1
               from face_embeddings
               where model = p_model and id > p_checked_up_to and user_id <> p_user_id)
        or not p_replace
           and array(select id from face_embeddings where user_id = p_user_id and model = p_model order by id)
               <> array(select seen::bigint from jsonb_array_elements_text(p_seen) s(seen) order by 1) then
        return jsonb_build_object('code', 'OTHER_TEMPLATES');
    end if;

    insert into people (user_id, name, created_at, updated_at, consent_at)
    values (p_user_id, p_name, p_at, p_at, p_consent_at)
    on conflict (user_id) do update
        set name       = excluded.name,
            updated_at = excluded.updated_at,
            consent_at = coalesce(excluded.consent_at, people.consent_at);

    delete from face_embeddings
    where user_id = p_user_id
      and (p_replace or id in (select r.id::bigint from jsonb_array_elements_text(p_removed) r(id)));

    insert into face_embeddings (user_id, model, embedding, sealed_with, quality, created_at)
    values (p_user_id, p_model, decode(p_embedding, 'hex'), p_sealed_with, p_quality, p_at);

    select count(*) into kept from face_embeddings where user_id = p_user_id and model = p_model;
    perform append_audit(p_at, 'ENROLLED', p_user_id, p_caller,
                         jsonb_build_object('model', p_model, 'templates', kept, 'replaced', p_replace,
                                            'consent_at', p_consent_at));
    if p_look_alike is not null then
        perform note_look_alike(p_user_id, p_look_alike, p_at, p_caller);
    end if;
    return jsonb_build_object('code', 'ENROLLED', 'templates', kept);
end
$$;

-- Removes a person with every template, kept answer, result of an import of pictures, event and request for a correction, the keys of
-- the person's phones and a link for one, and from unfinished archive imports the rows of the person and of these keys. An unfinished import of pictures doesn't enroll the person again. The marks stay, with
-- their corrections; with p_pseudonymise they get a random user_id (entries of the audit log about corrections still name the marks), also
-- those of a person who was erased
-- earlier, and the reasons of their corrections, which may say who it was, are removed. Returns the counts, or null if there was
-- nothing to do.
create function erase_person(p_user_id text, p_at timestamptz, p_pseudonymise boolean, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    pseudonym text := 'erased-' || replace(gen_random_uuid()::text, '-', '');
    is_known  boolean;
    templates integer;
    answers   integer;
    marks     integer;
    entries   integer;
    phones    integer;
    done      jsonb;
begin
    perform 1 from people where user_id = p_user_id for update;
    is_known := found;
    update people_imports
    set erased = array_append(erased, p_user_id)
    where ended_at is null and not p_user_id = any (erased);
    is_known := is_known or exists (select 1 from people_import_results where user_id = p_user_id);
    if not is_known and not (p_pseudonymise and exists (select 1 from attendance where user_id = p_user_id)) then
        return null;
    end if;
    select count(*) into templates from face_embeddings where user_id = p_user_id;
    select count(*) into marks from attendance where user_id = p_user_id;
    select count(*) into entries from audit_log where user_id = p_user_id;
    delete from idempotency where user_id = p_user_id;
    get diagnostics answers = row_count;
    delete from outbox where user_id = p_user_id or content ->> 'rival_user_id' = p_user_id;
    delete from import_rows
    where kind in ('person', 'api_key') and content ->> 'user_id' = p_user_id
       or kind = 'look_alike' and p_user_id in (content ->> 'first_id', content ->> 'second_id');
    update people_import_results
    set user_id = null, file = 'erased', detail = null
    where user_id = p_user_id;
    delete from correction_requests where user_id = p_user_id;
    delete from api_keys where user_id = p_user_id;
    get diagnostics phones = row_count;
    delete from pin_attempts where subject = 'person ' || p_user_id;
    delete from people where user_id = p_user_id;
    if p_pseudonymise then
        update corrections set reason = 'erased' where user_id = p_user_id;
        update attendance set user_id = pseudonym where user_id = p_user_id;
    end if;
    done := jsonb_build_object(
            'templates_removed', templates,
            'answers_removed', answers,
            'phones_removed', phones,
            'marks_kept', case when p_pseudonymise then 0 else marks end,
            'marks_pseudonymised', case when p_pseudonymise then marks else 0 end,
            'audit_entries_kept', entries + 1);
    perform append_audit(p_at, 'ERASED', p_user_id, p_caller, done);
    return done;
end
$$;

-- What is stored about a user_id, or null if that is nothing: person (with the number of those who look alike, whom it doesn't
-- name, and when a badge was issued and a PIN set, but nothing that either could be made from), templates, marks, corrections of these and requests for them, events, kept answers, results of imports, phones with the link for
-- one, and audit entries (without rival_user_id, which is another person's). Not included: the number in template_changes, and rows of an unfinished import. The audit log notes the export.
create function export_person(p_user_id text, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    held jsonb;
begin
    held := jsonb_build_object(
            'person', (select to_jsonb(p) - array ['badge_issue', 'pin_hash']
                              || jsonb_build_object('look_alikes', (select count(*) from look_alikes_of(p_user_id)))
                       from people p where user_id = p_user_id),
            'templates', (select coalesce(jsonb_agg(to_jsonb(f) - 'user_id'
                                                    || jsonb_build_object('embedding', encode(f.embedding, 'hex'))
                                          order by f.id), '[]')
                          from face_embeddings f where user_id = p_user_id),
            'attendance', (select coalesce(jsonb_agg(to_jsonb(a) - 'user_id' order by a.id), '[]')
                           from attendance a where user_id = p_user_id),
            'corrections', (select coalesce(jsonb_agg(to_jsonb(c) - 'user_id' order by c.id), '[]')
                            from corrections c where user_id = p_user_id),
            'correction_requests', (select coalesce(jsonb_agg(to_jsonb(r) - 'user_id' order by r.id), '[]')
                                    from correction_requests r where user_id = p_user_id),
            'shift_assignments', (select coalesce(jsonb_agg(to_jsonb(s) - 'user_id' order by s.id), '[]')
                                  from shift_assignments s where user_id = p_user_id),
            'events', (select coalesce(jsonb_agg(to_jsonb(o) - 'user_id' || jsonb_build_object('content', o.content - 'rival_user_id')
                                                   order by o.id), '[]')
                       from outbox o where user_id = p_user_id),
            'answers', (select coalesce(jsonb_agg(to_jsonb(i) - array ['user_id', 'key', 'fingerprint'] order by i.created_at), '[]')
                        from idempotency i where user_id = p_user_id),
            'imports', (select coalesce(jsonb_agg(to_jsonb(r) - array ['user_id', 'place'] order by r.id), '[]')
                        from people_import_results r where user_id = p_user_id),
            'phones', (select coalesce(jsonb_agg(key_as_json(k) - array ['user_id', 'scopes'] order by k.created_at), '[]')
                       from api_keys k where user_id = p_user_id),
            'phone_links', (select coalesce(jsonb_agg(phone_link_as_json(l) - 'user_id'), '[]')
                            from phone_links l where user_id = p_user_id),
            'audit', (select coalesce(jsonb_agg(to_jsonb(l) - array ['user_id', 'chain', 'number', 'previous', 'hash']
                                                || jsonb_build_object('details', l.details - 'rival_user_id')
                                       order by l.id), '[]')
                      from audit_log l where user_id = p_user_id));
    if held = '{"person": null, "templates": [], "attendance": [], "corrections": [], "correction_requests": [], "shift_assignments": [], "events": [], "answers": [], "imports": [], "phones": [], "phone_links": [], "audit": []}' then
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

-- Replaces the stored forms of embeddings: p_rows is [{"id", "was_sealed_with", "embedding", "sealed_with"}]. One that
-- has changed meanwhile stays. Returns how many were replaced.
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

select restrict_access();
