-- Marks as they are read: lists, single marks and their histories.

-- Whether a mark counts: it was neither voided nor replaced.
create function mark_counts(p_id bigint) returns boolean
    language sql stable
as
$$
select not exists (select 1 from corrections c where c.old_mark = p_id)
$$;

-- The marks that count, with what results from those of the same person and work date: place, by time, from 1; and direction. A
-- direction that somebody said stays; each other one is the opposite of the one before, and the first is in. Conditions on user_id and
-- work_date make it read these alone.
create function marks_by_day() returns table (id bigint, user_id text, work_date date, place integer, direction text)
    language sql stable
as
$$
select s.id, s.user_id, s.work_date, s.place::integer,
       case when (s.step % 2 = 1) = (s.start = 'in') then 'in' else 'out' end
from (select d.id, d.user_id, d.work_date, d.place, row_number() over w as step,
             case when d.said = 0 then 'in' else first_value(d.direction) over w end as start
      from (select a.id, a.user_id, a.work_date, a.direction, row_number() over day as place,
                   count(*) filter (where a.direction_given) over day as said
            from attendance a
            where not exists (select 1 from corrections c where c.old_mark = a.id)
            window day as (partition by a.user_id, a.work_date order by a.marked_at, a.id)) d
      window w as (partition by d.user_id, d.work_date, d.said order by d.place)) s
$$;

-- A mark as in a list; no row if there is none. number and direction are as they were written. state is present (it counts), voided or
-- replaced. position and present_direction are as they result from the marks of the work date that count; of a mark that doesn't count
-- position is null, and present_direction the one that was written. corrects: the mark instead of which this one counts; corrected_by:
-- the one that counts instead of this one. correction_pending: whether a correction waits for approval.
create function listed_mark(p_id bigint) returns table (listed jsonb)
    language sql stable
as
$$
select mark_as_json(a) || jsonb_build_object(
        'user_id', a.user_id, 'name', p.name, 'site', a.site, 'key_id', a.key_id, 'source', a.source,
        'confidence', a.confidence, 'look_alike', a.look_alike,
        'received_at', a.received_at, 'inside_geofence', a.inside_geofence,
        'position', d.place,
        'present_direction', coalesce(d.direction, a.direction),
        'state', coalesce(ended.action, 'present'),
        'corrected_by', ended.new_mark,
        'corrects', made.old_mark,
        'correction_pending', exists (select 1 from correction_requests r where r.old_mark = a.id and r.state = 'pending'))
from attendance a
left join people p on p.user_id = a.user_id
left join corrections ended on ended.old_mark = a.id
left join corrections made on made.new_mark = a.id
left join lateral (select m.place, m.direction
                   from marks_by_day() m
                   where m.user_id = a.user_id and m.work_date = a.work_date and m.id = a.id
                   offset 0) d on ended.id is null
where a.id = p_id
$$;

-- The conditions of a list on attendance a, with the filter as $1: {"user_id", "group", "site", "key_id", "source", "direction",
-- "state", "corrected", "from", "to", "from_time", "to_time"}. What is missing doesn't restrict; a null group means people without
-- one; from and to are work dates, both included; to_time is not included.
create function conditions_on_marks(p_filter jsonb) returns text
    language sql stable
as
$$
select coalesce(string_agg(c.condition, ' and ' order by c.field), 'true')
from (values
    ('user_id', $q$a.user_id = $1 ->> 'user_id'$q$),
    ('group', case when p_filter ->> 'group' is null
                       then 'exists (select 1 from people p where p.user_id = a.user_id and p."group" is null)'
                   else $q$a.user_id in (select p.user_id from people p where p."group" = $1 ->> 'group')$q$ end),
    ('site', $q$a.site = $1 ->> 'site'$q$),
    ('key_id', $q$a.key_id = $1 ->> 'key_id'$q$),
    ('source', case when p_filter ->> 'source' = 'device' then $q$a.source = 'device'$q$
                    -- The second condition is that of the index.
                    else $q$a.source = $1 ->> 'source' and a.source <> 'device'$q$ end),
    ('direction', $q$coalesce((select m.direction
                               from marks_by_day() m
                               where m.user_id = a.user_id and m.work_date = a.work_date and m.id = a.id),
                              a.direction) = $1 ->> 'direction'$q$),
    ('state', case when p_filter ->> 'state' = 'present'
                       then 'not exists (select 1 from corrections c where c.old_mark = a.id)'
                   else $q$a.id in (select c.old_mark from corrections c where c.action = $1 ->> 'state')$q$ end),
    ('corrected', case when p_filter ->> 'corrected' = 'true'
                           then $q$a.id in (select c.old_mark from corrections c where c.old_mark is not null
                                            union all
                                            select c.new_mark from corrections c where c.new_mark is not null)$q$
                       else 'not exists (select 1 from corrections c where c.old_mark = a.id)
                             and not exists (select 1 from corrections c where c.new_mark = a.id)' end),
    ('from', $q$a.work_date >= ($1 ->> 'from')::date$q$),
    ('to', $q$a.work_date <= ($1 ->> 'to')::date$q$),
    ('from_time', $q$a.marked_at >= ($1 ->> 'from_time')::timestamptz$q$),
    ('to_time', $q$a.marked_at < ($1 ->> 'to_time')::timestamptz$q$)) c(field, condition)
where p_filter ? c.field
$$;

-- Marks as listed_mark shows them, which a filter of conditions_on_marks leaves, behind p_after: {"marked_at", "id"} of the last mark
-- of the page before, or null. p_order is written (by id), oldest or newest (by marked_at, then id).
create function list_attendance(p_filter jsonb, p_order text, p_after jsonb, p_limit integer) returns jsonb
    language plpgsql stable
as
$$
declare
    wanted  text := conditions_on_marks(p_filter);
    ordered text := case p_order when 'written' then 'a.id'
                                 when 'oldest' then 'a.marked_at, a.id'
                                 when 'newest' then 'a.marked_at desc, a.id desc' end;
    listed  jsonb;
begin
    if ordered is null then
        raise exception 'marks are not ordered by %', p_order;
    end if;
    -- A bound of work dates is one of times, too, by the constraint attendance_work_date_is_near_mark: so an index by time has an end.
    if p_filter ? 'from' then
        wanted := wanted || $q$ and a.marked_at >= (($1 ->> 'from')::date - 1)::timestamp at time zone 'UTC'$q$;
    end if;
    if p_filter ? 'to' then
        wanted := wanted || $q$ and a.marked_at < (($1 ->> 'to')::date + 3)::timestamp at time zone 'UTC'$q$;
    end if;
    if p_after is not null then
        wanted := wanted || case p_order
            when 'written' then $q$ and a.id > ($2 ->> 'id')::bigint$q$
            when 'oldest' then $q$ and (a.marked_at, a.id) > (($2 ->> 'marked_at')::timestamptz, ($2 ->> 'id')::bigint)$q$
            else $q$ and (a.marked_at, a.id) < (($2 ->> 'marked_at')::timestamptz, ($2 ->> 'id')::bigint)$q$ end;
    end if;
    execute format($q$select coalesce(jsonb_agg(l.listed order by %1$s), '[]')
                      from (select a.id, a.marked_at from attendance a where %2$s order by %1$s limit $3) a
                      cross join lateral listed_mark(a.id) l$q$, ordered, wanted)
        into listed
        using p_filter, p_after, p_limit;
    return listed;
end
$$;

-- The days of people on which marks may have another direction than the written one, among those of marks that a filter of
-- conditions_on_marks can leave. On all other days every mark counts, the times grow with the numbers, and each direction that nobody
-- said is the opposite of the one before, or in: so marks_by_day makes the written ones of them.
create function days_with_other_directions(p_filter jsonb) returns table (user_id text, work_date date)
    language plpgsql stable
as
$$
declare
    of_days jsonb := jsonb_strip_nulls(jsonb_build_object(
            'from', greatest((p_filter ->> 'from')::date,
                             ((p_filter ->> 'from_time')::timestamptz at time zone 'UTC')::date - 2),
            'to', least((p_filter ->> 'to')::date,
                        ((p_filter ->> 'to_time')::timestamptz at time zone 'UTC')::date + 1)));
    wanted  text;
begin
    select of_days || coalesce(jsonb_object_agg(f.key, f.value), '{}')
    into of_days
    from jsonb_each(p_filter) f
    where f.key in ('user_id', 'group');
    wanted := conditions_on_marks(of_days);
    return query execute format(
            $q$select d.user_id, d.work_date
               from (select a.user_id, a.work_date, a.marked_at, a.direction, a.direction_given,
                            lag(a.marked_at) over by_number as time_before, lag(a.direction) over by_number as direction_before
                     from attendance a
                     where %1$s
                     window by_number as (partition by a.user_id, a.work_date order by a.number)) d
               where d.time_before >= d.marked_at
                  or not d.direction_given and d.direction = coalesce(d.direction_before, 'out')
               union
               select a.user_id, a.work_date
               from attendance a
               join corrections c on c.old_mark = a.id
               where %1$s$q$, wanted)
        using of_days;
end
$$;

-- How many marks a filter of conditions_on_marks leaves. Directions are worked out only on the days where they may differ from the
-- written ones.
create function count_attendance(p_filter jsonb) returns bigint
    language plpgsql stable
as
$$
declare
    marks   text := 'from attendance a where ' || conditions_on_marks(p_filter - 'direction');
    counted bigint;
begin
    if p_filter ? 'direction' then
        marks := $q$from attendance a
                    left join (select m.id, m.direction
                               from days_with_other_directions($1) d
                               cross join lateral (select n.id, n.direction
                                                   from marks_by_day() n
                                                   where n.user_id = d.user_id and n.work_date = d.work_date
                                                   offset 0) m) w on w.id = a.id
                    where coalesce(w.direction, a.direction) = $1 ->> 'direction' and $q$
                 || conditions_on_marks(p_filter - 'direction');
    end if;
    execute 'select count(*) ' || marks into counted using p_filter;
    return counted;
end
$$;

-- The greatest id of a mark; 0 when there are none.
create function last_mark() returns jsonb
    language sql stable
as
$$
select to_jsonb(coalesce(max(id), 0)) from attendance
$$;

-- A text that changes with everything that lists of marks show: with each mark, and, as these are in the audit log, with each correction,
-- person, site and removal. Counting the last thousand ids notices a mark that becomes visible after one with a greater id.
create function attendance_version() returns jsonb
    language sql stable
as
$$
select to_jsonb(concat_ws('-', k.head_number, l.last,
                          (select count(*) from attendance a where a.id > l.last - 1000)))
from audit_chains k
cross join (select coalesce(max(id), 0) as last from attendance) l
where k.own
$$;

-- What a mark looks like, as a short text; not its times, whose form depends on the session and which don't change.
create function mark_version(p_listed jsonb) returns text
    language sql immutable
as
$$
select md5((p_listed - array ['marked_at', 'received_at'])::text)
$$;

-- One mark as listed_mark shows it, with its version; null if there is none.
create function read_mark(p_id bigint) returns jsonb
    language sql stable
as
$$
select m.listed || jsonb_build_object('version', mark_version(m.listed)) from listed_mark(p_id) m
$$;

-- What became of a mark, in its order: how the first mark of its chain was made, each replacement, and that the last one was voided:
-- [{"place", "action", "at", "key_id", "approved_by", "reason", "mark"}]. action is marked, added, replaced or voided; mark is the one
-- that was made or voided, as listed_mark shows it. Only places behind p_after, p_limit of them; null if there is no such mark.
create function mark_history(p_id bigint, p_after bigint, p_limit integer) returns jsonb
    language sql stable
as
$$
with recursive before as (
    select a.id from attendance a where a.id = p_id
    union all
    select c.old_mark from before b join corrections c on c.new_mark = b.id and c.old_mark is not null),
chain as (
    select min(id) as id, 1::bigint as place from before
    union all
    select c.new_mark, h.place + 1 from chain h join corrections c on c.old_mark = h.id and c.action = 'replaced'),
events as (
    select h.place, h.id, coalesce(c.action, 'marked') as action, coalesce(c.at, a.marked_at) as at,
           case when c.id is null then a.key_id else c.key_id end as key_id, c.approved_by, c.reason
    from chain h
    join attendance a on a.id = h.id
    left join corrections c on c.new_mark = h.id
    union all
    select h.place + 1, h.id, c.action, c.at, c.key_id, c.approved_by, c.reason
    from chain h
    join corrections c on c.old_mark = h.id and c.action = 'voided')
select case when exists (select 1 from before) then (
    select coalesce(jsonb_agg(to_jsonb(e) - 'id' || jsonb_build_object('mark', m.listed) order by e.place), '[]')
    from (select * from events where place > p_after order by place limit p_limit) e
    cross join lateral listed_mark(e.id) m) end
$$;

select restrict_access();
