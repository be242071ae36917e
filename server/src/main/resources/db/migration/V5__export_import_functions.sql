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
