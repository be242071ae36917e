-- Corrections of marks. A mark is never changed: a correction voids it, or writes another one that counts instead of it. Each of these
-- functions locks the person's row first, as decide_mark does, so that what concerns one person's marks queues up.

-- A request as it is listed.
create function correction_request_as_json(r correction_requests) returns jsonb
    language sql stable
as
$$
select to_jsonb(r) || jsonb_build_object('name', (select p.name from people p where p.user_id = r.user_id))
$$;

-- Why a correction can't be made, or null: MARK_NOT_FOUND; ALREADY_CORRECTED, with the mark that counts instead (null if it was
-- voided); or MARK_EXISTS, with the mark of the person that counts and has the same time. The person's row must be locked.
create function correction_problem(p_user_id text, p_old_mark bigint, p_proposed jsonb) returns jsonb
    language plpgsql
as
$$
declare
    found_mark bigint;
begin
    if p_old_mark is not null then
        perform 1 from attendance where id = p_old_mark and user_id = p_user_id for key share;
        if not found then
            return jsonb_build_object('code', 'MARK_NOT_FOUND');
        end if;
        select new_mark into found_mark from corrections where old_mark = p_old_mark;
        if found then
            return jsonb_build_object('code', 'ALREADY_CORRECTED', 'mark', found_mark);
        end if;
    end if;
    if p_proposed is not null then
        select a.id
        into found_mark
        from attendance a
        where a.user_id = p_user_id and a.marked_at = (p_proposed ->> 'marked_at')::timestamptz
          and a.id is distinct from p_old_mark and mark_counts(a.id)
        limit 1;
        if found then
            return jsonb_build_object('code', 'MARK_EXISTS', 'mark', found_mark);
        end if;
    end if;
    return null;
end
$$;

-- Writes a correction for which there is no correction_problem, and the audit entry; returns the id of the correction. p_key_id: who
-- asked for it; p_request: {"request"} if somebody else approves it now, who is the caller then.
create function write_correction(
    p_action   text,
    p_user_id  text,
    p_old_mark bigint,
    p_proposed jsonb,
    p_reason   text,
    p_key_id   text,
    p_request  jsonb,
    p_at       timestamptz,
    p_caller   jsonb)
    returns bigint
    language plpgsql
as
$$
declare
    made    bigint;
    written bigint;
begin
    if p_proposed is not null then
        insert into attendance (user_id, marked_at, work_date, number, direction, direction_given, site, key_id, source)
        select p_user_id, n.marked_at, n.work_date,
               coalesce((select max(a.number) from attendance a where a.user_id = p_user_id and a.work_date = n.work_date), 0) + 1,
               n.direction, n.direction_given, n.site, p_key_id, 'manual'
        from jsonb_to_record(p_proposed)
             n(marked_at timestamptz, work_date date, direction text, direction_given boolean, site text)
        returning id into made;
    end if;
    insert into corrections (action, user_id, old_mark, new_mark, reason, key_id, at, approved_by)
    values (p_action, p_user_id, p_old_mark, made, p_reason, p_key_id, p_at, case when p_request is not null then p_caller ->> 'key_id' end)
    returning id into written;
    perform append_audit(p_at, 'MARK_' || upper(p_action), p_user_id, p_caller,
                         jsonb_strip_nulls(jsonb_build_object('mark', p_old_mark, 'new_mark', made, 'reason', p_reason,
                                                              'requested_by', case when p_request is not null then p_key_id end))
                         || coalesce(p_request, '{}'));
    perform emit_correction(written);
    return written;
end
$$;

-- Corrects marks at once, or, with p_needs_approval, notes the wish. p_action: added, with p_user_id and p_proposed; voided, with
-- p_mark; replaced, with p_mark and p_proposed. p_proposed: {"marked_at", "work_date", "direction", "site"}; what is null in it stays as
-- it is in p_mark. p_version: what read_mark said about p_mark, or null.
--
-- The code is DONE, with the mark as read_mark shows it (of a voided one the voided one); WAITING, with the request; NOT_ENROLLED, also
-- for erased people; UNKNOWN_SITE; CONFLICT, if the mark has another version; CORRECTION_PENDING, with the request that waits
-- already, also for a mark to be added at the same time; UNCHANGED, if the mark would look as it does; or one of correction_problem.
create function correct_mark(
    p_action         text,
    p_user_id        text,
    p_mark           bigint,
    p_version        text,
    p_proposed       jsonb,
    p_reason         text,
    p_needs_approval boolean,
    p_at             timestamptz,
    p_caller         jsonb)
    returns jsonb
    language plpgsql
as
$$
declare
    old_mark attendance;
    whose    text := p_user_id;
    proposed jsonb;
    problem  jsonb;
    waiting  correction_requests;
    written  bigint;
begin
    if p_action <> 'added' then
        select * into old_mark from attendance where id = p_mark;
        if not found then
            return jsonb_build_object('code', 'MARK_NOT_FOUND');
        end if;
        whose := old_mark.user_id;
    elsif not exists (select 1 from sites where site = p_proposed ->> 'site') then
        return jsonb_build_object('code', 'UNKNOWN_SITE');
    end if;
    perform 1 from people where user_id = whose for no key update;
    if not found then
        return jsonb_build_object('code', 'NOT_ENROLLED');
    end if;
    if p_action <> 'voided' then
        proposed := jsonb_build_object(
                'marked_at', coalesce((p_proposed ->> 'marked_at')::timestamptz, old_mark.marked_at),
                'work_date', coalesce((p_proposed ->> 'work_date')::date, old_mark.work_date),
                'direction', coalesce(p_proposed ->> 'direction', old_mark.direction),
                'direction_given', p_proposed ->> 'direction' is not null or coalesce(old_mark.direction_given, false),
                'site', coalesce(p_proposed ->> 'site', old_mark.site));
    end if;
    if p_version <> (select m.listed ->> 'version' from (select read_mark(p_mark) as listed) m) then
        return jsonb_build_object('code', 'CONFLICT');
    end if;
    problem := correction_problem(whose, p_mark, proposed);
    if problem is not null then
        return problem;
    end if;
    if p_action = 'replaced' and (proposed ->> 'marked_at')::timestamptz = old_mark.marked_at and proposed ->> 'site' = old_mark.site
        and coalesce(p_proposed ->> 'direction', '') in ('', (select m.listed ->> 'present_direction' from listed_mark(p_mark) m)) then
        return jsonb_build_object('code', 'UNCHANGED');
    end if;
    select *
    into waiting
    from correction_requests r
    where r.state = 'pending' and r.user_id = whose
      and (r.old_mark = p_mark
           or p_action = 'added' and (r.proposed ->> 'marked_at')::timestamptz = (p_proposed ->> 'marked_at')::timestamptz)
    order by r.id
    limit 1;
    if found then
        return jsonb_build_object('code', 'CORRECTION_PENDING', 'request', waiting.id);
    end if;
    if p_needs_approval then
        insert into correction_requests (state, action, user_id, old_mark, proposed, reason, key_id, at)
        values ('pending', p_action, whose, p_mark, proposed, p_reason, p_caller ->> 'key_id', p_at)
        returning * into waiting;
        perform append_audit(p_at, 'CORRECTION_REQUESTED', whose, p_caller,
                             jsonb_strip_nulls(jsonb_build_object(
                                     'request', waiting.id, 'correction', p_action, 'mark', p_mark, 'reason', p_reason,
                                     'at', proposed ->> 'marked_at', 'direction', proposed ->> 'direction')));
        return jsonb_build_object('code', 'WAITING', 'request', correction_request_as_json(waiting));
    end if;
    written := write_correction(p_action, whose, p_mark, proposed, p_reason, p_caller ->> 'key_id', null, p_at, p_caller);
    return jsonb_build_object('code', 'DONE', 'mark', corrected_mark(written));
end
$$;

-- The mark that a correction has made, or has voided, as read_mark shows it.
create function corrected_mark(p_correction bigint) returns jsonb
    language sql stable
as
$$
select read_mark(coalesce(new_mark, old_mark)) from corrections where id = p_correction
$$;

-- Approves a request, which is carried out then, or rejects it. The code is DECIDED, with the request, and the mark if it was approved;
-- REQUEST_NOT_FOUND; ALREADY_DECIDED, with the request; SAME_KEY, if the caller would approve what it has asked for; NOT_ENROLLED; or
-- one of correction_problem: then the request still waits.
create function decide_correction(p_id bigint, p_approve boolean, p_decision text, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    request correction_requests;
    problem jsonb;
    written bigint;
begin
    select * into request from correction_requests where id = p_id;
    if not found then
        return jsonb_build_object('code', 'REQUEST_NOT_FOUND');
    end if;
    perform 1 from people where user_id = request.user_id for no key update;
    if not found then
        return jsonb_build_object('code', 'NOT_ENROLLED');
    end if;
    select * into request from correction_requests where id = p_id for update;
    if not found then
        return jsonb_build_object('code', 'REQUEST_NOT_FOUND');
    end if;
    if request.state <> 'pending' then
        return jsonb_build_object('code', 'ALREADY_DECIDED', 'request', correction_request_as_json(request));
    end if;
    if p_approve and request.key_id = p_caller ->> 'key_id' then
        return jsonb_build_object('code', 'SAME_KEY');
    end if;
    if p_approve then
        problem := correction_problem(request.user_id, request.old_mark, request.proposed);
        if problem is not null then
            return problem;
        end if;
        written := write_correction(request.action, request.user_id, request.old_mark, request.proposed, request.reason,
                                    request.key_id, jsonb_build_object('request', p_id), p_at, p_caller);
    else
        perform append_audit(p_at, 'CORRECTION_REJECTED', request.user_id, p_caller,
                             jsonb_strip_nulls(jsonb_build_object('request', p_id, 'reason', p_decision)));
    end if;
    update correction_requests
    set state = case when p_approve then 'approved' else 'rejected' end, decided_by = p_caller ->> 'key_id', decided_at = p_at,
        decision = p_decision, correction = written
    where id = p_id
    returning * into request;
    return jsonb_build_object('code', 'DECIDED', 'request', correction_request_as_json(request), 'mark', corrected_mark(written));
end
$$;

-- Requests with ids under p_before, the latest first. A null doesn't restrict.
create function list_correction_requests(p_state text, p_user_id text, p_before bigint, p_limit integer) returns jsonb
    language plpgsql stable
    set plan_cache_mode = force_custom_plan
as
$$
begin
    return (select coalesce(jsonb_agg(correction_request_as_json(page.r) order by (page.r).id desc), '[]')
            from (select r
                  from correction_requests r
                  where (p_before is null or r.id < p_before)
                    and (p_state is null or r.state = p_state)
                    and (p_user_id is null or r.user_id = p_user_id)
                  order by r.id desc
                  limit p_limit) page);
end
$$;

-- Voids a mark that a device made, for the device itself, at the latest p_seconds after it was made, or after the service received it
-- if it is a late one. Only the last one of the person's marks that this key made and that count; late marks and the others apart. The
-- code is UNDONE, with the mark as read_mark shows it, also if this key has voided it before; MARK_NOT_FOUND, also for marks of other
-- keys and of erased people; ALREADY_CORRECTED, with the mark that counts instead, or null; or TOO_LATE_TO_UNDO.
create function undo_mark(p_id bigint, p_seconds integer, p_reason text, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    undone  attendance;
    problem jsonb;
    written bigint;
begin
    select * into undone from attendance where id = p_id and key_id = p_caller ->> 'key_id' and source in ('device', 'late', 'pin');
    if not found then
        return jsonb_build_object('code', 'MARK_NOT_FOUND');
    end if;
    perform 1 from people where user_id = undone.user_id for no key update;
    if not found then
        return jsonb_build_object('code', 'MARK_NOT_FOUND');
    end if;
    problem := correction_problem(undone.user_id, p_id, null);
    if problem ->> 'code' = 'ALREADY_CORRECTED'
        and exists (select 1
                    from corrections c
                    where c.old_mark = p_id and c.action = 'voided' and c.key_id = undone.key_id and c.approved_by is null) then
        return jsonb_build_object('code', 'UNDONE', 'mark', read_mark(p_id));
    end if;
    if problem is not null then
        return problem;
    end if;
    if p_at > coalesce(undone.received_at, undone.marked_at) + make_interval(secs => p_seconds)
        or exists (select 1
                   from attendance a
                   where a.user_id = undone.user_id and a.key_id = undone.key_id and a.source = undone.source and a.id > p_id
                     and mark_counts(a.id)) then
        return jsonb_build_object('code', 'TOO_LATE_TO_UNDO');
    end if;
    insert into corrections (action, user_id, old_mark, reason, key_id, at)
    values ('voided', undone.user_id, p_id, p_reason, p_caller ->> 'key_id', p_at)
    returning id into written;
    perform append_audit(p_at, 'MARK_UNDONE', undone.user_id, p_caller,
                         jsonb_build_object('mark', p_id, 'reason', p_reason));
    perform emit_correction(written);
    return jsonb_build_object('code', 'UNDONE', 'mark', read_mark(p_id));
end
$$;

select restrict_access();
