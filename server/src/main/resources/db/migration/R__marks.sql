-- Marks, and the answers that are kept for repeated requests.

create function mark_as_json(a attendance) returns jsonb
    language sql stable
as
$$
select jsonb_build_object('id', a.id, 'marked_at', a.marked_at, 'work_date', a.work_date, 'number', a.number,
                          'direction', a.direction)
$$;

-- Decides about a mark and writes it. The person's row is locked first, so that decisions about one person queue up,
-- however many service instances ask at once. The code is MARKED, DAILY_LIMIT_REACHED, TOO_SOON or NOT_ENROLLED; the last one
-- also for somebody who is not active, or bound to another site.
--
-- The caller read p_marked_at before the lock. The mark gets that instant, or, if the person has a mark that is not
-- earlier, the microsecond after that one. Only marks up to p_tolerance_seconds after p_marked_at count for that and for
-- the spacing: later ones come from a clock that was ahead, and neither delay nor refuse a mark. p_work_date is the work
-- date of p_marked_at; p_next_day_at, after p_marked_at, is when p_next_work_date begins, or null if no work date begins
-- within the tolerance and a microsecond.
--
-- A late mark (source 'late') gets p_marked_at, when the device captured it, or the first microsecond from then on at which the
-- person has no mark. It keeps the distance to the marks before and after it, and its direction follows from those of its work date
-- before it. The marks after it stay as they are, also their directions; its number is the next one of the work date, as that of
-- every mark.
--
-- A mark that was voided or replaced counts neither for the limit nor for the spacing nor for the direction, but keeps its number.
--
-- The marks that are in the way of another one are named with their direction as lists show it, in the order of time.
create function decide_mark(
    p_user_id           text,
    p_marked_at         timestamptz,
    p_work_date         date,
    p_next_day_at       timestamptz,
    p_next_work_date    date,
    p_tolerance_seconds integer,
    p_max_per_day       integer,
    p_min_seconds       integer,
    p_origin            jsonb,
    p_evidence          jsonb)
    returns jsonb
    language plpgsql
as
$$
declare
    is_late        boolean  := p_origin ->> 'source' = 'late';
    spacing        interval := make_interval(secs => p_min_seconds);
    written_at     timestamptz;
    written_day    date;
    made_today     integer;
    last_number    integer;
    last_direction text;
    near           attendance;
    made           attendance;
begin
    perform 1
    from people
    where user_id = p_user_id and active and (site is null or site = p_origin ->> 'site')
    for no key update;
    if not found then
        return jsonb_build_object('code', 'NOT_ENROLLED');
    end if;

    if is_late then
        written_at := p_marked_at;
        while exists (select 1 from attendance where user_id = p_user_id and marked_at = written_at) loop
            written_at := written_at + interval '1 microsecond';
        end loop;
    else
        select greatest(p_marked_at, max(marked_at) + interval '1 microsecond')
        into written_at
        from attendance
        where user_id = p_user_id and marked_at <= p_marked_at + make_interval(secs => p_tolerance_seconds);
    end if;
    written_day := case when written_at >= p_next_day_at then p_next_work_date else p_work_date end;

    select count(*) filter (where mark_counts(id)), coalesce(max(number), 0)
    into made_today, last_number
    from attendance
    where user_id = p_user_id and work_date = written_day;

    select m.direction
    into last_direction
    from marks_by_day() m
    join attendance a on a.id = m.id
    where m.user_id = p_user_id and m.work_date = written_day and (a.marked_at < written_at or not is_late)
    order by m.place desc
    limit 1;

    if made_today >= p_max_per_day then
        return jsonb_build_object(
                'code', 'DAILY_LIMIT_REACHED', 'max_per_day', p_max_per_day,
                'marks', (select jsonb_agg(mark_as_json(a) || jsonb_build_object('direction', latest.direction) order by latest.place)
                          from (select m.id, m.place, m.direction
                                from marks_by_day() m
                                where m.user_id = p_user_id and m.work_date = written_day
                                order by m.place desc
                                limit 10) latest
                          join attendance a on a.id = latest.id));
    end if;

    select *
    into near
    from attendance a
    where a.user_id = p_user_id
      and a.marked_at < written_at
      and a.marked_at > written_at - spacing
      and not exists (select 1 from corrections c where c.old_mark = a.id)
    order by a.marked_at desc
    limit 1;
    if not found and is_late then
        select *
        into near
        from attendance a
        where a.user_id = p_user_id
          and a.marked_at > written_at
          and a.marked_at < written_at + spacing
          and not exists (select 1 from corrections c where c.old_mark = a.id)
        order by a.marked_at
        limit 1;
    end if;
    if found then
        select m.direction
        into last_direction
        from marks_by_day() m
        where m.user_id = near.user_id and m.work_date = near.work_date and m.id = near.id;
        return jsonb_build_object(
                'code', 'TOO_SOON', 'next_allowed_at', near.marked_at + spacing,
                'last_mark', mark_as_json(near) || jsonb_build_object('direction', last_direction));
    end if;

    insert into attendance (user_id, marked_at, work_date, number, direction, site, key_id, source, captured_at, received_at,
                            inside_geofence, confidence, similarity, liveness, rival_confidence, rival_similarity, look_alike, direction_given)
    values (p_user_id, written_at, written_day, last_number + 1,
            coalesce(p_origin ->> 'direction', case when last_direction = 'in' then 'out' else 'in' end),
            p_origin ->> 'site', p_origin ->> 'key_id', p_origin ->> 'source',
            case when is_late then p_marked_at end, (p_origin ->> 'received_at')::timestamptz,
            (p_origin ->> 'inside_geofence')::boolean, (p_evidence ->> 'confidence')::real, (p_evidence ->> 'similarity')::real,
            (p_evidence ->> 'liveness')::real, (p_evidence ->> 'rival_confidence')::real,
            (p_evidence ->> 'rival_similarity')::real, (p_evidence ->> 'look_alike')::boolean,
            p_origin ->> 'direction' is not null)
    returning * into made;
    perform emit_mark(made);
    return jsonb_build_object(
            'code', 'MARKED', 'mark', mark_as_json(made), 'remaining_today', p_max_per_day - made_today - 1);
end
$$;

-- Reserves a key for an answer that is about to be given, or returns what is kept under it: {"fingerprint", "answer"}.
-- Whoever takes a key that another transaction has just taken waits for that one to end. Expired keys count as free.
create function claim_key(
    p_key         text,
    p_fingerprint text,
    p_user_id     text,
    p_at          timestamptz,
    p_expires_at  timestamptz,
    p_answer      jsonb)
    returns jsonb
    language plpgsql
as
$$
declare
    kept idempotency;
begin
    loop
        insert into idempotency (key, fingerprint, user_id, created_at, expires_at, answer)
        values (p_key, p_fingerprint, p_user_id, p_at, p_expires_at, p_answer)
        on conflict (key) do update
            set fingerprint = excluded.fingerprint,
                user_id     = excluded.user_id,
                created_at  = excluded.created_at,
                expires_at  = excluded.expires_at,
                answer      = excluded.answer
            where idempotency.expires_at <= excluded.created_at;
        exit when found;
        select * into kept from idempotency where key = p_key;
        if found then
            return jsonb_build_object('fingerprint', kept.fingerprint, 'answer', kept.answer);
        end if;
    end loop;
    return null;
end
$$;

-- Decides about a mark as decide_mark does, once for each key: under a key that was used before, the code is REPEATED, and
-- find_answer says what is kept. p_origin: {"site", "key_id", "source", "direction", "received_at", "inside_geofence"}; without a direction, it is the
-- opposite of the last one of the work date; received_at, of late marks alone, is when the service got the request.
-- p_evidence: {"confidence", "similarity", "liveness", "rival_confidence", "rival_similarity", "look_alike"}; empty of a mark by PIN.
-- The code is KEY_REVOKED, and nothing is kept, if the key was revoked while the request was sent, which may take minutes.
-- p_match: what the answer says beside the mark.
create function mark_attendance(
    p_user_id           text,
    p_marked_at         timestamptz,
    p_work_date         date,
    p_next_day_at       timestamptz,
    p_next_work_date    date,
    p_tolerance_seconds integer,
    p_max_per_day       integer,
    p_min_seconds       integer,
    p_origin            jsonb,
    p_evidence          jsonb,
    p_key               text default null,
    p_fingerprint       text default null,
    p_expires_at        timestamptz default null,
    p_match             jsonb default null)
    returns jsonb
    language plpgsql
as
$$
declare
    decision jsonb;
begin
    if is_revoked(p_origin ->> 'key_id') then
        return jsonb_build_object('code', 'KEY_REVOKED');
    end if;
    if p_key is not null then
        if claim_key(p_key, p_fingerprint, p_user_id,
                     coalesce((p_origin ->> 'received_at')::timestamptz, p_marked_at), p_expires_at, '{}') is not null then
            return jsonb_build_object('code', 'REPEATED');
        end if;
    end if;
    decision := decide_mark(p_user_id, p_marked_at, p_work_date, p_next_day_at, p_next_work_date, p_tolerance_seconds,
                            p_max_per_day, p_min_seconds, p_origin, p_evidence);
    if p_key is not null then
        update idempotency
        set answer = case when decision ->> 'code' = 'MARKED'
                              then jsonb_build_object('match', p_match, 'decision', decision)
                          else jsonb_build_object('decision', decision) end
        where key = p_key;
    end if;
    return decision;
end
$$;

-- What is kept under a key, {"fingerprint", "answer"}, or null.
create function find_answer(p_key text, p_at timestamptz) returns jsonb
    language sql stable
as
$$
select jsonb_build_object('fingerprint', fingerprint, 'answer', answer)
from idempotency
where key = p_key and expires_at > p_at
$$;

-- Keeps the answer to a request that wrote no mark. Returns what is kept then: {"fingerprint", "answer", "repeated"};
-- repeated is true if it is another request's, which came first.
create function keep_answer(
    p_key         text,
    p_fingerprint text,
    p_user_id     text,
    p_at          timestamptz,
    p_expires_at  timestamptz,
    p_answer      jsonb)
    returns jsonb
    language sql
as
$$
select coalesce(
        claim_key(p_key, p_fingerprint, p_user_id, p_at, p_expires_at, p_answer) || '{"repeated": true}',
        jsonb_build_object('fingerprint', p_fingerprint, 'answer', p_answer, 'repeated', false))
$$;

-- Removes every answer that has expired, what imports left unfinished a day ago, and what template_changes has of people who
-- were erased a day ago. Returns the number of removed answers.
create function sweep_expired(p_at timestamptz) returns integer
    language plpgsql
as
$$
declare
    swept integer;
begin
    -- Answers before the counter, as in erase_person, and the counter before the changes, as in note_template_change: otherwise
    -- two transactions could wait for each other.
    delete from idempotency where expires_at <= p_at;
    get diagnostics swept = row_count;
    perform 1 from template_change_counter for update;
    with removed as (
        delete from template_changes c
        where changed_at < now() - interval '1 day' and not exists (select 1 from people p where p.user_id = c.user_id)
        returning change)
    update template_change_counter
    set forgotten = greatest(forgotten, (select max(change) from removed))
    where exists (select 1 from removed);
    delete from import_rows where staged_at < p_at - interval '1 day';
    return swept;
end
$$;

-- The latest instant of a mark of the last work dates or of one of the last hundred audit entries, {"at"}; null if there
-- are none.
create function newest_entry() returns jsonb
    language sql stable
as
$$
select jsonb_build_object('at', greatest(
        (select max(marked_at) from attendance where work_date >= (select max(work_date) from attendance) - 3),
        (select max(l.at) from (select at from audit_log order by id desc limit 100) l)))
$$;

-- Removes the oldest marks of work dates before p_before, p_limit at the most, with their corrections; returns how many. Marks that
-- correct one another stay until the last one of them is as old, so that none counts again and no history has gaps. Also removes
-- requests for corrections that were made before.
create function prune_attendance(p_before date, p_at timestamptz, p_limit integer) returns integer
    language plpgsql
as
$$
declare
    removed integer;
begin
    with recursive kept as (
        select m.id
        from corrections c
        cross join lateral (values (c.old_mark), (c.new_mark)) m(id)
        where exists (select 1 from attendance a where a.id in (c.old_mark, c.new_mark) and a.work_date >= p_before)
        union
        select m.id
        from kept k
        join corrections c on k.id in (c.old_mark, c.new_mark)
        cross join lateral (values (c.old_mark), (c.new_mark)) m(id))
    delete from attendance
    where id in (select id
                 from attendance a
                 where work_date < p_before and not exists (select 1 from kept k where k.id = a.id)
                 order by work_date, id
                 limit p_limit);
    get diagnostics removed = row_count;
    delete from correction_requests where at < p_before::timestamp at time zone 'UTC';
    if removed > 0 then
        perform append_audit(p_at, 'ATTENDANCE_PRUNED', null, '{"key_id": "retention"}',
                             jsonb_build_object('before', p_before, 'marks', removed));
    end if;
    return removed;
end
$$;

select restrict_access();
