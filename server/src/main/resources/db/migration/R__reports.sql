-- What sheets of days and months are made of.

-- People whom a filter {"user_id", "group", "site"} leaves, behind the user id p_after, or from it on if p_included, by their user ids,
-- with their assignments and their marks of work dates from p_from to p_to, also those that don't count; a null group or site means
-- people without one. Of each person the marks are lists of the same length: ids, times (microseconds since 1970), work dates (days since 1970), directions that
-- somebody said (or null), sites, sources, states (present, voided or replaced) and whether a correction made the mark. It is json, since jsonb
-- takes three times as long to make.
create function read_sheets(
    p_filter jsonb, p_after text, p_included boolean, p_limit integer, p_from date, p_to date)
    returns json
    language sql stable
as
$$
select coalesce(json_agg(json_build_object(
        'user_id', p.user_id, 'external_id', p.external_id, 'name', p.name, 'group', p."group", 'site', p.site,
        'created_at', p.created_at, 'inactive_since', p.inactive_since, 'assignments', s.listed,
        'ids', coalesce(m.ids, '{}'), 'times', coalesce(m.times, '{}'), 'dates', coalesce(m.dates, '{}'),
        'said', coalesce(m.said, '{}'), 'sites', coalesce(m.sites, '{}'), 'sources', coalesce(m.sources, '{}'),
        'states', coalesce(m.states, '{}'), 'made', coalesce(m.made, '{}')) order by p.user_id), '[]')
from (select *
      from people q
      where q.user_id >= p_after and (p_included or q.user_id <> p_after)
        and (not p_filter ? 'user_id' or q.user_id = p_filter ->> 'user_id')
        and (not p_filter ? 'group' or q."group" is not distinct from p_filter ->> 'group')
        and (not p_filter ? 'site' or q.site is not distinct from p_filter ->> 'site')
      order by q.user_id
      limit p_limit) p
cross join lateral (
    select coalesce(json_agg(to_json(a) order by a.id), '[]') as listed
    from shift_assignments a
    where (a.user_id = p.user_id or a."group" = p."group")
      and a.starts_on <= p_to and coalesce(a.ends_on, p_to) >= p_from) s
cross join lateral (
    select array_agg(a.id) as ids, array_agg(a.at) as times, array_agg(a.day) as dates, array_agg(a.said) as said,
           array_agg(a.site) as sites, array_agg(a.source) as sources, array_agg(a.state) as states, array_agg(a.made) as made
    from (select a.id, (extract(epoch from a.marked_at) * 1000000)::bigint as at, a.work_date - '1970-01-01'::date as day,
                 case when a.direction_given then a.direction end as said, a.site, a.source,
                 coalesce(ended.action, 'present') as state, made.id is not null as made
          from attendance a
          left join corrections ended on ended.old_mark = a.id
          left join corrections made on made.new_mark = a.id
          where a.user_id = p.user_id and a.work_date between p_from and p_to
          order by a.marked_at, a.id) a) m
$$;

select restrict_access();
