-- Holidays of sites.

-- Holidays of a site, or of all for null, by site, date and name: yearly ones, and those from p_from to p_to, where null is any date.
create function list_holidays(p_site text, p_from date, p_to date) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(to_jsonb(h) order by h.site collate "C", h.day, h.name collate "C"), '[]')
from holidays h
where (p_site is null or h.site = p_site)
  and (h.yearly or (p_from is null or h.day >= p_from) and (p_to is null or h.day <= p_to))
$$;

-- Adds holidays to a site that it doesn't have, and makes those that it has once yearly if they are to be: p_days is [{"day", "name",
-- "yearly"}]. {"code": "ADDED", "added": [holidays that are new or were made yearly]}; or the code is SITE_NOT_FOUND, or TOO_MANY if the site would have more than p_most.
create function add_holidays(p_site text, p_days jsonb, p_most integer, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    made  jsonb;
    count bigint;
begin
    perform 1 from sites where site = p_site for no key update;
    if not found then
        return jsonb_build_object('code', 'SITE_NOT_FOUND');
    end if;
    select (select count(*) from holidays h where h.site = p_site)
           + (select count(*)
              from (select distinct d.day, d.name from jsonb_to_recordset(p_days) d(day date, name text)) d
              where not exists (select 1 from holidays h where h.site = p_site and h.day = d.day and h.name = d.name))
    into count;
    if count > p_most then
        return jsonb_build_object('code', 'TOO_MANY');
    end if;
    with new_ones as (
        insert into holidays (site, day, name, yearly)
        select p_site, d.day, d.name, bool_or(d.yearly)
        from jsonb_to_recordset(p_days) d(day date, name text, yearly boolean)
        group by d.day, d.name
        order by d.day, d.name collate "C"
        on conflict (site, day, name) do update set yearly = true where excluded.yearly and not holidays.yearly
        returning *)
    select coalesce(jsonb_agg(to_jsonb(n) order by n.day, n.name collate "C"), '[]') into made from new_ones n;
    if made <> '[]' then
        perform append_audit(p_at, 'HOLIDAYS_ADDED', null, p_caller,
                             jsonb_build_object('site', p_site, 'count', jsonb_array_length(made),
                                                'first', made #>> '{0,day}', 'last', made #>> '{-1,day}',
                                                'name', made #>> '{0,name}'));
    end if;
    return jsonb_build_object('code', 'ADDED', 'added', made);
end
$$;

-- Removes a holiday; whether there was one.
create function delete_holiday(p_id bigint, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    gone holidays;
begin
    delete from holidays where id = p_id returning * into gone;
    if not found then
        return to_jsonb(false);
    end if;
    perform append_audit(p_at, 'HOLIDAY_DELETED', null, p_caller, to_jsonb(gone) - 'id');
    return to_jsonb(true);
end
$$;

select restrict_access();
