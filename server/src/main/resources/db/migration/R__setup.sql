-- The set-up of a new service: one link, which works once, and how far the set-up has come.

-- Stores a link instead of the one before, with p_first only if there has never been one. It opens a session of the configured key, or
-- without p_configured of the oldest valid key of scope admin. Returns MADE, NOT_FIRST or NO_KEY.
create function make_setup_link(
    p_link_hash text, p_configured boolean, p_first boolean, p_at timestamptz, p_expires_at timestamptz, p_caller jsonb)
    returns jsonb
    language plpgsql
as
$$
declare
    its_key text;
begin
    perform pg_advisory_xact_lock(hashtextextended('rollcall make_setup_link', 0));
    if p_first and exists (select 1 from setup) then
        return to_jsonb('NOT_FIRST'::text);
    end if;
    if not p_configured then
        select key_hash
        into its_key
        from api_keys
        where 'admin' = any (scopes) and revoked_at is null and (expires_at is null or expires_at > p_at)
        order by created_at, key_hash
        limit 1;
        if not found then
            return to_jsonb('NO_KEY'::text);
        end if;
    end if;
    insert into setup (step, changed_at, link_hash, link_key_hash, link_expires_at)
    values (1, p_at, p_link_hash, its_key, p_expires_at)
    on conflict (id) do update
        set link_hash = p_link_hash, link_key_hash = its_key, link_expires_at = p_expires_at;
    perform append_audit(p_at, 'SETUP_LINK_CREATED', null, p_caller, jsonb_build_object('expires_at', p_expires_at));
    return to_jsonb('MADE'::text);
end
$$;

-- Uses up the link that is valid at p_at. Returns {"key"}: the key whose session it opens, with "key_hash", or null for the configured
-- one; or null if there is no such link, or its key is no longer valid.
create function use_setup_link(p_link_hash text, p_at timestamptz) returns jsonb
    language plpgsql
as
$$
declare
    its_key text;
    used    jsonb;
begin
    select link_key_hash into its_key from setup where link_hash = p_link_hash and link_expires_at > p_at for update;
    if not found then
        return null;
    end if;
    update setup set link_hash = null, link_key_hash = null, link_expires_at = null where link_hash = p_link_hash;
    if its_key is null then
        return jsonb_build_object('key', null);
    end if;
    used := use_api_key(its_key, p_at, null);
    return case when used is not null then jsonb_build_object('key', used || jsonb_build_object('key_hash', its_key)) end;
end
$$;

-- The step that the set-up is at, 1 to 5; 5 is behind the last one.
create function setup_step() returns jsonb
    language sql stable
as
$$
select to_jsonb(coalesce((select step from setup), 1))
$$;

-- Notes the step that the set-up is at; returns it.
create function set_setup_step(p_step integer, p_at timestamptz) returns jsonb
    language plpgsql
as
$$
begin
    insert into setup (step, changed_at)
    values (p_step, p_at)
    on conflict (id) do update set step = p_step, changed_at = p_at;
    return to_jsonb(p_step);
end
$$;

select restrict_access();
