-- People's own phones: the links that are traded for their keys.

create function phone_link_as_json(l phone_links) returns jsonb
    language sql stable
as
$$
select to_jsonb(l) - 'link_hash'
$$;

-- Stores a link for a phone of a person instead of the one before, {"user_id", "link_hash", "site"}, which may be used until
-- p_expires_at; without a site, that of the person or of the default. The code is CREATED, with the link; NOT_ENROLLED; INACTIVE;
-- UNKNOWN_SITE; OTHER_SITE, if the person is at another site alone; or TOO_MANY, if the person has p_most phones.
create function create_phone_link(
    p_link jsonb, p_at timestamptz, p_expires_at timestamptz, p_most integer, p_caller jsonb)
    returns jsonb
    language plpgsql
as
$$
declare
    whose   people;
    at_site text;
    made    phone_links;
begin
    select * into whose from people where user_id = p_link ->> 'user_id' for no key update;
    if not found then
        return jsonb_build_object('code', 'NOT_ENROLLED');
    end if;
    if not whose.active then
        return jsonb_build_object('code', 'INACTIVE');
    end if;
    at_site := coalesce(p_link ->> 'site', whose.site, 'default');
    if at_site <> whose.site then
        return jsonb_build_object('code', 'OTHER_SITE');
    end if;
    if not exists (select 1 from sites where site = at_site) then
        return jsonb_build_object('code', 'UNKNOWN_SITE');
    end if;
    if (select count(*)
        from api_keys k
        where k.user_id = whose.user_id and k.revoked_at is null and (k.expires_at is null or k.expires_at > p_at)) >= p_most then
        return jsonb_build_object('code', 'TOO_MANY');
    end if;
    insert into phone_links (user_id, link_hash, site, created_at, expires_at, key_id)
    values (whose.user_id, p_link ->> 'link_hash', at_site, p_at, p_expires_at, p_caller ->> 'key_id')
    on conflict (user_id) do update
        set link_hash = excluded.link_hash, site = excluded.site, created_at = excluded.created_at,
            expires_at = excluded.expires_at, key_id = excluded.key_id
    returning * into made;
    perform append_audit(p_at, 'PHONE_LINK_CREATED', made.user_id, p_caller,
                         jsonb_build_object('site', made.site, 'expires_at', made.expires_at));
    return jsonb_build_object('code', 'CREATED', 'link', phone_link_as_json(made));
end
$$;

-- The link of a person that can still be used, or null.
create function read_phone_link(p_user_id text, p_at timestamptz) returns jsonb
    language sql stable
as
$$
select phone_link_as_json(l) from phone_links l where l.user_id = p_user_id and l.expires_at > p_at
$$;

-- Ends the link of a person that can still be used; returns it, or null if there is none.
create function cancel_phone_link(p_user_id text, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    ended phone_links;
begin
    delete from phone_links where user_id = p_user_id and expires_at > p_at returning * into ended;
    if not found then
        return null;
    end if;
    perform append_audit(p_at, 'PHONE_LINK_CANCELLED', p_user_id, p_caller, '{}');
    return phone_link_as_json(ended);
end
$$;

-- Trades a link for a key of the scope self. The attempt is counted (count_attempt), and taken back if it succeeds.
-- The code is LINKED, with the key: of several phones with the same link one gets it; INVALID; or LOCKED, until when no attempt may be
-- made. The person's row is locked first, as in create_phone_link, so that no link is used while another one is made instead.
create function redeem_phone_link(
    p_link_hash      text,
    p_key_hash       text,
    p_name           text,
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
    locked_until timestamptz := count_attempt('link', p_network, p_at, p_limits);
    used         phone_links;
    made         api_keys;
begin
    if locked_until is not null then
        return jsonb_build_object('code', 'LOCKED', 'until', locked_until);
    end if;
    perform 1
    from people p
    where p.user_id = (select l.user_id from phone_links l where l.link_hash = p_link_hash)
    for no key update;
    delete from phone_links where link_hash = p_link_hash and expires_at > p_at returning * into used;
    perform end_attempt('link', p_network, p_at, p_limits, used.user_id is not null, p_caller);
    if used.user_id is null then
        return jsonb_build_object('code', 'INVALID');
    end if;
    insert into api_keys (key_hash, name, created_at, scopes, site, device_version, user_id)
    values (p_key_hash, p_name, p_at, array ['self'], used.site, p_device_version, used.user_id)
    returning * into made;
    perform append_audit(p_at, 'PHONE_LINKED', used.user_id, p_caller || jsonb_build_object('site', site_of_key(made)),
                         jsonb_build_object('id', left(p_key_hash, 12), 'site', site_of_key(made), 'made_by', used.key_id));
    return jsonb_build_object('code', 'LINKED', 'key', key_as_json(made));
end
$$;

-- Revokes the keys of a person's phones and removes the open link. The person's row must be locked.
create function end_phones(p_user_id text, p_at timestamptz, p_caller jsonb) returns void
    language plpgsql
as
$$
declare
    ended api_keys[];
    phone api_keys;
    link  text;
begin
    with revoked as (
        update api_keys k set revoked_at = p_at where k.user_id = p_user_id and k.revoked_at is null returning k)
    select array_agg(revoked.k order by (revoked.k).created_at) into ended from revoked;
    delete from phone_links where user_id = p_user_id returning user_id into link;
    foreach phone in array coalesce(ended, '{}')
    loop
        perform append_audit(p_at, 'KEY_REVOKED', p_user_id, p_caller,
                             jsonb_build_object('id', left(phone.key_hash, 12), 'name', phone.name));
    end loop;
    if link is not null then
        perform append_audit(p_at, 'PHONE_LINK_CANCELLED', p_user_id, p_caller, '{}');
    end if;
end
$$;

-- Removes links that have expired by p_at.
create function sweep_phone_links(p_at timestamptz) returns void
    language sql
as
$$
delete from phone_links where expires_at <= p_at
$$;

select restrict_access();
