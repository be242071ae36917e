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
