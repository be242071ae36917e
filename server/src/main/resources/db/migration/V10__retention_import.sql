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
