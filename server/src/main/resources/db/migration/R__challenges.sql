-- Head-turn challenges, and the tokens of those that were passed.

-- Opens a challenge, {"id", "key_hash", "site", "state"}, and removes what has expired. The code is OPENED; or TOO_MANY, if p_limits,
-- {"per_key", "overall"}, are reached, with the time at which the next one expires.
create function open_challenge(p_challenge jsonb, p_at timestamptz, p_expires_at timestamptz, p_limits jsonb) returns jsonb
    language plpgsql
as
$$
declare
    overall bigint;
    of_key  bigint;
    next_at timestamptz;
begin
    perform pg_advisory_xact_lock(hashtextextended('rollcall open_challenge', 0));
    delete from challenges where expires_at <= p_at;
    select count(*), count(*) filter (where key_hash = p_challenge ->> 'key_hash')
    into overall, of_key
    from challenges
    where used_by is null;
    if overall >= (p_limits ->> 'overall')::integer or of_key >= (p_limits ->> 'per_key')::integer then
        select min(expires_at)
        into next_at
        from challenges
        where used_by is null
          and (overall >= (p_limits ->> 'overall')::integer or key_hash = p_challenge ->> 'key_hash');
        return jsonb_build_object('code', 'TOO_MANY', 'next_at', next_at);
    end if;
    insert into challenges (id, key_hash, site, created_at, expires_at, state)
    values (p_challenge ->> 'id', p_challenge ->> 'key_hash', p_challenge ->> 'site', p_at, p_expires_at, p_challenge -> 'state');
    return jsonb_build_object('code', 'OPENED');
end
$$;

-- Counts a frame of an open challenge of a device before the frame is looked at. Returns {"expires_at", "version", "frames", "state"},
-- or null if there is no such challenge, or it is over.
create function count_challenge_frame(p_id text, p_key_hash text, p_site text, p_at timestamptz) returns jsonb
    language sql volatile
as
$$
update challenges
set frames = frames + 1
where id = p_id and key_hash = p_key_hash and site = p_site and expires_at > p_at and outcome = 'open'
returning jsonb_build_object('expires_at', expires_at, 'version', version, 'frames', frames, 'state', state)
$$;

-- Changes a challenge that is still as p_version was, by p_change: {"outcome", "state", "token_hash", "expires_at"}. Returns whether it
-- was. A null p_version stands for any version, and a null expires_at for the one that it has.
create function change_challenge(p_id text, p_version integer, p_change jsonb) returns boolean
    language plpgsql
as
$$
begin
    update challenges
    set outcome    = p_change ->> 'outcome',
        state      = nullif(p_change -> 'state', 'null'::jsonb),
        token_hash = p_change ->> 'token_hash',
        expires_at = coalesce((p_change ->> 'expires_at')::timestamptz, expires_at),
        version    = version + 1
    where id = p_id and version = coalesce(p_version, version) and outcome = 'open';
    return found;
end
$$;

-- Uses a token up. Returns {"id", "state"} of its challenge; or null if no challenge of this device and site has it, or it has expired, or
-- another request has used it. A token of another device or site is not used up. p_attempt: the hash of the request's idempotency key, or
-- null; a repetition of the request gets the token again, since the first one may have ended before the mark was written.
create function use_challenge_token(p_token_hash text, p_key_hash text, p_site text, p_attempt text, p_at timestamptz) returns jsonb
    language plpgsql
as
$$
declare
    used challenges;
begin
    update challenges
    set used_by = coalesce(p_attempt, '')
    where token_hash = p_token_hash
      and key_hash = p_key_hash
      and site = p_site
      and expires_at > p_at
      and (used_by is null or used_by = p_attempt)
    returning * into used;
    return case when used.id is not null then jsonb_build_object('id', used.id, 'state', used.state) end;
end
$$;

-- Removes challenges and tokens that have expired.
create function sweep_challenges(p_at timestamptz) returns void
    language plpgsql
as
$$
begin
    perform pg_advisory_xact_lock(hashtextextended('rollcall open_challenge', 0));
    delete from challenges where expires_at <= p_at;
end
$$;

select restrict_access();
