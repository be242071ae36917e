-- API keys, and devices, which are keys of the scope recognize or self.

-- The site of a key: that of a person's phone is where the person is, if that is one site alone.
create function site_of_key(k api_keys) returns text
    language sql stable
as
$$
select case when k.user_id is null then k.site
            else coalesce((select p.site from people p where p.user_id = k.user_id), k.site) end
$$;

create function key_as_json(k api_keys) returns jsonb
    language sql stable
as
$$
select to_jsonb(k) - 'key_hash' || jsonb_build_object('id', left(k.key_hash, 12), 'site', site_of_key(k))
$$;

-- Returns the key with this hash if it is valid at p_at, or null; that of a person only while the person is active. Its last use is stored to the minute, together with what the
-- device says of its program, if it says anything; the key is returned also if that can't be written.
create function use_api_key(p_key_hash text, p_at timestamptz, p_device_version text) returns jsonb
    language plpgsql
as
$$
declare
    used api_keys;
begin
    select *
    into used
    from api_keys
    where key_hash = p_key_hash and revoked_at is null and (expires_at is null or expires_at > p_at)
      and (api_keys.user_id is null
           or exists (select 1 from people p where p.user_id = api_keys.user_id and p.active));
    if not found then
        return null;
    end if;
    if used.last_used_at is null or used.last_used_at < p_at - interval '1 minute' then
        begin
            update api_keys
            set last_used_at = p_at, device_version = coalesce(p_device_version, device_version)
            where key_hash = p_key_hash and (last_used_at is null or last_used_at < p_at - interval '1 minute');
        exception
            when insufficient_resources or read_only_sql_transaction or lock_not_available then
                null;
        end;
    end if;
    return key_as_json(used);
end
$$;

-- Stores a key; with p_first only if there is none at all. Returns the key, or null if it wasn't stored: for that reason, or since
-- there is no such site.
create function create_api_key(
    p_key_hash   text,
    p_name       text,
    p_scopes     jsonb,
    p_site       text,
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
    insert into api_keys (key_hash, name, created_at, scopes, site, expires_at)
    select p_key_hash, p_name, p_at, array(select jsonb_array_elements_text(p_scopes)), s.site, p_expires_at
    from sites s
    where s.site = p_site and (not p_first or not exists (select 1 from api_keys))
    returning * into made;
    if made.key_hash is null then
        return null;
    end if;
    perform append_audit(p_at, 'KEY_CREATED', null, p_caller,
                         key_as_json(made)
                         - array ['created_at', 'last_used_at', 'revoked_at', 'device_version', 'user_id']);
    return key_as_json(made);
end
$$;

-- Revokes a key, or with p_only_device one that is a device; one that is revoked already stays as it is. Returns the key, or null if
-- there is none.
create function revoke_api_key(p_id text, p_only_device boolean, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    ended api_keys;
begin
    update api_keys k
    set revoked_at = p_at
    where left(k.key_hash, 12) = p_id and k.revoked_at is null and (not p_only_device or is_device(k))
    returning * into ended;
    if found then
        perform append_audit(p_at, 'KEY_REVOKED', ended.user_id, p_caller, jsonb_build_object('id', p_id, 'name', ended.name));
    else
        select * into ended from api_keys k where left(k.key_hash, 12) = p_id and (not p_only_device or is_device(k));
    end if;
    return case when ended.key_hash is not null then key_as_json(ended) end;
end
$$;

-- Whether the key with the id was revoked; not if there is no such key, as for a command.
create function is_revoked(p_id text) returns boolean
    language sql stable
as
$$
select exists (select 1 from api_keys where left(key_hash, 12) = p_id and revoked_at is not null)
$$;

-- Keys, also expired and revoked ones, the oldest first, p_limit at the most. p_after: {"created_at", "id"} of the last key of the page
-- before, or null.
create function list_api_keys(p_after jsonb, p_limit integer) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(key_as_json(page.k) order by (page.k).created_at, (page.k).key_hash), '[]')
from (select k
      from api_keys k
      where p_after is null
         or (k.created_at, left(k.key_hash, 12)) > ((p_after ->> 'created_at')::timestamptz, p_after ->> 'id')
      order by k.created_at, k.key_hash
      limit p_limit) page
$$;

create function count_api_keys() returns bigint
    language sql stable
as
$$
select count(*) from api_keys
$$;

create function is_device(k api_keys) returns boolean
    language sql immutable
as
$$
select k.scopes && array ['recognize', 'self']
$$;

-- Whether a key is a device that a filter asks for: {"state", "site", "user_id", "personal"}. A null doesn't restrict; state is
-- active, expired or revoked at p_at; personal asks for the devices of single people, or for the others.
create function device_is_wanted(k api_keys, p_filter jsonb, p_at timestamptz) returns boolean
    language sql stable
as
$$
select is_device(k)
   and (p_filter ->> 'site' is null or site_of_key(k) = p_filter ->> 'site')
   and (p_filter ->> 'user_id' is null or k.user_id = p_filter ->> 'user_id')
   and (p_filter ->> 'personal' is null or (k.user_id is not null) = (p_filter ->> 'personal')::boolean)
   and (p_filter ->> 'state' is null
        or p_filter ->> 'state' = case when k.revoked_at is not null then 'revoked'
                                       when k.expires_at <= p_at then 'expired'
                                       else 'active' end)
$$;

-- Devices that a filter of device_is_wanted asks for, p_limit at the most: the newest first, or with p_oldest_first the oldest.
-- p_after: {"created_at", "id"} of the last device of the page before, or null.
create function list_devices(
    p_filter jsonb, p_oldest_first boolean, p_after jsonb, p_limit integer, p_at timestamptz)
    returns jsonb
    language sql stable
as
$$
with devices as (
    select k.created_at, left(k.key_hash, 12) as id, key_as_json(k) as device
    from api_keys k
    where device_is_wanted(k, p_filter, p_at)),
page as (
    (select *
     from devices d
     where not p_oldest_first
       and (p_after is null or (d.created_at, d.id) < ((p_after ->> 'created_at')::timestamptz, p_after ->> 'id'))
     order by d.created_at desc, d.id desc
     limit p_limit)
    union all
    (select *
     from devices d
     where p_oldest_first
       and (p_after is null or (d.created_at, d.id) > ((p_after ->> 'created_at')::timestamptz, p_after ->> 'id'))
     order by d.created_at, d.id
     limit p_limit))
select coalesce(case when p_oldest_first then jsonb_agg(device order by created_at, id)
                     else jsonb_agg(device order by created_at desc, id desc) end, '[]')
from page
$$;

-- How many devices a filter of device_is_wanted asks for.
create function count_devices(p_filter jsonb, p_at timestamptz) returns bigint
    language sql stable
as
$$
select count(*) from api_keys k where device_is_wanted(k, p_filter, p_at)
$$;

-- A device, or null if there is none with this id.
create function read_device(p_id text) returns jsonb
    language sql stable
as
$$
select key_as_json(k) from api_keys k where left(k.key_hash, 12) = p_id and is_device(k)
$$;

-- Changes the columns of a device that p_change has: name, site. The code is CHANGED, with the device, also if nothing differs;
-- NOT_FOUND; UNKNOWN_SITE; or OTHER_SITE, for the phone of a person who is at another site alone.
create function change_device(p_id text, p_change jsonb, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    before api_keys;
    after  api_keys;
begin
    select * into before from api_keys k where left(k.key_hash, 12) = p_id and is_device(k) for no key update;
    if not found then
        return jsonb_build_object('code', 'NOT_FOUND');
    end if;
    if p_change ? 'site' and not exists (select 1 from sites where site = p_change ->> 'site') then
        return jsonb_build_object('code', 'UNKNOWN_SITE');
    end if;
    if exists (select 1 from people p where p.user_id = before.user_id and p.site <> p_change ->> 'site') then
        return jsonb_build_object('code', 'OTHER_SITE');
    end if;
    update api_keys
    set name = coalesce(p_change ->> 'name', name), site = coalesce(p_change ->> 'site', site)
    where key_hash = before.key_hash
    returning * into after;
    if (after.name, after.site) is distinct from (before.name, before.site) then
        perform append_audit(p_at, 'DEVICE_CHANGED', after.user_id, p_caller, jsonb_build_object(
                'id', p_id,
                'from', jsonb_build_object('name', before.name, 'site', before.site),
                'to', jsonb_build_object('name', after.name, 'site', after.site)));
    end if;
    return jsonb_build_object('code', 'CHANGED', 'device', key_as_json(after));
end
$$;

select restrict_access();
