-- Marks whose numbers follow time, also when requests overtake each other and when a clock was set; the latest instant in
-- the database.

drop function mark_attendance(text, timestamptz, date, integer, integer, jsonb, text, text, timestamptz, jsonb);
drop function decide_mark(text, timestamptz, date, integer, integer, jsonb);

-- Decides about a mark and writes it. The person's row is locked first, so that decisions about one person queue up,
-- however many service instances ask at once. The code is MARKED, DAILY_LIMIT_REACHED, TOO_SOON or NOT_ENROLLED.
--
-- The caller read p_marked_at before the lock. The mark gets that instant, or, if the person has a mark that is not
-- earlier, the microsecond after that one. Only marks up to p_tolerance_seconds after p_marked_at count for that and for
-- the spacing: later ones come from a clock that was ahead, and neither delay nor refuse a mark. p_work_date is the work
-- date of p_marked_at; p_next_day_at, after p_marked_at, is when p_next_work_date begins, or null if no work date begins
-- within the tolerance and a microsecond.
create function decide_mark(
    p_user_id           text,
    p_marked_at         timestamptz,
    p_work_date         date,
    p_next_day_at       timestamptz,
    p_next_work_date    date,
    p_tolerance_seconds integer,
    p_max_per_day       integer,
    p_min_seconds       integer,
    p_evidence          jsonb)
    returns jsonb
    language plpgsql
as
$$
declare
    last_mark   timestamptz;
    written_at  timestamptz;
    written_day date;
    made_today  integer;
    last_number integer;
    made        attendance;
begin
    perform 1 from people where user_id = p_user_id for no key update;
    if not found then
        return jsonb_build_object('code', 'NOT_ENROLLED');
    end if;

    select max(marked_at)
    into last_mark
    from attendance
    where user_id = p_user_id and marked_at <= p_marked_at + make_interval(secs => p_tolerance_seconds);
    written_at := greatest(p_marked_at, last_mark + interval '1 microsecond');
    written_day := case when written_at >= p_next_day_at then p_next_work_date else p_work_date end;

    select count(*), coalesce(max(number), 0)
    into made_today, last_number
    from attendance
    where user_id = p_user_id and work_date = written_day;

    if made_today >= p_max_per_day then
        return jsonb_build_object(
                'code', 'DAILY_LIMIT_REACHED',
                'marks', (select jsonb_agg(mark_as_json(a) order by a.number)
                          from (select *
                                from attendance
                                where user_id = p_user_id and work_date = written_day
                                order by number desc
                                limit 10) a));
    end if;
    if written_at < last_mark + make_interval(secs => p_min_seconds) then
        return jsonb_build_object(
                'code', 'TOO_SOON', 'next_allowed_at', last_mark + make_interval(secs => p_min_seconds));
    end if;

    insert into attendance (user_id, marked_at, work_date, number, direction, confidence, similarity, liveness)
    values (p_user_id, written_at, written_day, last_number + 1, case when made_today % 2 = 0 then 'in' else 'out' end,
            (p_evidence ->> 'confidence')::real, (p_evidence ->> 'similarity')::real,
            (p_evidence ->> 'liveness')::real)
    returning * into made;
    return jsonb_build_object(
            'code', 'MARKED', 'mark', mark_as_json(made), 'remaining_today', p_max_per_day - made_today - 1);
end
$$;

-- Decides about a mark as decide_mark does, once for each key: under a key that was used before, the code is REPEATED, and
-- what is kept comes with it. p_evidence: {"confidence", "similarity", "liveness"}. p_match: what the answer says beside
-- the mark.
create function mark_attendance(
    p_user_id           text,
    p_marked_at         timestamptz,
    p_work_date         date,
    p_next_day_at       timestamptz,
    p_next_work_date    date,
    p_tolerance_seconds integer,
    p_max_per_day       integer,
    p_min_seconds       integer,
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
    kept     jsonb;
    decision jsonb;
begin
    if p_key is not null then
        kept := claim_key(p_key, p_fingerprint, p_user_id, p_marked_at, p_expires_at, '{}');
        if kept is not null then
            return kept || jsonb_build_object('code', 'REPEATED');
        end if;
    end if;
    decision := decide_mark(p_user_id, p_marked_at, p_work_date, p_next_day_at, p_next_work_date, p_tolerance_seconds,
                            p_max_per_day, p_min_seconds, p_evidence);
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

-- Keeps the answer to a request that wrote no mark. Answers what is kept then: {"fingerprint", "answer", "repeated"};
-- repeated is true if it is another request's, which came first.
create or replace function keep_answer(
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

-- The latest instant of a mark of the last work dates or of one of the last hundred audit entries, or null if there are
-- none.
create function newest_entry() returns jsonb
    language sql stable
as
$$
select to_jsonb(greatest(
        (select max(marked_at) from attendance where work_date >= (select max(work_date) from attendance) - 2),
        (select max(l.at) from (select at from audit_log order by id desc limit 100) l)))
$$;

select restrict_access(
        array []::text[],
        array ['decide_mark', 'mark_attendance', 'keep_answer', 'newest_entry']);

create or replace function rollcall_schema_version() returns integer
    language sql immutable as 'select 12';
