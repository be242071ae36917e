-- Moving everything from one database to another.

-- Rows of a kind behind a cursor, in a fixed order: [{"cursor", "content"}], the content as the text of a JSON object, so
-- that its numbers keep all their digits. Kinds: site (with the key of its badges), person (with the templates of every model, and the hash of the PIN), look_alike, mark, correction,
-- correction_request, shift, shift_assignment, holiday, api_key (without its last use and what the device said then), audit (without its id here). The cursor of the first page is ''.
create function export_rows(p_kind text, p_after text, p_limit integer) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(jsonb_build_object('cursor', page.cursor, 'content', page.content::text) order by page.place), '[]')
from (select row_number() over () as place, rows.cursor, rows.content
      from ((select s.site as cursor, to_jsonb(s) as content
             from sites s
             where p_kind = 'site' and s.site > p_after
             order by s.site
             limit p_limit)
            union all
            (select p.user_id,
                    to_jsonb(p) || jsonb_build_object('templates', coalesce(
                            (select jsonb_agg(to_jsonb(f) - 'user_id'
                                              || jsonb_build_object('embedding', encode(f.embedding, 'hex'))
                                              order by f.id)
                             from face_embeddings f
                             where f.user_id = p.user_id), '[]'))
             from people p
             where p_kind = 'person' and p.user_id > p_after
             order by p.user_id
             limit p_limit)
            union all
            (select l.first_id || ' ' || l.second_id, to_jsonb(l)
             from look_alikes l
             where p_kind = 'look_alike'
               and (l.first_id, l.second_id) > (split_part(p_after, ' ', 1), split_part(p_after, ' ', 2))
             order by l.first_id, l.second_id
             limit p_limit)
            union all
            (select a.id::text, to_jsonb(a)
             from attendance a
             where p_kind = 'mark' and a.id > (case when p_kind = 'mark' then '0' || p_after end)::bigint
             order by a.id
             limit p_limit)
            union all
            (select c.id::text, to_jsonb(c)
             from corrections c
             where p_kind = 'correction' and c.id > (case when p_kind = 'correction' then '0' || p_after end)::bigint
             order by c.id
             limit p_limit)
            union all
            (select q.id::text, to_jsonb(q)
             from correction_requests q
             where p_kind = 'correction_request' and q.id > (case when p_kind = 'correction_request' then '0' || p_after end)::bigint
             order by q.id
             limit p_limit)
            union all
            (select s.shift, to_jsonb(s)
             from shifts s
             where p_kind = 'shift' and s.shift > p_after
             order by s.shift
             limit p_limit)
            union all
            (select g.id::text, to_jsonb(g)
             from shift_assignments g
             where p_kind = 'shift_assignment' and g.id > (case when p_kind = 'shift_assignment' then '0' || p_after end)::bigint
             order by g.id
             limit p_limit)
            union all
            (select h.id::text, to_jsonb(h)
             from holidays h
             where p_kind = 'holiday' and h.id > (case when p_kind = 'holiday' then '0' || p_after end)::bigint
             order by h.id
             limit p_limit)
            union all
            (select k.key_hash, to_jsonb(k) - array ['last_used_at', 'device_version']
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

-- Stages rows of an import: p_rows is [{"kind", "content"}], numbered from p_first, each content the text of a JSON object.
-- May be repeated with the same rows.
create function stage_import(p_import_id text, p_first bigint, p_rows jsonb, p_at timestamptz) returns void
    language sql
as
$$
insert into import_rows (import_id, number, kind, content, staged_at)
select p_import_id, p_first + r.place - 1, r.row ->> 'kind', (r.row ->> 'content')::jsonb, p_at
from jsonb_array_elements(p_rows) with ordinality r(row, place)
on conflict do nothing
$$;

-- Removes the staged rows of an import; frees their space at once unless another import is under way.
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
       (t.template ->> 'created_at')::timestamptz, t.template ->> 'sealed_with'
from import_rows r
cross join lateral jsonb_array_elements(r.content -> 'templates') t(template)
where r.import_id = p_import_id and r.kind = 'person'
$$;

-- Keys of an import.
create function imported_keys(p_import_id text) returns setof api_keys
    language sql stable
as
$$
select n.*
from import_rows r, jsonb_populate_record(null::api_keys, r.content) n
where r.import_id = p_import_id and r.kind = 'api_key'
$$;

-- Audit rows of an import, in their order.
create function imported_audit(p_import_id text) returns setof audit_log
    language sql stable
as
$$
select n.*
from import_rows r, jsonb_populate_record(null::audit_log, r.content) n
where r.import_id = p_import_id and r.kind = 'audit'
order by r.number
$$;

create function imported_corrections(p_import_id text) returns setof corrections
    language sql stable
as
$$
select n.*
from import_rows r, jsonb_populate_record(null::corrections, r.content) n
where r.import_id = p_import_id and r.kind = 'correction'
$$;

-- Requests of an import; the time in proposed has the form that correct_mark gives it, so that the same request is the same row.
create function imported_correction_requests(p_import_id text) returns setof correction_requests
    language sql stable
as
$$
select n.*
from import_rows r,
     jsonb_populate_record(null::correction_requests, r.content || case
         when jsonb_typeof(r.content -> 'proposed') = 'object'
             then jsonb_build_object('proposed', r.content -> 'proposed' || jsonb_build_object(
                     'marked_at', (r.content #>> '{proposed,marked_at}')::timestamptz))
         else '{}' end) n
where r.import_id = p_import_id and r.kind = 'correction_request'
$$;

create function imported_assignments(p_import_id text) returns setof shift_assignments
    language sql stable
as
$$
select n.*
from import_rows r, jsonb_populate_record(null::shift_assignments, r.content) n
where r.import_id = p_import_id and r.kind = 'shift_assignment'
$$;

create function imported_look_alikes(p_import_id text) returns setof look_alikes
    language sql stable
as
$$
select n.*
from import_rows r, jsonb_populate_record(null::look_alikes, r.content) n
where r.import_id = p_import_id and r.kind = 'look_alike'
$$;

-- The values that must be unique within an import: row number and kind, the field and its value. A person's marks that count have
-- different times.
create function imported_values(p_import_id text)
    returns table (row_number bigint, row_kind text, field text, value text)
    language sql stable
as
$$
select number, kind, 'user_id', content ->> 'user_id'
from import_rows where import_id = p_import_id and kind = 'person'
union all
select number, kind, 'external_id', content ->> 'external_id'
from import_rows where import_id = p_import_id and kind = 'person' and content ->> 'external_id' is not null
union all
select number, kind, 'site', content ->> 'site'
from import_rows where import_id = p_import_id and kind = 'site'
union all
select number, kind, 'shift', content ->> 'shift'
from import_rows where import_id = p_import_id and kind = 'shift'
union all
select number, kind, 'name', concat_ws(' ', content ->> 'site', content ->> 'day', content ->> 'name')
from import_rows where import_id = p_import_id and kind = 'holiday'
union all
select number, kind, 'second_id', concat_ws(' ', content ->> 'first_id', content ->> 'second_id')
from import_rows where import_id = p_import_id and kind = 'look_alike'
union all
select number, kind, 'id', content ->> 'id'
from import_rows where import_id = p_import_id and kind in ('correction', 'correction_request', 'shift_assignment', 'holiday')
union all
select number, kind, 'old_mark', content ->> 'old_mark'
from import_rows where import_id = p_import_id and kind = 'correction' and content ->> 'old_mark' is not null
union all
select number, kind, 'old_mark', content ->> 'old_mark'
from import_rows
where import_id = p_import_id and kind = 'correction_request' and content ->> 'state' = 'pending' and content ->> 'old_mark' is not null
union all
select number, kind, 'correction', content ->> 'correction'
from import_rows where import_id = p_import_id and kind = 'correction_request' and content ->> 'correction' is not null
union all
select number, kind, 'new_mark', content ->> 'new_mark'
from import_rows where import_id = p_import_id and kind = 'correction' and content ->> 'new_mark' is not null
union all
select r.number, r.kind, 'template id', t.template ->> 'id'
from import_rows r
cross join lateral jsonb_array_elements(r.content -> 'templates') t(template)
where r.import_id = p_import_id and r.kind = 'person'
union all
select r.number, r.kind, m.field, m.value
from import_rows r
left join imported_corrections(p_import_id) c on c.old_mark = (r.content ->> 'id')::bigint
cross join lateral (values ('id', r.content ->> 'id'),
                           ('number', concat_ws(' ', r.content ->> 'user_id', r.content ->> 'work_date', r.content ->> 'number')),
                           ('marked_at', case when c.id is null
                                                  then concat_ws(' ', r.content ->> 'user_id',
                                                                 (r.content ->> 'marked_at')::timestamptz) end)) m(field, value)
where r.import_id = p_import_id and r.kind = 'mark' and m.value is not null
union all
select number, kind, 'key_hash', left(content ->> 'key_hash', 12)
from import_rows where import_id = p_import_id and kind = 'api_key'
union all
select number, kind, 'number', concat_ws(' ', content ->> 'chain', content ->> 'number')
from import_rows where import_id = p_import_id and kind = 'audit'
$$;

-- The first violation of a condition on several rows of an import, or null: {"row", "other", "kind", "field", "reason"}.
-- Reasons: TWICE (the same value as in the row other), UNKNOWN (the site, person, mark or correction that is named is not in the import),
-- OTHER_PERSON (the mark that is named is another person's), NOT_MANUAL (a correction made the mark, and its source is not manual),
-- TOO_LONG, NOT_AS_WRITTEN (an audit entry doesn't have its hash), NO_START (audit entries before it are missing, and no entry notes that
-- they were removed or not imported).
create function import_problem(p_import_id text) returns jsonb
    language sql stable
    -- The planner may know nothing yet of rows that were just staged, and take a million for a few.
    set enable_nestloop = off
as
$$
with entries as (
    select r.number as row_number, n as entry
    from import_rows r, jsonb_populate_record(null::audit_log, r.content) n
    where r.import_id = p_import_id and r.kind = 'audit'),
starts as (
    select distinct on ((entry).chain) row_number, entry
    from entries
    order by (entry).chain, (entry).number),
named_marks as (
    select r.number, r.kind, r.content ->> 'user_id' as user_id, m.field, m.id::bigint as id
    from import_rows r
    cross join lateral (values ('old_mark', r.content ->> 'old_mark'), ('new_mark', r.content ->> 'new_mark')) m(field, id)
    where r.import_id = p_import_id and r.kind in ('correction', 'correction_request') and m.id is not null),
marks_of_corrections as (
    select n.number, n.kind, n.user_id, n.field, k.content ->> 'user_id' as user_of_mark, k.content ->> 'source' as source
    from named_marks n
    left join import_rows k on k.import_id = p_import_id and k.kind = 'mark' and (k.content ->> 'id')::bigint = n.id),
problems as (
    select max(v.row_number) as row, min(v.row_number) as other, v.row_kind as kind, v.field, 'TWICE' as reason
    from imported_values(p_import_id) v
    group by v.row_kind, v.field, v.value
    having count(*) > 1
    union all
    select r.number, null, r.kind, 'site', 'UNKNOWN'
    from import_rows r
    where r.import_id = p_import_id and r.kind in ('person', 'api_key', 'holiday') and r.content ->> 'site' <> 'default'
      and not exists (select 1
                      from import_rows s
                      where s.import_id = p_import_id and s.kind = 'site' and s.content ->> 'site' = r.content ->> 'site')
    union all
    select m.number, null, m.kind, m.field,
           case when m.user_of_mark is null then 'UNKNOWN' when m.user_of_mark <> m.user_id then 'OTHER_PERSON' else 'NOT_MANUAL' end
    from marks_of_corrections m
    where m.user_of_mark is null or m.user_of_mark <> m.user_id or m.field = 'new_mark' and m.source <> 'manual'
    union all
    select r.number, null, r.kind, 'correction', 'UNKNOWN'
    from import_rows r
    left join imported_corrections(p_import_id) c on c.id = (r.content ->> 'correction')::bigint
    where r.import_id = p_import_id and r.kind = 'correction_request' and r.content ->> 'correction' is not null and c.id is null
    union all
    select named.number, null, named.kind, named.field, 'UNKNOWN'
    from (select r.number, r.kind, 'user_id' as field, r.content ->> 'user_id' as user_id
          from import_rows r
          where r.import_id = p_import_id and r.kind = 'correction_request'
          union all
          select r.number, r.kind, 'user_id', r.content ->> 'user_id'
          from import_rows r
          where r.import_id = p_import_id and r.kind = 'api_key' and r.content ->> 'user_id' is not null
          union all
          select r.number, r.kind, p.field, p.id
          from import_rows r
          cross join lateral (values ('first_id', r.content ->> 'first_id'), ('second_id', r.content ->> 'second_id')) p(field, id)
          where r.import_id = p_import_id and r.kind = 'look_alike'
          union all
          select r.number, r.kind, 'user_id', r.content ->> 'user_id'
          from import_rows r
          where r.import_id = p_import_id and r.kind = 'shift_assignment' and r.content ->> 'user_id' is not null) named
    left join import_rows k on k.import_id = p_import_id and k.kind = 'person' and k.content ->> 'user_id' = named.user_id
    where k.number is null
    union all
    select r.number, null, r.kind, 'shift', 'UNKNOWN'
    from import_rows r
    left join import_rows k on k.import_id = p_import_id and k.kind = 'shift' and k.content ->> 'shift' = r.content ->> 'shift'
    where r.import_id = p_import_id and r.kind = 'shift_assignment' and k.number is null
    union all
    select row_number, null, 'audit', 'details', 'TOO_LONG'
    from entries
    where octet_length((entry).details::text) > 4096
    union all
    select row_number, null, 'audit', 'hash', 'NOT_AS_WRITTEN'
    from entries
    where (entry).hash <> audit_digest(entry)
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

-- The first rows of an import that exist with other values, or can't follow existing ones: [{"kind", "id"}].
create function import_conflicts(p_import_id text) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(jsonb_build_object('kind', c.kind, 'id', c.id)), '[]')
from (select 'site' as kind, n.site as id
      from import_rows r, jsonb_populate_record(null::sites, r.content) n
      join sites o on o.site = n.site
      where r.import_id = p_import_id and r.kind = 'site'
        and (to_jsonb(o) - array ['threshold', 'threshold_changed_at', 'badge_key', 'badge_key_made_at']
                 is distinct from to_jsonb(n) - array ['threshold', 'threshold_changed_at', 'badge_key', 'badge_key_made_at']
             and not (o.site = 'default' and o.updated_at = o.created_at)
             -- Badges of the archive and of this database would need different keys.
             or o.badge_key <> n.badge_key)
      union all
      select 'shift', n.shift
      from import_rows r, jsonb_populate_record(null::shifts, r.content) n
      join shifts o on o.shift = n.shift
      where r.import_id = p_import_id and r.kind = 'shift' and o is distinct from n
      union all
      select 'shift_assignment', n.id::text
      from imported_assignments(p_import_id) n
      join shift_assignments o on o.id = n.id
      where o is distinct from n
      union all
      select 'shift_assignment', n.id::text
      from imported_assignments(p_import_id) n
      join import_rows r on r.import_id = p_import_id and r.kind = 'shift' and r.content ->> 'shift' = n.shift
      cross join lateral jsonb_populate_record(null::shifts, r.content) s
      where overlapping_assignment(n, s) is not null
      union all
      select 'holiday', n.id::text
      from import_rows r, jsonb_populate_record(null::holidays, r.content) n
      join holidays o on o.id = n.id or (o.site = n.site and o.day = n.day and o.name = n.name)
      where r.import_id = p_import_id and r.kind = 'holiday' and o is distinct from n
      union all
      select 'correction', n.id::text
      from imported_corrections(p_import_id) n
      join corrections o on o.id = n.id or o.old_mark = n.old_mark or o.new_mark = n.new_mark
      where o is distinct from n
      union all
      select 'correction_request', n.id::text
      from imported_correction_requests(p_import_id) n
      join correction_requests o
           on o.id = n.id or o.correction = n.correction
              or (o.old_mark = n.old_mark and o.state = 'pending' and n.state = 'pending')
      where o is distinct from n
      union all
      select 'person', n.user_id
      from import_rows r, jsonb_populate_record(null::people, r.content) n
      join people o on o.user_id = n.user_id or o.external_id = n.external_id
      where r.import_id = p_import_id and r.kind = 'person' and o is distinct from n
      union all
      select 'look_alike', n.first_id || ' ' || n.second_id
      from imported_look_alikes(p_import_id) n
      join look_alikes o on o.first_id = n.first_id and o.second_id = n.second_id
      where o is distinct from n
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
      select 'mark', n.id::text
      from import_rows r, jsonb_populate_record(null::attendance, r.content) n
      join attendance o on o.user_id = n.user_id and o.marked_at = n.marked_at and o.id <> n.id and mark_counts(o.id)
      where r.import_id = p_import_id and r.kind = 'mark'
        and not exists (select 1 from imported_corrections(p_import_id) c where c.old_mark in (n.id, o.id))
      union all
      select 'api_key', left(n.key_hash, 12)
      from imported_keys(p_import_id) n
      join api_keys o on left(o.key_hash, 12) = left(n.key_hash, 12)
      where to_jsonb(o) - array ['last_used_at', 'device_version']
            is distinct from to_jsonb(n) - array ['last_used_at', 'device_version']
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

-- Copies the audit rows of an import to audit_log, unchanged, in chains beside this database's own. Returns how many were new.
-- Appends an entry for each chain with its last number, and one for the import with p_added. The own chain is locked first, so
-- that ids become visible in their order.
create function adopt_audit(p_import_id text, p_at timestamptz, p_added jsonb) returns bigint
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
    perform refuse_public_roles();
    perform 1 from audit_chains where own for update;
    for c in
        select n.chain, min(n.number) - 1 as before
        from imported_audit(p_import_id) n
        where not exists (select 1 from audit_chains k where k.chain = n.chain and k.own)
        group by n.chain
        order by n.chain
    loop
        insert into audit_chains (chain, own, anchor_number, anchor_hash, head_number, head_hash)
        select c.chain, false, c.before, n.previous, c.before, n.previous
        from imported_audit(p_import_id) n
        where n.chain = c.chain and n.number = c.before + 1
        on conflict do nothing;
        is_new := found;
        insert into audit_log (at, action, user_id, details, key_id, request_id, address, site, chain, number, previous, hash)
        select n.at, n.action, n.user_id, n.details, n.key_id, n.request_id, n.address, n.site, n.chain, n.number, n.previous,
               n.hash
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

    if count_new > 0 or exists (select 1 from jsonb_each(p_added) a where a.value <> '0') then
        perform append_audit(p_at, 'IMPORTED', null, '{"key_id": "import"}', p_added || jsonb_build_object('audit', count_new));
    end if;
    return count_new;
end
$$;

-- Checks the staged rows of an import, which has so many: the code is VALID, or INCOMPLETE, or INVALID with the problem of
-- import_problem. The time limit is the most that Supabase's REST interface waits; PostgREST applies it before the call.
create function check_import(p_import_id text, p_rows bigint) returns jsonb
    language sql stable
    set statement_timeout = '60s'
as
$$
select case when s.staged <> p_rows then jsonb_build_object('code', 'INCOMPLETE')
            when p.problem is not null then jsonb_build_object('code', 'INVALID', 'problem', p.problem)
            else jsonb_build_object('code', 'VALID') end
from (select count(*) as staged from import_rows where import_id = p_import_id) s
left join lateral (select import_problem(p_import_id) as problem where s.staged = p_rows) p on true
$$;

-- Moves all rows of an import, which check_import found valid, to their tables, or none: the code is IMPORTED, with the
-- numbers of rows that were new, or INCOMPLETE, or CONFLICT with the rows of import_conflicts.
create function finish_import(p_import_id text, p_rows bigint, p_at timestamptz) returns jsonb
    language plpgsql
    set statement_timeout = '60s'
as
$$
declare
    staged    bigint;
    conflicts jsonb;
    added     jsonb := '{}';
    count_new bigint;
begin
    lock table sites, people, look_alikes, face_embeddings, attendance, corrections, correction_requests,
        shifts, shift_assignments, holidays, api_keys
        in share row exclusive mode;
    select count(*) into staged from import_rows where import_id = p_import_id;
    if staged <> p_rows then
        return jsonb_build_object('code', 'INCOMPLETE');
    end if;
    conflicts := import_conflicts(p_import_id);
    if conflicts <> '[]' then
        return jsonb_build_object('code', 'CONFLICT', 'conflicts', conflicts);
    end if;

    insert into sites
    select n.*
    from import_rows r, jsonb_populate_record(null::sites, r.content) n
    where r.import_id = p_import_id and r.kind = 'site'
    on conflict (site) do update
        set name = excluded.name, active = excluded.active, time_zone = excluded.time_zone,
            max_marks_per_day = excluded.max_marks_per_day, min_seconds_between = excluded.min_seconds_between,
            day_starts_at = excluded.day_starts_at, target_error_rate = excluded.target_error_rate,
            liveness = excluded.liveness, directions_allowed = excluded.directions_allowed, geofence = excluded.geofence,
            identify_by = excluded.identify_by, pin_allowed = excluded.pin_allowed,
            created_at = excluded.created_at, updated_at = excluded.updated_at,
            threshold = coalesce(sites.threshold, excluded.threshold),
            threshold_changed_at = coalesce(sites.threshold_changed_at, excluded.threshold_changed_at),
            badge_key = coalesce(sites.badge_key, excluded.badge_key),
            badge_key_made_at = coalesce(sites.badge_key_made_at, excluded.badge_key_made_at)
        where to_jsonb(sites) - array ['threshold', 'threshold_changed_at', 'badge_key', 'badge_key_made_at']
                  is distinct from to_jsonb(excluded) - array ['threshold', 'threshold_changed_at', 'badge_key', 'badge_key_made_at']
           or (sites.threshold is null and excluded.threshold is not null)
           or (sites.badge_key is null and excluded.badge_key is not null);
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('sites', count_new);

    insert into people
    select n.*
    from import_rows r, jsonb_populate_record(null::people, r.content) n
    where r.import_id = p_import_id and r.kind = 'person'
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('people', count_new);

    insert into look_alikes
    select n.* from imported_look_alikes(p_import_id) n
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('look_alikes', count_new);

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

    insert into corrections overriding system value
    select n.* from imported_corrections(p_import_id) n
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('corrections', count_new);

    insert into correction_requests overriding system value
    select n.* from imported_correction_requests(p_import_id) n
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('correction_requests', count_new);

    insert into shifts
    select n.*
    from import_rows r, jsonb_populate_record(null::shifts, r.content) n
    where r.import_id = p_import_id and r.kind = 'shift'
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('shifts', count_new);

    insert into shift_assignments overriding system value
    select n.* from imported_assignments(p_import_id) n
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('shift_assignments', count_new);

    insert into holidays overriding system value
    select n.*
    from import_rows r, jsonb_populate_record(null::holidays, r.content) n
    where r.import_id = p_import_id and r.kind = 'holiday'
    on conflict do nothing;
    get diagnostics count_new = row_count;
    added := added || jsonb_build_object('holidays', count_new);

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
    perform setval(s.name, greatest(max(t.id), nextval(s.name)))
    from corrections t, pg_get_serial_sequence('corrections', 'id') s(name)
    group by s.name;
    perform setval(s.name, greatest(max(t.id), nextval(s.name)))
    from correction_requests t, pg_get_serial_sequence('correction_requests', 'id') s(name)
    group by s.name;
    perform setval(s.name, greatest(max(t.id), nextval(s.name)))
    from shift_assignments t, pg_get_serial_sequence('shift_assignments', 'id') s(name)
    group by s.name;
    perform setval(s.name, greatest(max(t.id), nextval(s.name)))
    from holidays t, pg_get_serial_sequence('holidays', 'id') s(name)
    group by s.name;
    added := added || jsonb_build_object('audit', adopt_audit(p_import_id, p_at, added));
    perform abandon_import(p_import_id);
    return jsonb_build_object('code', 'IMPORTED', 'added', added);
end
$$;

select restrict_access();
