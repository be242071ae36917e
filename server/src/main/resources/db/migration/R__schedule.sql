-- Shifts and who works them.

-- A shift as it is read. version is another text whenever something of it but a time of writing is.
create function shift_as_json(s shifts) returns jsonb
    language sql stable
as
$$
select c.content || jsonb_build_object('created_at', s.created_at, 'updated_at', s.updated_at, 'version', md5(c.content::text))
from (select to_jsonb(s) - array ['created_at', 'updated_at'] as content) c
$$;

-- All shifts by their ids.
create function list_shifts() returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(shift_as_json(s) order by s.shift collate "C"), '[]') from shifts s
$$;

-- A shift, or null.
create function find_shift(p_shift text) returns jsonb
    language sql stable
as
$$
select shift_as_json(s) from shifts s where s.shift = p_shift
$$;

-- Adds a shift with a name and rules, which p_rules has by the names of the columns: {"code": "CREATED", "shift"}, or the code is
-- SHIFT_EXISTS, or TOO_MANY if there are p_most.
create function create_shift(p_shift text, p_name text, p_rules jsonb, p_most integer, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    made shifts;
begin
    lock table shifts in share row exclusive mode;
    if exists (select 1 from shifts where shift = p_shift) then
        return jsonb_build_object('code', 'SHIFT_EXISTS');
    end if;
    if (select count(*) from shifts) >= p_most then
        return jsonb_build_object('code', 'TOO_MANY');
    end if;
    insert into shifts
    select *
    from jsonb_populate_record(null::shifts, p_rules || jsonb_build_object(
            'shift', p_shift, 'name', p_name, 'created_at', p_at, 'updated_at', p_at))
    returning * into made;
    perform append_audit(p_at, 'SHIFT_CREATED', null, p_caller, to_jsonb(made) - array ['created_at', 'updated_at']);
    return jsonb_build_object('code', 'CREATED', 'shift', shift_as_json(made));
end
$$;

-- Changes the columns of a shift that p_change has by their names, if its version is one of p_versions, or whatever it is if that is null:
-- {"code": "CHANGED", "shift"}; or the code is SHIFT_NOT_FOUND, CONFLICT for another version, or OVERLAPS, with the assignment, if
-- somebody would work two shifts on one day or at one time. A change to what is there already is neither noted nor changes updated_at.
create function change_shift(p_shift text, p_change jsonb, p_versions jsonb, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    before   shifts;
    after    shifts;
    changed  jsonb;
    taken_by bigint;
begin
    lock table shift_assignments in share row exclusive mode;
    select * into before from shifts where shift = p_shift for no key update;
    if not found then
        return jsonb_build_object('code', 'SHIFT_NOT_FOUND');
    end if;
    if p_versions is not null and not p_versions ? (shift_as_json(before) ->> 'version') then
        return jsonb_build_object('code', 'CONFLICT');
    end if;
    after := jsonb_populate_record(before, p_change);
    select jsonb_object_agg(b.key, jsonb_build_object('from', b.value, 'to', a.value))
    into changed
    from jsonb_each(to_jsonb(before)) b
    join jsonb_each(to_jsonb(after)) a on a.key = b.key
    where a.value <> b.value;
    if changed is null then
        return jsonb_build_object('code', 'CHANGED', 'shift', shift_as_json(before));
    end if;
    select o.id
    into taken_by
    from shift_assignments s
    cross join lateral overlapping_assignment(s, after) o(id)
    where s.shift = p_shift and o.id is not null
    limit 1;
    if found then
        return jsonb_build_object('code', 'OVERLAPS', 'assignment', taken_by);
    end if;
    update shifts
    set (name, starts_at, ends_at, days, break_rule, break_minutes, break_after_minutes, grace_in_minutes, grace_out_minutes,
         window_before_minutes, window_after_minutes, rounding_minutes, rounding_in, rounding_out, updated_at)
            = (after.name, after.starts_at, after.ends_at, after.days, after.break_rule, after.break_minutes,
               after.break_after_minutes, after.grace_in_minutes, after.grace_out_minutes, after.window_before_minutes,
               after.window_after_minutes, after.rounding_minutes, after.rounding_in, after.rounding_out, p_at)
    where shift = p_shift
    returning * into after;
    perform append_audit(p_at, 'SHIFT_CHANGED', null, p_caller, changed || jsonb_build_object('shift', p_shift));
    return jsonb_build_object('code', 'CHANGED', 'shift', shift_as_json(after));
end
$$;

-- Removes a shift to which nobody is or was assigned, if its version is one of p_versions or that is null: DELETED, SHIFT_NOT_FOUND,
-- CONFLICT or SHIFT_IN_USE.
create function delete_shift(p_shift text, p_versions jsonb, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    gone shifts;
begin
    select * into gone from shifts where shift = p_shift for update;
    if not found then
        return to_jsonb('SHIFT_NOT_FOUND'::text);
    end if;
    if p_versions is not null and not p_versions ? (shift_as_json(gone) ->> 'version') then
        return to_jsonb('CONFLICT'::text);
    end if;
    if exists (select 1 from shift_assignments where shift = p_shift) then
        return to_jsonb('SHIFT_IN_USE'::text);
    end if;
    delete from shifts where shift = p_shift;
    perform append_audit(p_at, 'SHIFT_DELETED', null, p_caller, to_jsonb(gone) - array ['created_at', 'updated_at']);
    return to_jsonb('DELETED'::text);
end
$$;

-- Whether there is a work date of one assignment and, p_later days behind it, one of another: on the same date, or on the next one if
-- the second shift begins before the first has ended. A shift lasts at most 24 hours, so that further dates needn't be compared.
create function assignments_meet(
    a shift_assignments, p_shift shifts, b shift_assignments, p_other shifts, p_later integer) returns boolean
    language sql immutable
as
$$
select (p_later = 0 or p_shift.ends_at <= p_shift.starts_at and p_other.starts_at < p_shift.ends_at)
   and exists (select 1
               from generate_series(0, 6) d(number)
               cross join lateral (select greatest(a.starts_on, b.starts_on - p_later) + d.number as day) w
               where w.day <= coalesce(least(a.ends_on, b.ends_on - p_later), w.day)
                 and extract(isodow from w.day)::integer = any (p_shift.days)
                 and extract(isodow from w.day + p_later)::integer = any (p_other.days))
$$;

-- The id of another assignment of the same person or group by which there would be two shifts on one day, or at one time, if an assignment
-- had the shift p_shift; null if there is none.
create function overlapping_assignment(a shift_assignments, p_shift shifts) returns bigint
    language sql stable
as
$$
select min(o.id)
from shift_assignments o
join shifts s on s.shift = o.shift
cross join lateral (select case when o.shift = p_shift.shift then p_shift else s end as shift) t
where o.id is distinct from a.id
  and (o.user_id = a.user_id or o."group" = a."group")
  and (assignments_meet(a, p_shift, o, t.shift, 0)
       or assignments_meet(a, p_shift, o, t.shift, 1)
       or assignments_meet(o, t.shift, a, p_shift, 1))
$$;

-- Assignments behind the id p_after that a filter {"shift", "user_id", "group", "on"} leaves, by their ids; what is missing doesn't
-- restrict.
create function list_assignments(p_filter jsonb, p_after bigint, p_limit integer) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(to_jsonb(a) order by a.id), '[]')
from (select *
      from shift_assignments s
      where s.id > p_after
        and (p_filter ->> 'shift' is null or s.shift = p_filter ->> 'shift')
        and (p_filter ->> 'user_id' is null or s.user_id = p_filter ->> 'user_id')
        and (p_filter ->> 'group' is null or s."group" = p_filter ->> 'group')
        and (p_filter ->> 'on' is null
             or (p_filter ->> 'on')::date between s.starts_on and coalesce(s.ends_on, (p_filter ->> 'on')::date))
      order by s.id
      limit p_limit) a
$$;

-- Assigns a shift: p_wanted is {"shift", "user_id", "group", "starts_on", "ends_on"}. {"code": "ASSIGNED", "assignment"}; or the code is
-- SHIFT_NOT_FOUND, NOT_ENROLLED, or OVERLAPS with the assignment: see overlapping_assignment.
create function assign_shift(p_wanted jsonb, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    wanted   shift_assignments := jsonb_populate_record(null::shift_assignments, p_wanted);
    taken_by bigint;
begin
    -- The person is locked before the assignments, as by an erasure.
    if wanted.user_id is not null then
        perform 1 from people where user_id = wanted.user_id for key share;
        if not found then
            return jsonb_build_object('code', 'NOT_ENROLLED');
        end if;
    end if;
    lock table shift_assignments in share row exclusive mode;
    if not exists (select 1 from shifts where shift = wanted.shift for key share) then
        return jsonb_build_object('code', 'SHIFT_NOT_FOUND');
    end if;
    taken_by := overlapping_assignment(wanted, (select s from shifts s where s.shift = wanted.shift));
    if taken_by is not null then
        return jsonb_build_object('code', 'OVERLAPS', 'assignment', taken_by);
    end if;
    insert into shift_assignments (shift, user_id, "group", starts_on, ends_on, created_at)
    values (wanted.shift, wanted.user_id, wanted."group", wanted.starts_on, wanted.ends_on, p_at)
    returning * into wanted;
    perform append_audit(p_at, 'SHIFT_ASSIGNED', wanted.user_id, p_caller,
                         jsonb_strip_nulls(to_jsonb(wanted) - array ['user_id', 'created_at']));
    return jsonb_build_object('code', 'ASSIGNED', 'assignment', to_jsonb(wanted));
end
$$;

-- Changes the dates of an assignment to those that p_change has of {"starts_on", "ends_on"}: {"code": "ASSIGNED", "assignment"}; or the
-- code is ASSIGNMENT_NOT_FOUND, NO_DATES if it would end before it begins, or OVERLAPS.
create function change_assignment(p_id bigint, p_change jsonb, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    before   shift_assignments;
    after    shift_assignments;
    taken_by bigint;
begin
    perform 1
    from people
    where user_id = (select user_id from shift_assignments where id = p_id)
    for key share;
    lock table shift_assignments in share row exclusive mode;
    select * into before from shift_assignments where id = p_id;
    if not found then
        return jsonb_build_object('code', 'ASSIGNMENT_NOT_FOUND');
    end if;
    after := jsonb_populate_record(before, p_change);
    if after.ends_on < after.starts_on then
        return jsonb_build_object('code', 'NO_DATES');
    end if;
    taken_by := overlapping_assignment(after, (select s from shifts s where s.shift = after.shift));
    if taken_by is not null then
        return jsonb_build_object('code', 'OVERLAPS', 'assignment', taken_by);
    end if;
    if after is distinct from before then
        update shift_assignments set starts_on = after.starts_on, ends_on = after.ends_on where id = p_id;
        perform append_audit(p_at, 'SHIFT_ASSIGNMENT_CHANGED', after.user_id, p_caller,
                             jsonb_strip_nulls(to_jsonb(after) - array ['user_id', 'created_at'] || jsonb_build_object(
                                     'from_starts_on', before.starts_on, 'from_ends_on', before.ends_on)));
    end if;
    return jsonb_build_object('code', 'ASSIGNED', 'assignment', to_jsonb(after));
end
$$;

-- Removes an assignment, also for the past; whether there was one.
create function delete_assignment(p_id bigint, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    gone shift_assignments;
begin
    delete from shift_assignments where id = p_id returning * into gone;
    if not found then
        return to_jsonb(false);
    end if;
    perform append_audit(p_at, 'SHIFT_ASSIGNMENT_DELETED', gone.user_id, p_caller,
                         jsonb_strip_nulls(to_jsonb(gone) - array ['user_id', 'created_at']));
    return to_jsonb(true);
end
$$;

select restrict_access();
