-- Imports of many people from zip files, with their reports.

-- An import as callers see it.
create function import_as_json(i people_imports) returns jsonb
    language sql stable
as
$$
select jsonb_build_object('id', i.id, 'state', i.state, 'problem', i.problem, 'created_at', i.created_at,
                          'started_at', i.started_at, 'ended_at', i.ended_at, 'people', i.people, 'files', i.files,
                          'done', i.done, 'enrolled', i.enrolled, 'already_enrolled', i.already_enrolled, 'refused', i.refused)
$$;

-- Stores an import whose files wait. p_file_key in hexadecimal digits. Returns the import.
create function create_import(
    p_id text, p_people integer, p_files integer, p_file_key text, p_at timestamptz, p_caller jsonb)
    returns jsonb
    language plpgsql
as
$$
declare
    made people_imports;
begin
    insert into people_imports (id, state, created_at, changed_at, people, files, file_key, key_id, request_id, address, site)
    values (p_id, 'waiting', p_at, p_at, p_people, p_files, decode(p_file_key, 'hex'),
            p_caller ->> 'key_id', p_caller ->> 'request_id', p_caller ->> 'address', p_caller ->> 'site')
    on conflict (id) do nothing;
    if found then
        perform append_audit(p_at, 'IMPORT_RECEIVED', null, p_caller,
                             jsonb_build_object('import', p_id, 'people', p_people, 'files', p_files));
    end if;
    select * into made from people_imports where id = p_id;
    return import_as_json(made);
end
$$;

-- An import, or null if there is none.
create function read_import(p_id text) returns jsonb
    language sql stable
as
$$
select import_as_json(i) from people_imports i where id = p_id
$$;

-- Begins an import or goes on with it. Returns file_key in hexadecimal digits, the caller who sent it, and enrolled_last, whom the
-- last result is about if it is an enrollment; null if there is no such import, or it has ended.
create function take_import(p_id text, p_at timestamptz) returns jsonb
    language plpgsql
as
$$
declare
    taken people_imports;
begin
    update people_imports
    set state = 'running', started_at = coalesce(started_at, p_at), changed_at = p_at
    where id = p_id and state in ('waiting', 'running')
    returning * into taken;
    if not found then
        return null;
    end if;
    return jsonb_build_object(
            'file_key', encode(taken.file_key, 'hex'),
            'caller', jsonb_build_object('key_id', taken.key_id, 'request_id', taken.request_id, 'address', taken.address,
                                     'site', taken.site),
            'enrolled_last', (select case when r.status <> 'refused' then r.user_id end
                              from people_import_results r
                              where r.import_id = p_id
                              order by r.id desc
                              limit 1));
end
$$;

-- Whether a person was erased since an import was received.
create function is_erased_in_import(p_id text, p_user_id text) returns jsonb
    language sql stable
as
$$
select to_jsonb(exists (select 1 from people_imports where id = p_id and p_user_id = any (erased)))
$$;

-- Notes results, [{"place", "file", "user_id", "status", "code", "detail"}], those that are not noted yet. Whoever was erased since
-- the import was received is erased again, and not named. Returns whether the import is to go on.
create function note_import_results(p_id text, p_results jsonb, p_at timestamptz) returns boolean
    language plpgsql
as
$$
declare
    unwanted text;
    present  people_imports;
begin
    -- Before the import's row is locked, since erase_person locks the person before imports.
    for unwanted in
        select distinct r.user_id
        from people_imports i, jsonb_to_recordset(p_results) as r (user_id text)
        where i.id = p_id and r.user_id = any (i.erased)
    loop
        perform erase_person(unwanted, p_at, false, '{"key_id": "service"}');
    end loop;
    select * into present from people_imports where id = p_id for update;
    if not found then
        return false;
    end if;
    with noted as (
        insert into people_import_results (import_id, place, file, user_id, status, code, detail)
        select p_id, place,
               case when user_id = any (present.erased) then 'erased' else file end,
               case when user_id = any (present.erased) then null else user_id end,
               case when user_id = any (present.erased) then 'refused' else status end,
               case when user_id = any (present.erased) then 'PERSON_ERASED' else code end,
               case when user_id = any (present.erased) then null else detail end
        from jsonb_to_recordset(p_results)
            as r (place bigint, file text, user_id text, status text, code text, detail text)
        on conflict (import_id, place) do nothing
        returning place, status
    ), counts as (
        select count(*) filter (where place < 1000000) as done,
               count(*) filter (where status = 'enrolled') as enrolled,
               count(*) filter (where status = 'already_enrolled') as already_enrolled,
               count(*) filter (where status = 'refused') as refused
        from noted
    )
    update people_imports i
    set done             = i.done + c.done,
        enrolled         = i.enrolled + c.enrolled,
        already_enrolled = i.already_enrolled + c.already_enrolled,
        refused          = i.refused + c.refused,
        changed_at       = p_at
    from counts c
    where i.id = p_id;
    return present.state = 'running';
end
$$;

-- The places after p_after that have a result, in ascending order, at most p_limit.
create function list_import_places(p_id text, p_after bigint, p_limit integer) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(place order by place), '[]')
from (select place from people_import_results where import_id = p_id and place > p_after order by place limit p_limit) p
$$;

-- Results of an import in the order in which they were noted, after the one with id p_after, at most p_limit; null if there is
-- no such import.
create function list_import_results(p_id text, p_after bigint, p_limit integer) returns jsonb
    language sql stable
as
$$
select (select coalesce(jsonb_agg(to_jsonb(r) - array ['import_id', 'place'] order by r.id), '[]')
        from (select * from people_import_results where import_id = p_id and id > p_after order by id limit p_limit) r)
from people_imports
where id = p_id
$$;

-- Ends an import: finished, cancelled or failed, then with a problem. One that has ended stays as it is, and one with files that
-- have no result isn't finished. Returns the import, or null if there is none.
create function end_import(p_id text, p_state text, p_problem text, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    ended people_imports;
begin
    update people_imports
    set state = p_state, problem = p_problem, ended_at = p_at, changed_at = p_at, file_key = null, erased = '{}'
    where id = p_id and ended_at is null and (p_state <> 'finished' or done >= files);
    if found then
        perform append_audit(p_at, 'IMPORT_ENDED', null, p_caller, jsonb_build_object('import', p_id, 'state', p_state));
    end if;
    select * into ended from people_imports where id = p_id;
    return case when found then import_as_json(ended) end;
end
$$;

-- Removes imports that ended before p_before, with their reports, and ends those as failed on which nobody has worked since then.
-- Returns how many were removed.
create function sweep_imports(p_before timestamptz, p_at timestamptz) returns integer
    language plpgsql
as
$$
declare
    removed   integer;
    forgotten text;
begin
    delete from people_imports where ended_at < p_before;
    get diagnostics removed = row_count;
    for forgotten in select id from people_imports where ended_at is null and changed_at < p_before
    loop
        perform end_import(forgotten, 'failed',
                           'The instance of the service that had the files has not worked on them for a long time.',
                           p_at, '{"key_id": "service"}');
    end loop;
    return removed;
end
$$;

select restrict_access();
