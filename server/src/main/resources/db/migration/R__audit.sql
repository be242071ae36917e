-- The audit log: rows are chained by hashes, and only the oldest ones can be removed.

-- Fields stand on lines of their own; none but the last can have a line break, and none can be empty unless it is null.
create function audit_digest(a audit_log) returns bytea
    language sql stable
as
$$
select sha256(a.previous || convert_to(
        concat_ws(E'\n', a.chain, a.number, round(extract(epoch from a.at) * 1000000)::bigint, a.action,
                  coalesce(a.user_id, ''), coalesce(a.key_id, ''), coalesce(a.request_id, ''),
                  coalesce(a.address, ''), coalesce(a.site, ''), a.details::text),
        'UTF8'))
$$;

-- The first free number behind the head of a chain: normally the next one. A number that is taken by an entry which
-- append_audit didn't write is skipped, so that rows can still be appended; the verification reports that entry.
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

-- Accepts a row only if it follows the last one of its chain: by its number, by the hash before it and by its own hash.
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

create or replace function move_audit_head() returns trigger
    language plpgsql
    security definer
as
$$
begin
    update audit_chains set head_number = new.number, head_hash = new.hash where chain = new.chain and own;
    return null;
end
$$;

-- Allows the removal of rows up to their chain's anchor, which prune_audit moves; refuses every other change, to every role.
create or replace function refuse_audit_change() returns trigger
    language plpgsql
as
$$
begin
    if tg_op = 'DELETE' then
        if exists (select 1 from audit_chains where chain = old.chain and anchor_number >= old.number) then
            return old;
        end if;
    end if;
    raise exception 'audit_log can only be appended to' using errcode = '42501';
end
$$;

-- Anchors and heads only move forward, to rows that exist; this database's own chain can't be removed, and an imported one
-- only when it has no rows.
create or replace function check_audit_chain() returns trigger
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

create or replace trigger audit_log_is_chained
    before insert on audit_log
    for each row execute function chain_audit_row();

create or replace trigger audit_log_moves_its_head
    after insert on audit_log
    for each row execute function move_audit_head();

create or replace trigger audit_log_keeps_its_rows
    before update or delete on audit_log
    for each row execute function refuse_audit_change();

create or replace trigger audit_log_keeps_all_rows
    before truncate on audit_log
    for each statement execute function refuse_audit_change();

create or replace trigger audit_chains_follow_the_log
    before insert or update or delete on audit_chains
    for each row execute function check_audit_chain();

create or replace trigger audit_chains_stay
    before truncate on audit_chains
    for each statement execute function check_audit_chain();

-- Appends a row to this database's own chain, one at a time. p_caller: {"key_id", "request_id", "address", "site"}, each may
-- be missing.
create function append_audit(
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
    perform refuse_public_roles();
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
    entry.site := p_caller ->> 'site';
    entry.details := p_details;
    entry.chain := head.chain;
    entry.number := next_audit_number(head.chain, head.head_number);
    entry.previous := head.head_hash;
    entry.hash := audit_digest(entry);
    insert into audit_log (at, action, user_id, key_id, request_id, address, site, details, chain, number, previous, hash)
    values (entry.at, entry.action, entry.user_id, entry.key_id, entry.request_id, entry.address, entry.site, entry.details,
            entry.chain, entry.number, entry.previous, entry.hash);
    perform emit_audited(entry);
end
$$;

-- Removes the first rows of each audit chain, up to the first that is not older than p_before and p_limit at the most;
-- returns how many. The removal is noted, so that the rest can still be verified. Rows before a chain's first or behind its
-- last were not written by these functions: they stay.
create function prune_audit(p_before timestamptz, p_at timestamptz, p_limit integer) returns integer
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
    perform refuse_public_roles();
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

-- Whether a row is one that a filter asks for: {"action", "user_id", "key_id", "site", "code", "from", "to"}. A null doesn't
-- restrict; code is the code of a refusal; from is included, to is not.
create function audit_is_wanted(l audit_log, p_filter jsonb) returns boolean
    language sql stable
as
$$
select (p_filter ->> 'action' is null or l.action = p_filter ->> 'action')
   and (p_filter ->> 'user_id' is null or l.user_id = p_filter ->> 'user_id')
   and (p_filter ->> 'key_id' is null or l.key_id = p_filter ->> 'key_id')
   and (p_filter ->> 'site' is null or l.site = p_filter ->> 'site')
   and (p_filter ->> 'code' is null or l.details ->> 'code' = p_filter ->> 'code')
   and (p_filter ->> 'from' is null or l.at >= (p_filter ->> 'from')::timestamptz)
   and (p_filter ->> 'to' is null or l.at < (p_filter ->> 'to')::timestamptz)
$$;

-- Rows that a filter of audit_is_wanted asks for, p_limit at the most: the latest first, with ids under p_after; or, with
-- p_oldest_first, the first ones first, with ids over p_after. key_name is the name that the key has now, or null. A time that these
-- functions didn't write and that programs can't represent is returned as the nearest one that they can. Each call is planned for
-- its own filter, so that it can use an index.
create function list_audit(p_filter jsonb, p_oldest_first boolean, p_after bigint, p_limit integer) returns jsonb
    language plpgsql stable
    set plan_cache_mode = force_custom_plan
as
$$
begin
    return (
        select coalesce(jsonb_agg(to_jsonb(l) - array ['previous', 'chain', 'number']
                                  || jsonb_build_object(
                                          'hash', encode(l.hash, 'hex'),
                                          'at', greatest(least(l.at, '2999-12-31T23:59:59Z'), '1000-01-01T00:00:00Z'),
                                          'key_name', (select k.name from api_keys k where left(k.key_hash, 12) = l.key_id))
                                  order by case when p_oldest_first then l.id else -l.id end), '[]')
        from ((select a.*
               from audit_log a
               where not p_oldest_first and (p_after is null or a.id < p_after) and audit_is_wanted(a, p_filter)
               order by a.id desc
               limit p_limit)
              union all
              (select a.*
               from audit_log a
               where p_oldest_first and (p_after is null or a.id > p_after) and audit_is_wanted(a, p_filter)
               order by a.id
               limit p_limit)) l);
end
$$;

-- How many rows a filter of audit_is_wanted asks for.
create function count_audit(p_filter jsonb) returns bigint
    language plpgsql stable
    set plan_cache_mode = force_custom_plan
as
$$
begin
    return (select count(*) from audit_log a where audit_is_wanted(a, p_filter));
end
$$;

-- Every chain, with its anchor and head.
create function list_audit_chains() returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(to_jsonb(c) || jsonb_build_object(
        'anchor_hash', encode(c.anchor_hash, 'hex'), 'head_hash', encode(c.head_hash, 'hex')) order by c.own desc, c.chain), '[]')
from audit_chains c
$$;

-- Rows of a chain behind a number, in order, with all that goes into their hashes; more than p_limit only where several
-- have the last number.
create function read_audit_chain(p_chain text, p_after bigint, p_limit integer) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(jsonb_build_object(
        'id', l.id, 'number', l.number,
        'at_microseconds', case when l.at > '0001-01-01T00:00:00Z' and l.at < '9999-12-31T00:00:00Z'
                                    then round(extract(epoch from l.at) * 1000000)::bigint end,
        'action', l.action, 'user_id', l.user_id, 'key_id', l.key_id, 'request_id', l.request_id, 'address', l.address,
        'site', l.site, 'details', l.details::text, 'previous', encode(l.previous, 'hex'), 'hash', encode(l.hash, 'hex'))
        order by l.number, l.id), '[]')
from (select *
      from audit_log
      where chain = p_chain and number > p_after
      order by number
      fetch first (p_limit) rows with ties) l
$$;

-- Rows that are outside of their chain, p_limit groups at the most: [{"chain", "place", "rows", "first", "last"}]. Places:
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
-- MISSING (also if it is another than it was made), OFF, FOREIGN (a trigger or rule that does not belong to the schema).
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

select restrict_access();
