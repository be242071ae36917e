-- Sites and their rules.

-- Of a site what administrators change; not its threshold, which the service chooses, nor the key of its badges, which is a secret.
create function site_as_json(s sites) returns jsonb
    language sql stable
as
$$
select jsonb_build_object(
        'site', s.site, 'name', s.name, 'active', s.active, 'time_zone', s.time_zone, 'max_marks_per_day', s.max_marks_per_day,
        'min_seconds_between', s.min_seconds_between, 'day_starts_at', s.day_starts_at,
        'target_error_rate', s.target_error_rate, 'liveness', s.liveness, 'directions_allowed', s.directions_allowed,
        'geofence', s.geofence, 'identify_by', s.identify_by, 'pin_allowed', s.pin_allowed, 'created_at', s.created_at, 'updated_at', s.updated_at)
$$;

-- All sites: {"revision", "sites"}. The revision is another one whenever a site is; if it is p_known, sites is null. It is made of the
-- transactions that wrote the rows, and, since another database may have the same numbers of these, of the times of the changes.
create function list_sites(p_known text) returns jsonb
    language sql stable
as
$$
select jsonb_build_object(
        'revision', r.revision,
        'sites', case when r.revision is distinct from p_known
                          then (select coalesce(jsonb_agg(site_as_json(s) order by s.site), '[]') from sites s) end)
from (select md5(coalesce(string_agg(concat_ws(' ', s.site, s.xmin, extract(epoch from s.updated_at)), ',' order by s.site), ''))
                 as revision
      from sites s) r
$$;

-- A site, or null.
create function find_site(p_site text) returns jsonb
    language sql stable
as
$$
select site_as_json(s) from sites s where s.site = p_site
$$;

-- Adds an active site with a name and rules, which p_rules has by the names of the columns: {"code": "CREATED", "site"}, or the code is
-- SITE_EXISTS, or TOO_MANY if there are p_most sites.
create function create_site(p_site text, p_name text, p_rules jsonb, p_most integer, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    made sites;
begin
    -- One site is added at a time: otherwise two could pass the count.
    perform 1 from sites where site = 'default' for no key update;
    if exists (select 1 from sites where site = p_site) then
        return jsonb_build_object('code', 'SITE_EXISTS');
    end if;
    if (select count(*) from sites) >= p_most then
        return jsonb_build_object('code', 'TOO_MANY');
    end if;
    insert into sites
    select *
    from jsonb_populate_record(null::sites, p_rules || jsonb_build_object(
            'site', p_site, 'name', p_name, 'active', true, 'created_at', p_at, 'updated_at', p_at))
    on conflict (site) do nothing
    returning * into made;
    -- An import can have added it meanwhile.
    if not found then
        return jsonb_build_object('code', 'SITE_EXISTS');
    end if;
    perform append_audit(p_at, 'SITE_CREATED', null, p_caller,
                         jsonb_strip_nulls(site_as_json(made) - array ['created_at', 'updated_at', 'active']));
    return jsonb_build_object('code', 'CREATED', 'site', site_as_json(made));
end
$$;

-- Changes the columns of a site that p_change has by their names; the site, or null if there is none. A change to what is there already
-- is neither noted nor changes updated_at.
create function change_site(p_site text, p_change jsonb, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    before  sites;
    after   sites;
    changed jsonb;
begin
    select * into before from sites where site = p_site for no key update;
    if not found then
        return null;
    end if;
    after := jsonb_populate_record(before, p_change);
    select jsonb_object_agg(b.key, jsonb_build_object('from', b.value, 'to', a.value))
    into changed
    from jsonb_each(site_as_json(before)) b
    join jsonb_each(site_as_json(after)) a on a.key = b.key
    where a.value <> b.value;
    if changed is null then
        return site_as_json(before);
    end if;
    update sites
    set name = after.name, active = after.active, time_zone = after.time_zone, max_marks_per_day = after.max_marks_per_day,
        min_seconds_between = after.min_seconds_between, day_starts_at = after.day_starts_at,
        target_error_rate = after.target_error_rate, liveness = after.liveness, directions_allowed = after.directions_allowed,
        geofence = after.geofence, identify_by = after.identify_by, pin_allowed = after.pin_allowed, updated_at = p_at
    where site = p_site
    returning * into after;
    perform append_audit(p_at, 'SITE_CHANGED', null, p_caller, changed || jsonb_build_object('site', p_site));
    return site_as_json(after);
end
$$;

select restrict_access();
