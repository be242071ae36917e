-- People as an administrator manages them: lists, changes, single templates and look-alikes.

-- A person as in a list, with the number of the person's templates of a model; without what a badge or a PIN could be made from.
create function person_as_json(p people, p_model text) returns jsonb
    language sql stable
as
$$
select to_jsonb(p) - array ['badge_issue', 'pin_hash'] || jsonb_build_object(
        'templates', (select count(*) from face_embeddings f where f.user_id = p.user_id and f.model = p_model))
$$;

-- The collation by which names are compared: the rules of Unicode's root collation where the server has it (a build without ICU
-- doesn't), since the database's own collation may know the letters of ASCII alone.
create function name_collation() returns text
    language sql stable
as
$$
select coalesce((select 'pg_catalog."und-x-icu"'
                 from pg_collation
                 where collname = 'und-x-icu' and collnamespace = 'pg_catalog'::regnamespace),
                'pg_catalog."default"')
$$;

-- The condition, as a text, that a person p is listed: only people with the user_id, group, site (null: without one), active or
-- has_templates (of the model) of p_filter, and with q in user_id, name or external_id, in capitals or not; what is missing doesn't
-- restrict. $1 is the model, $2 the filter.
create function people_condition(p_filter jsonb) returns text
    language plpgsql stable
as
$$
declare
    wanted text := 'true';
begin
    if p_filter ? 'user_id' then
        wanted := wanted || $q$ and p.user_id = $2 ->> 'user_id'$q$;
    end if;
    if p_filter ? 'group' then
        wanted := wanted || case when p_filter ->> 'group' is null then ' and p."group" is null'
                                 else $q$ and p."group" = $2 ->> 'group'$q$ end;
    end if;
    if p_filter ? 'site' then
        wanted := wanted || case when p_filter ->> 'site' is null then ' and p.site is null'
                                 else $q$ and p.site = $2 ->> 'site'$q$ end;
    end if;
    if p_filter ? 'active' then
        wanted := wanted || $q$ and p.active = ($2 ->> 'active')::boolean$q$;
    end if;
    if p_filter ? 'has_templates' then
        wanted := wanted || case when p_filter ->> 'has_templates' = 'true' then ' and' else ' and not' end
                  || ' exists (select 1 from face_embeddings f where f.user_id = p.user_id and f.model = $1)';
    end if;
    if p_filter ? 'q' then
        wanted := wanted || format($q$ and (strpos(lower(p.name collate %1$s), lower($2 ->> 'q' collate %1$s)) > 0
                                            or strpos(lower(p.user_id collate "C"), lower($2 ->> 'q' collate "C")) > 0
                                            or strpos(lower(p.external_id collate %1$s), lower($2 ->> 'q' collate %1$s)) > 0)$q$,
                                   name_collation());
    end if;
    return wanted;
end
$$;

-- How many people people_condition lists.
create function count_people(p_model text, p_filter jsonb) returns bigint
    language plpgsql stable
as
$$
declare
    counted bigint;
begin
    execute 'select count(*) from people p where ' || people_condition(p_filter) into counted using p_model, p_filter;
    return counted;
end
$$;

-- The user ids and names of active people of a site, also of those who are bound to none, with user ids behind p_after: those whose
-- user id, name or a word of the name begins with p_prefix, in capitals or not; everybody if it is null.
create function list_names(p_site text, p_prefix text, p_after text, p_limit integer) returns jsonb
    language plpgsql stable
as
$$
declare
    begins text := format($q$starts_with(lower(p.user_id collate "C"), lower($2 collate "C"))
                             or strpos(' ' || lower(p.name collate %1$s), ' ' || lower($2 collate %1$s)) > 0$q$,
                          name_collation());
    listed jsonb;
begin
    execute format($q$select coalesce(jsonb_agg(jsonb_build_object('user_id', user_id, 'name', name) order by user_id), '[]')
                      from (select p.user_id, p.name
                            from people p
                            where p.active and (p.site is null or p.site = $1) and ($2 is null or %s)
                              and p.user_id > coalesce($3, '')
                            order by p.user_id
                            limit $4) page$q$, begins)
        into listed
        using p_site, p_prefix, p_after, p_limit;
    return listed;
end
$$;

-- People as person_as_json shows them, in an order, after p_after: {"user_id", "value"} of the last person of the previous page,
-- the value being what is sorted by. p_sort is user_id, name, created_at or updated_at; people who are equal in that are in the
-- order of their user ids. p_filter: see people_condition.
--
-- Names are sorted and searched by name_collation. No index has that order, which an update of ICU could break: a page by name
-- costs a few times as much as reading all people once, some 50 ms for 100,000 people.
create function list_people(
    p_model text, p_filter jsonb, p_sort text, p_descending boolean, p_after jsonb, p_limit integer)
    returns jsonb
    language plpgsql stable
as
$$
declare
    rules   text := name_collation();
    key     text := case p_sort when 'user_id' then 'p.user_id'
                                when 'name' then 'p.name collate ' || rules
                                when 'created_at' then 'p.created_at'
                                when 'updated_at' then 'p.updated_at' end;
    behind  text := case when p_descending then '<' else '>' end;
    ordered text := case when p_descending then key || ' desc, p.user_id desc' else key || ', p.user_id' end;
    wanted  text := people_condition(p_filter);
    listed  jsonb;
begin
    if key is null then
        raise exception 'people are not sorted by %', p_sort;
    end if;
    if p_after is not null then
        wanted := wanted || format(case when p_sort = 'user_id' then $q$ and p.user_id %2$s $3 ->> 'user_id'$q$
                                        else $q$ and (%1$s, p.user_id) %2$s (($3 ->> 'value')::%3$s, $3 ->> 'user_id')$q$ end,
                                   key, behind, case p_sort when 'name' then 'text' else 'timestamptz' end);
    end if;
    execute format($q$select coalesce(jsonb_agg(person_as_json(page.person, $1) order by %1$s), '[]')
                      from (select p as person from people p where %2$s order by %1$s limit $4) page
                      cross join lateral (select (page.person).*) p$q$, ordered, wanted)
        into listed
        using p_model, p_filter, p_after, p_limit;
    return listed;
end
$$;

-- One person as in a list, or null.
create function read_person(p_user_id text, p_model text) returns jsonb
    language sql stable
as
$$
select person_as_json(p, p_model) from people p where p.user_id = p_user_id
$$;

-- What differs between two states of a person, for the audit log: no names, since its entries stay when the person is erased.
create function changed_columns(p_before people, p_after people) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_object_agg(b.key, jsonb_build_object('from', b.value, 'to', a.value)), '{}')
       || case when p_before.name <> p_after.name then '{"name_changed": true}' else '{}' end::jsonb
from jsonb_each(to_jsonb(p_before)) b
join jsonb_each(to_jsonb(p_after)) a on a.key = b.key
where b.key in ('group', 'external_id', 'active', 'site') and a.value <> b.value
$$;

-- Changes the columns of a person that p_change has: of name, group, external_id, active and site. The code is CHANGED, with the
-- person, also if nothing differs; NOT_ENROLLED; UNKNOWN_SITE; or EXTERNAL_ID_TAKEN, with the user_id of the person who has it.
create function change_person(p_user_id text, p_change jsonb, p_model text, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    before people;
    after  people;
    holder text;
begin
    select * into before from people where user_id = p_user_id for no key update;
    if not found then
        return jsonb_build_object('code', 'NOT_ENROLLED');
    end if;
    after := jsonb_populate_record(before, p_change);
    if after.site is not null and not exists (select 1 from sites where site = after.site) then
        return jsonb_build_object('code', 'UNKNOWN_SITE');
    end if;
    if after is distinct from before then
        after.updated_at := p_at;
        after.inactive_since := case when not after.active then coalesce(before.inactive_since, p_at) end;
        loop
            begin
                update people
                set name = after.name, "group" = after."group", external_id = after.external_id, active = after.active,
                    inactive_since = after.inactive_since, site = after.site, updated_at = after.updated_at
                where user_id = p_user_id;
                exit;
            exception
                when unique_violation then
                    select user_id into holder from people where external_id = after.external_id;
                    if found then
                        return jsonb_build_object('code', 'EXTERNAL_ID_TAKEN', 'user_id', holder);
                    end if;
            end;
        end loop;
        if before.active and not after.active then
            perform end_phones(p_user_id, p_at, p_caller);
        end if;
        perform append_audit(p_at, 'PERSON_CHANGED', p_user_id, p_caller, changed_columns(before, after));
    end if;
    return jsonb_build_object('code', 'CHANGED', 'person', person_as_json(after, p_model));
end
$$;

-- A person's templates of all models without the embeddings, oldest first; null if there is no such person.
create function list_person_templates(p_user_id text) returns jsonb
    language sql stable
as
$$
select coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'model', f.model, 'quality', f.quality,
                                                     'created_at', f.created_at, 'sealed_with', f.sealed_with)
                                  order by f.id)
                 from face_embeddings f
                 where f.user_id = p.user_id), '[]')
from people p
where p.user_id = p_user_id
$$;

-- Removes one template of a person. The code is DELETED, with the number of templates of p_model that the person has left;
-- NOT_ENROLLED; or TEMPLATE_NOT_FOUND.
create function delete_template(p_user_id text, p_id bigint, p_model text, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    gone face_embeddings;
    kept integer;
begin
    perform 1 from people where user_id = p_user_id for no key update;
    if not found then
        return jsonb_build_object('code', 'NOT_ENROLLED');
    end if;
    delete from face_embeddings where id = p_id and user_id = p_user_id returning * into gone;
    if not found then
        return jsonb_build_object('code', 'TEMPLATE_NOT_FOUND');
    end if;
    update people set updated_at = p_at where user_id = p_user_id;
    select count(*) into kept from face_embeddings where user_id = p_user_id and model = p_model;
    perform append_audit(p_at, 'TEMPLATE_DELETED', p_user_id, p_caller,
                         jsonb_build_object('template', p_id, 'model', gone.model, 'templates', kept));
    return jsonb_build_object('code', 'DELETED', 'templates', kept);
end
$$;

-- Who looks like a person, in the order of their user ids; null if there is no such person.
create function list_look_alikes(p_user_id text) returns jsonb
    language sql stable
as
$$
select coalesce((select jsonb_agg(jsonb_build_object('user_id', o.user_id, 'name', o.name, 'declared_at', l.declared_at)
                                  order by o.user_id)
                 from look_alikes_of(p_user_id) l
                 join people o on o.user_id = l.user_id), '[]')
from people p
where p.user_id = p_user_id
$$;

-- Appends an entry about each of two people; export_person leaves out who the other one is.
create function audit_look_alikes(p_action text, p_user_id text, p_other_id text, p_at timestamptz, p_caller jsonb) returns void
    language sql
as
$$
select append_audit(p_at, p_action, p_user_id, p_caller, jsonb_build_object('rival_user_id', p_other_id));
select append_audit(p_at, p_action, p_other_id, p_caller, jsonb_build_object('rival_user_id', p_user_id));
$$;

-- Declares that two different people look alike; a second time changes nothing. The code is DECLARED, with those who look like the
-- first one; NOT_ENROLLED; OTHER_NOT_ENROLLED; or TOO_MANY, if one of the two has p_most look-alikes.
create function declare_look_alikes(p_user_id text, p_other_id text, p_most integer, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    pair  text[] := case when p_user_id collate "C" < p_other_id collate "C" then array [p_user_id, p_other_id]
                         else array [p_other_id, p_user_id] end;
    known text[];
begin
    known := array(select user_id
                   from people
                   where user_id = any (pair)
                   order by user_id collate "C"
                   for no key update);
    if p_user_id <> all (known) then
        return jsonb_build_object('code', 'NOT_ENROLLED');
    end if;
    if p_other_id <> all (known) then
        return jsonb_build_object('code', 'OTHER_NOT_ENROLLED');
    end if;
    if not exists (select 1 from look_alikes where first_id = pair[1] and second_id = pair[2]) then
        if greatest((select count(*) from look_alikes_of(p_user_id)), (select count(*) from look_alikes_of(p_other_id))) >= p_most then
            return jsonb_build_object('code', 'TOO_MANY');
        end if;
        insert into look_alikes (first_id, second_id, declared_at) values (pair[1], pair[2], p_at);
        perform audit_look_alikes('LOOK_ALIKES_DECLARED', p_user_id, p_other_id, p_at, p_caller);
    end if;
    return jsonb_build_object('code', 'DECLARED', 'look_alikes', list_look_alikes(p_user_id));
end
$$;

-- Withdraws such a declaration; without one it changes nothing. Returns those who still look like the first person, or null if there
-- is no such person.
create function withdraw_look_alikes(p_user_id text, p_other_id text, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
begin
    delete from look_alikes
    where (first_id = p_user_id and second_id = p_other_id) or (first_id = p_other_id and second_id = p_user_id);
    if found then
        perform audit_look_alikes('LOOK_ALIKES_WITHDRAWN', p_user_id, p_other_id, p_at, p_caller);
    end if;
    return list_look_alikes(p_user_id);
end
$$;

select restrict_access();
