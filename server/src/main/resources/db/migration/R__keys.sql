-- API keys.

create function key_as_json(k api_keys) returns jsonb
    language sql stable
as
$$
select to_jsonb(k) - 'key_hash' || jsonb_build_object('id', left(k.key_hash, 12))
$$;

-- Returns the key with this hash if it is valid at p_at, or null. Its last use is stored to the minute; the key is returned
-- also if that can't be written.
create function use_api_key(p_key_hash text, p_at timestamptz) returns jsonb
    language plpgsql
as
$$
declare
    used api_keys;
begin
    select *
    into used
    from api_keys
    where key_hash = p_key_hash and revoked_at is null and (expires_at is null or expires_at > p_at);
    if not found then
        return null;
    end if;
    if used.last_used_at is null or used.last_used_at < p_at - interval '1 minute' then
        begin
            update api_keys
            set last_used_at = p_at
            where key_hash = p_key_hash and (last_used_at is null or last_used_at < p_at - interval '1 minute');
        exception
            when insufficient_resources or read_only_sql_transaction or lock_not_available then
                null;
        end;
    end if;
    return key_as_json(used);
end
$$;

-- Stores a key; with p_first only if there is none at all. Returns the key, or null if it wasn't stored.
create function create_api_key(
    p_key_hash   text,
    p_name       text,
    p_scopes     jsonb,
    p_at         timestamptz,
    p_expires_at timestamptz,
    p_first      boolean,
    p_caller     jsonb)
    returns jsonb
    language plpgsql
as
$$
declare
    made api_keys;
begin
    perform pg_advisory_xact_lock(hashtextextended('rollcall create_api_key', 0));
    insert into api_keys (key_hash, name, created_at, scopes, expires_at)
    select p_key_hash, p_name, p_at, array(select jsonb_array_elements_text(p_scopes)), p_expires_at
    where not p_first or not exists (select 1 from api_keys)
    returning * into made;
    if made.key_hash is null then
        return null;
    end if;
    perform append_audit(p_at, 'KEY_CREATED', null, p_caller,
                         key_as_json(made) - array ['created_at', 'last_used_at', 'revoked_at']);
    return key_as_json(made);
end
$$;

-- Revokes a key; one that is revoked already stays as it is. Returns the key, or null if there is none.
create function revoke_api_key(p_id text, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    ended api_keys;
begin
    update api_keys set revoked_at = p_at where left(key_hash, 12) = p_id and revoked_at is null returning * into ended;
    if found then
        perform append_audit(p_at, 'KEY_REVOKED', null, p_caller, jsonb_build_object('id', p_id, 'name', ended.name));
    else
        select * into ended from api_keys where left(key_hash, 12) = p_id;
    end if;
    return case when ended.key_hash is not null then key_as_json(ended) end;
end
$$;

create function list_api_keys() returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(key_as_json(k) order by k.created_at, k.key_hash), '[]') from api_keys k
$$;

select restrict_access();
