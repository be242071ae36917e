-- Codes that devices trade for keys, and the limit of attempts at them.

-- A pairing without what its code could be found out from.
create function pairing_as_json(p pairings) returns jsonb
    language sql stable
as
$$
select to_jsonb(p) - array ['salt', 'code_hash']
$$;

-- Stores a pairing, {"id", "salt", "code_hash", "name", "site"}, which may be used until p_expires_at. The code is CREATED, with the
-- pairing; UNKNOWN_SITE; or TOO_MANY, if p_most are open, with the time at which the next one expires.
create function create_pairing(
    p_pairing jsonb, p_at timestamptz, p_expires_at timestamptz, p_most integer, p_caller jsonb)
    returns jsonb
    language plpgsql
as
$$
declare
    made       pairings;
    count_open bigint;
    next_at    timestamptz;
begin
    perform pg_advisory_xact_lock(hashtextextended('rollcall create_pairing', 0));
    select count(*), min(expires_at) into count_open, next_at from pairings where expires_at > p_at;
    if count_open >= p_most then
        return jsonb_build_object('code', 'TOO_MANY', 'next_at', next_at);
    end if;
    insert into pairings (id, salt, code_hash, name, site, created_at, expires_at, key_id)
    select p_pairing ->> 'id', p_pairing ->> 'salt', p_pairing ->> 'code_hash', p_pairing ->> 'name', s.site, p_at, p_expires_at,
           p_caller ->> 'key_id'
    from sites s
    where s.site = p_pairing ->> 'site'
    returning * into made;
    if not found then
        return jsonb_build_object('code', 'UNKNOWN_SITE');
    end if;
    perform append_audit(p_at, 'PAIRING_CREATED', null, p_caller,
                         pairing_as_json(made) - array ['created_at', 'key_id']);
    return jsonb_build_object('code', 'CREATED', 'pairing', pairing_as_json(made));
end
$$;

-- The pairings that can still be used, the oldest first.
create function list_pairings(p_at timestamptz) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(pairing_as_json(p) order by p.created_at, p.id), '[]') from pairings p where p.expires_at > p_at
$$;

-- Ends a pairing that can still be used; returns it, or null if there is none.
create function cancel_pairing(p_id text, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    ended pairings;
begin
    delete from pairings where id = p_id and expires_at > p_at returning * into ended;
    if not found then
        return null;
    end if;
    perform append_audit(p_at, 'PAIRING_CANCELLED', null, p_caller, jsonb_build_object('id', p_id, 'name', ended.name));
    return pairing_as_json(ended);
end
$$;

-- Rows of pairing_attempts of a kind that count now for a client and have at least as many attempts as are allowed, and p_more; until: when
-- they stop to count. p_limits: {"window_s", "per_network", "overall"}.
create function used_up_attempts(p_kind text, p_network text, p_at timestamptz, p_limits jsonb, p_more integer)
    returns table (network text, until timestamptz)
    language sql stable
as
$$
select a.network, a.since + w.span
from pairing_attempts a
cross join lateral make_interval(secs => (p_limits ->> 'window_s')::integer) w(span)
where a.kind = p_kind and a.network in ('', p_network) and attempts_still_count(a.since, w.span, p_at)
  and a.attempts >= (p_limits ->> case a.network when '' then 'overall' else 'per_network' end)::integer + p_more
$$;

-- Counts an attempt at a code or a link before it is made, for its client and for all clients together. Returns null; or, if as many
-- attempts as p_limits (of used_up_attempts) allows were made, until when no other may be. A locked attempt writes nothing, unless it
-- comes at the same moment as the last allowed ones.
create function count_attempt(p_kind text, p_network text, p_at timestamptz, p_limits jsonb) returns timestamptz
    language plpgsql
as
$$
declare
    span         interval := make_interval(secs => (p_limits ->> 'window_s')::integer);
    locked_until timestamptz;
begin
    select max(until) into locked_until from used_up_attempts(p_kind, p_network, p_at, p_limits, 0);
    if locked_until is null then
        insert into pairing_attempts as a (kind, network, since, attempts)
        values (p_kind, '', p_at, 1), (p_kind, p_network, p_at, 1)
        on conflict (kind, network) do update
            set (since, attempts, noted) = (
                select n.since, n.attempts, n.noted from with_attempt(a.since, a.attempts, a.noted, span, p_at) n);
        select max(until) into locked_until from used_up_attempts(p_kind, p_network, p_at, p_limits, 1);
    end if;
    return locked_until;
end
$$;

-- Ends a counted attempt. One that has failed still counts, and the audit log notes once in a window that a client's attempts, or those
-- of all clients, are used up; one that has succeeded is taken back.
create function end_attempt(
    p_kind text, p_network text, p_at timestamptz, p_limits jsonb, p_succeeded boolean, p_caller jsonb)
    returns void
    language plpgsql
as
$$
declare
    used_up record;
begin
    perform 1 from pairing_attempts where kind = p_kind and network in ('', p_network) order by network for update;
    if p_succeeded then
        update pairing_attempts set attempts = greatest(attempts - 1, 0) where kind = p_kind and network in ('', p_network);
        return;
    end if;
    for used_up in
        update pairing_attempts a
        set noted = true
        from used_up_attempts(p_kind, p_network, p_at, p_limits, 0) u
        where a.kind = p_kind and a.network = u.network and not a.noted
        returning u.network, u.until
    loop
        perform append_audit(p_at, 'PAIRING_LOCKED', null, p_caller, jsonb_build_object(
                'clients', case used_up.network when '' then 'all' else 'one' end, 'until', used_up.until));
    end loop;
end
$$;

-- Counts an attempt at a code before it is made. The code is COUNTED, with id, salt and code_hash of each pairing that can still be
-- used; or LOCKED, with the time of count_attempt.
create function count_pairing_attempt(p_network text, p_at timestamptz, p_limits jsonb) returns jsonb
    language plpgsql
as
$$
declare
    locked_until timestamptz := count_attempt('code', p_network, p_at, p_limits);
begin
    if locked_until is not null then
        return jsonb_build_object('code', 'LOCKED', 'until', locked_until);
    end if;
    return jsonb_build_object('code', 'COUNTED', 'pairings', (
            select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'salt', p.salt, 'code_hash', p.code_hash)
                                      order by p.created_at, p.id), '[]')
            from pairings p
            where p.expires_at > p_at));
end
$$;

-- Ends a counted attempt. Trades the pairing p_id for a key of the scope recognize and takes the attempt back; returns the key, or
-- null if p_id is null or that pairing can't be used any more: of several devices with the same code one gets a key.
create function redeem_pairing(
    p_id             text,
    p_key_hash       text,
    p_device_version text,
    p_network        text,
    p_at             timestamptz,
    p_limits         jsonb,
    p_caller         jsonb)
    returns jsonb
    language plpgsql
as
$$
declare
    used pairings;
    made api_keys;
begin
    delete from pairings where id = p_id and expires_at > p_at returning * into used;
    perform end_attempt('code', p_network, p_at, p_limits, used.id is not null, p_caller);
    if used.id is null then
        return null;
    end if;
    insert into api_keys (key_hash, name, created_at, scopes, site, device_version)
    values (p_key_hash, used.name, p_at, array ['recognize'], used.site, p_device_version)
    returning * into made;
    perform append_audit(p_at, 'DEVICE_PAIRED', null, p_caller || jsonb_build_object('site', used.site), jsonb_build_object(
            'id', left(p_key_hash, 12), 'name', used.name, 'site', used.site, 'pairing', used.id, 'made_by', used.key_id));
    return key_as_json(made);
end
$$;

-- Removes pairings that have expired by p_at, and counts of attempts that began before p_before.
create function sweep_pairings(p_at timestamptz, p_before timestamptz) returns void
    language plpgsql
as
$$
begin
    delete from pairings where expires_at <= p_at;
    delete from pairing_attempts
    where (kind, network) in (select a.kind, a.network
                              from pairing_attempts a
                              where a.since < p_before
                              order by a.kind, a.network
                              for update)
      and since < p_before;
end
$$;

select restrict_access();
