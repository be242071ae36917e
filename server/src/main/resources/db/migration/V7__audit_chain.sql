-- The audit log only grows, and its rows are chained by hashes.

-- A chain of audit rows: one is this database's own, others came with imports. anchor: the row before the first that is
-- kept; head: the last row. A hash is the SHA-256 of the hash before it and the row.
create table audit_chains (
    chain         text primary key check (chain ~ '^[0-9a-f]{32}$'),
    own           boolean not null,
    anchor_number bigint  not null,
    anchor_hash   bytea   not null check (octet_length(anchor_hash) = 32),
    head_number   bigint  not null check (head_number >= anchor_number),
    head_hash     bytea   not null check (octet_length(head_hash) = 32)
);

create unique index audit_chains_one_is_own on audit_chains (own) where own;

alter table audit_chains enable row level security;

-- The name of the chain starts it: its SHA-256 is what the first row follows.
insert into audit_chains (chain, own, anchor_number, anchor_hash, head_number, head_hash)
select name, true, 0, start, 0, start
from (select replace(gen_random_uuid()::text, '-', '') as name) n, sha256(convert_to(n.name, 'UTF8')) start;

-- key_id: who asked; request_id and address: of the request. number: from 1 within the chain, without gaps.
alter table audit_log
    add column key_id     text check (key_id ~ '^[A-Za-z0-9._-]{1,64}$'),
    add column request_id text check (request_id ~ '^[A-Za-z0-9._-]{1,64}$'),
    add column address    text check (address ~ '^[0-9A-Za-z.:%_-]{1,64}$'),
    add column chain      text,
    add column number     bigint,
    add column previous   bytea,
    add column hash       bytea;

-- Fields stand on lines of their own; none but the last can have a line break, and none can be empty unless it is null.
create function audit_digest(a audit_log) returns bytea
    language sql stable
as
$$
select sha256(a.previous || convert_to(
        concat_ws(E'\n', a.chain, a.number, round(extract(epoch from a.at) * 1000000)::bigint, a.action,
                  coalesce(a.user_id, ''), coalesce(a.key_id, ''), coalesce(a.request_id, ''),
                  coalesce(a.address, ''), a.details::text),
        'UTF8'))
$$;

-- Appends a new row to this database's own chain, one at a time. A row that comes with its hash is an imported one, and
-- belongs to another chain.
create function chain_audit_row() returns trigger
    language plpgsql
    security definer
as
$$
declare
    head audit_chains;
begin
    if new.hash is not null then
        if exists (select 1 from audit_chains where chain = new.chain and own) then
            raise exception 'rows of this database''s own audit chain are made here alone' using errcode = '42501';
        end if;
        return new;
    end if;
    select * into head from audit_chains where own for update;
    new.id := nextval(pg_get_serial_sequence('audit_log', 'id'));
    new.chain := head.chain;
    new.number := head.head_number + 1;
    new.previous := head.head_hash;
    new.hash := audit_digest(new);
    update audit_chains set head_number = new.number, head_hash = new.hash where chain = head.chain;
    return new;
end
$$;

-- Rows of before the chain.
do
$$
declare
    old_row audit_log;
    head    audit_chains;
begin
    for old_row in select * from audit_log order by id
    loop
        select * into head from audit_chains where own;
        old_row.chain := head.chain;
        old_row.number := head.head_number + 1;
        old_row.previous := head.head_hash;
        old_row.hash := audit_digest(old_row);
        update audit_log
        set chain = old_row.chain, number = old_row.number, previous = old_row.previous, hash = old_row.hash
        where id = old_row.id;
        update audit_chains set head_number = old_row.number, head_hash = old_row.hash where own;
    end loop;
end
$$;

alter table audit_log
    alter column chain set not null,
    alter column number set not null,
    alter column previous set not null,
    alter column hash set not null,
    add constraint audit_log_has_its_place unique (chain, number);

create trigger audit_log_is_chained
    before insert on audit_log
    for each row execute function chain_audit_row();

-- Rows go only up to their chain's anchor, which prune_audit moves; otherwise they stay as they are, for everybody.
create function refuse_audit_change() returns trigger
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

create trigger audit_log_keeps_its_rows
    before update or delete on audit_log
    for each row execute function refuse_audit_change();

create trigger audit_log_keeps_all_rows
    before truncate on audit_log
    for each statement execute function refuse_audit_change();

-- For functions that act with their owner's rights.
create function refuse_outsiders() returns void
    language plpgsql stable
as
$$
begin
    if current_setting('role', true) in ('anon', 'authenticated') then
        raise exception 'permission denied' using errcode = '42501';
    end if;
end
$$;

-- Makes functions that act with their owner's rights find the tables of this schema, whatever their caller set.
create function pin_search_path(p_functions text[]) returns void
    language plpgsql
as
$$
declare
    pinned regprocedure;
begin
    for pinned in
        select oid from pg_proc where pronamespace = current_schema()::regnamespace and proname = any (p_functions)
    loop
        execute format('alter function %s set search_path = %I, pg_temp', pinned, current_schema());
    end loop;
end
$$;

-- Appends a row. p_caller: {"key_id", "request_id", "address"}, each may be missing.
create function append_audit(p_at timestamptz, p_action text, p_user_id text, p_caller jsonb, p_details jsonb)
    returns void
    language plpgsql
    security definer
as
$$
begin
    perform refuse_outsiders();
    insert into audit_log (at, action, user_id, key_id, request_id, address, details)
    values (p_at, p_action, p_user_id, p_caller ->> 'key_id', p_caller ->> 'request_id', p_caller ->> 'address', p_details);
end
$$;

-- Rows with ids under p_before, the latest first. A null doesn't restrict; p_code is the code of a refusal.
create function list_audit(
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
                          || jsonb_build_object('hash', encode(l.hash, 'hex')) order by l.id desc), '[]')
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

-- Every chain, with its anchor and head.
create function list_audit_chains() returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(to_jsonb(c) || jsonb_build_object(
        'anchor_hash', encode(c.anchor_hash, 'hex'), 'head_hash', encode(c.head_hash, 'hex')) order by c.own desc, c.chain), '[]')
from audit_chains c
$$;

-- Rows of a chain behind a number, in order, with all that goes into their hashes.
create function read_audit_chain(p_chain text, p_after bigint, p_limit integer) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(jsonb_build_object(
        'number', l.number, 'at_microseconds', round(extract(epoch from l.at) * 1000000)::bigint, 'action', l.action,
        'user_id', l.user_id, 'key_id', l.key_id, 'request_id', l.request_id, 'address', l.address,
        'details', l.details::text, 'hash', encode(l.hash, 'hex')) order by l.number), '[]')
from (select * from audit_log where chain = p_chain and number > p_after order by number limit p_limit) l
$$;

select pin_search_path(array ['chain_audit_row', 'append_audit']);

select restrict_access(
        array ['audit_chains'],
        array ['audit_digest', 'chain_audit_row', 'refuse_audit_change', 'refuse_outsiders', 'pin_search_path', 'append_audit', 'list_audit',
               'list_audit_chains', 'read_audit_chain']);

-- Supabase's service role reads the audit log, and writes it through the functions alone.
do
$$
begin
    if exists (select 1 from pg_roles where rolname = 'service_role') then
        revoke all on audit_log, audit_chains from service_role;
        grant select on audit_log, audit_chains to service_role;
    end if;
end
$$;

create or replace function rollcall_schema_version() returns integer
    language sql immutable as 'select 7';
