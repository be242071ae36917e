-- Sessions of pages, which keys of scope admin start.

-- Starts a session with a key of api_keys, or without p_key_hash with the configured key, and ends those of the key beyond the
-- newest p_most. It ends at p_expires_at, or before with the key. Returns it as use_session does, or null if the key isn't valid
-- at p_at.
create function start_session(
    p_token_hash text,
    p_key_hash   text,
    p_at         timestamptz,
    p_expires_at timestamptz,
    p_most       integer,
    p_caller     jsonb)
    returns jsonb
    language plpgsql
as
$$
declare
    ends    timestamptz := p_expires_at;
    started jsonb;
begin
    if p_key_hash is not null then
        select least(p_expires_at, expires_at)
        into ends
        from api_keys
        where key_hash = p_key_hash and revoked_at is null and (expires_at is null or expires_at > p_at)
        for key share;
        if not found then
            return null;
        end if;
    end if;
    insert into sessions (token_hash, key_hash, created_at, expires_at) values (p_token_hash, p_key_hash, p_at, ends);
    delete from sessions
    where token_hash in (select token_hash
                         from sessions
                         where key_hash is not distinct from p_key_hash and token_hash <> p_token_hash
                         order by created_at desc, token_hash
                         offset p_most - 1);
    -- The key is locked before the chain of the audit log, as in revoke_api_key, which may have revoked it meanwhile.
    started := use_session(p_token_hash, p_token_hash, p_at);
    if started is null then
        delete from sessions where token_hash = p_token_hash;
        return null;
    end if;
    perform append_audit(p_at, 'SESSION_STARTED', null, p_caller, jsonb_build_object('expires_at', ends));
    return started;
end
$$;

-- The session that is valid at p_at under one of two hashes of its token: p_token_hash if a key of api_keys started it,
-- p_configured_hash if the configured key did. Returns {"key", "created_at", "expires_at"}, the key being null for the configured
-- one; or null. Records the key's use.
create function use_session(p_token_hash text, p_configured_hash text, p_at timestamptz) returns jsonb
    language plpgsql
as
$$
declare
    known sessions;
    used  jsonb;
begin
    select *
    into known
    from sessions
    where expires_at > p_at
      and (token_hash = p_token_hash and key_hash is not null or token_hash = p_configured_hash and key_hash is null);
    if not found then
        return null;
    end if;
    if known.key_hash is not null then
        used := use_api_key(known.key_hash, p_at, null);
        if used is null then
            return null;
        end if;
        used := used || jsonb_build_object('key_hash', known.key_hash);
    end if;
    return jsonb_build_object('key', used, 'created_at', known.created_at, 'expires_at', known.expires_at);
end
$$;

-- Ends the session under one of two hashes, as in use_session. Returns whether there was one.
create function end_session(p_token_hash text, p_configured_hash text, p_at timestamptz, p_caller jsonb) returns boolean
    language plpgsql
as
$$
begin
    delete from sessions
    where token_hash = p_token_hash and key_hash is not null or token_hash = p_configured_hash and key_hash is null;
    if not found then
        return false;
    end if;
    perform append_audit(p_at, 'SESSION_ENDED', null, p_caller, '{}');
    return true;
end
$$;

-- Removes sessions that have expired, with their key at the latest, or whose key was revoked. Returns how many.
create function sweep_sessions(p_at timestamptz) returns integer
    language plpgsql
as
$$
declare
    removed integer;
begin
    delete from sessions s
    where s.expires_at <= p_at
       or exists (select 1 from api_keys k where k.key_hash = s.key_hash and k.revoked_at is not null);
    get diagnostics removed = row_count;
    return removed;
end
$$;

select restrict_access();
