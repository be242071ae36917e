-- Badges: which one of a person is valid, and the key that signs it.

-- The site whose key signs a person's badge: the one that the person is bound to, otherwise the default one.
create function badge_site(p people) returns text
    language sql immutable
as
$$
select coalesce(p.site, 'default')
$$;

-- Makes the key of a site's badges if it has none, or anew; returns the site if a key was made. A UUID of PostgreSQL has 122 bits from
-- its strong source of randomness.
create function make_badge_key(p_site text, p_anew boolean, p_at timestamptz) returns sites
    language sql volatile
as
$$
update sites
set badge_key         = sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')),
    badge_key_made_at = p_at
where site = p_site and (badge_key is null or p_anew)
returning *
$$;

-- The badges of people, in the order of p_user_ids, without those who are not there: [{"user_id", "name", "group", "site", "site_name",
-- "issue", "issued_at", "key"}]. A person without a badge gets one; with p_renew everybody gets another one, which ends the one before.
-- The rows of people are locked before those of sites, each in their order, so that two calls don't wait for each other.
create function issue_badges(p_user_ids jsonb, p_renew boolean, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    wanted text[] := array(select distinct jsonb_array_elements_text(p_user_ids));
    person people;
    badges jsonb;
begin
    for person in
        select * from people where user_id = any (wanted) order by user_id collate "C" for no key update
    loop
        if person.badge_issue is null or p_renew then
            update people
            set badge_issue     = translate(left(encode(sha256(convert_to(gen_random_uuid()::text, 'UTF8')), 'base64'), 6), '+/', '-_'),
                badge_issued_at = p_at
            where user_id = person.user_id;
        end if;
    end loop;
    perform make_badge_key(s.site, false, p_at)
    from (select distinct badge_site(p) as site from people p where p.user_id = any (wanted) order by 1) s;
    for person in
        select * from people where user_id = any (wanted) order by user_id collate "C"
    loop
        perform append_audit(p_at, 'BADGE_ISSUED', person.user_id, p_caller,
                             jsonb_build_object('site', badge_site(person), 'issued_at', person.badge_issued_at));
    end loop;
    select jsonb_agg(jsonb_build_object(
            'user_id', p.user_id, 'name', p.name, 'group', p."group", 'site', s.site, 'site_name', s.name,
            'issue', p.badge_issue, 'issued_at', p.badge_issued_at, 'key', encode(s.badge_key, 'hex')) order by w.place)
    into badges
    from jsonb_array_elements_text(p_user_ids) with ordinality w(user_id, place)
    join people p on p.user_id = w.user_id
    join sites s on s.site = badge_site(p);
    return coalesce(badges, '[]');
end
$$;

-- What the valid badge of a person is checked by: {"issue", "key"}, or null if there is none.
create function find_badge(p_user_id text) returns jsonb
    language sql stable
as
$$
select jsonb_build_object('issue', p.badge_issue, 'key', encode(s.badge_key, 'hex'))
from people p
join sites s on s.site = badge_site(p)
where p.user_id = p_user_id and p.badge_issue is not null and s.badge_key is not null
$$;

-- Replaces the key of a site's badges, which ends all of them: {"site", "made_at"}, or null if there is no such site.
create function replace_badge_key(p_site text, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    changed sites := make_badge_key(p_site, true, p_at);
begin
    if changed.site is null then
        return null;
    end if;
    perform append_audit(p_at, 'BADGE_KEY_REPLACED', null, p_caller, jsonb_build_object('site', p_site));
    return jsonb_build_object('site', p_site, 'made_at', changed.badge_key_made_at);
end
$$;

select restrict_access();
