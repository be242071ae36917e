-- PINs of people, and the limits of attempts at them.

-- Sets the hash of a person's PIN, or removes the PIN if p_hash is null; the attempts at the one before count no more. Returns when the
-- PIN was set, {"set_at"}, or null if there is no such person.
create function set_pin(p_user_id text, p_hash text, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    had_one boolean;
begin
    select pin_hash is not null into had_one from people where user_id = p_user_id for no key update;
    if not found then
        return null;
    end if;
    update people
    set pin_hash = p_hash, pin_set_at = case when p_hash is not null then p_at end
    where user_id = p_user_id;
    delete from pin_attempts where subject = 'person ' || p_user_id;
    if p_hash is not null or had_one then
        perform append_audit(p_at, case when p_hash is null then 'PIN_REMOVED' else 'PIN_SET' end, p_user_id, p_caller, '{}');
    end if;
    return jsonb_build_object('set_at', case when p_hash is not null then p_at end);
end
$$;

-- When the PIN of a person was set and the badge issued, {"pin_set_at", "badge_issued_at"}, or null if there is no such person.
create function find_credentials(p_user_id text) returns jsonb
    language sql stable
as
$$
select jsonb_build_object('pin_set_at', pin_set_at, 'badge_issued_at', badge_issued_at) from people where user_id = p_user_id
$$;

-- Counts an attempt of a subject of pin_attempts; returns until when the subject is locked, or null if the attempt may be made. Attempts
-- at the same moment queue up for the row, so that never more than p_most may be made.
create function count_attempt_of(p_subject text, p_most integer, p_window interval, p_at timestamptz) returns timestamptz
    language plpgsql
as
$$
begin
    insert into pin_attempts as a (subject, since, attempts)
    values (p_subject, p_at, 1)
    on conflict (subject) do update
        set (since, attempts, noted) = (
            select n.since, n.attempts, n.noted from with_attempt(a.since, a.attempts, a.noted, p_window, p_at) n)
        where not (attempts_still_count(a.since, p_window, p_at) and a.attempts >= p_most);
    if found then
        return null;
    end if;
    return (select a.since + p_window from pin_attempts a where a.subject = p_subject);
end
$$;

-- Counts an attempt at a PIN before it is made, for the user_id, whether anybody has it or not, and for the key of the device. The code is
-- LOCKED, with the time until which no attempt may be made; or COUNTED, with name and pin_hash of the person, both null unless the person
-- may be marked at the site and has a PIN. Attempts of a locked key leave no rows. p_limits: {"window_s", "per_person", "per_key"}.
create function count_pin_attempt(p_user_id text, p_key_id text, p_site text, p_at timestamptz, p_limits jsonb) returns jsonb
    language plpgsql
as
$$
declare
    span         interval := make_interval(secs => (p_limits ->> 'window_s')::integer);
    locked_until timestamptz;
begin
    select a.since + span into locked_until
    from pin_attempts a
    where a.subject = 'key ' || p_key_id and a.attempts >= (p_limits ->> 'per_key')::integer and attempts_still_count(a.since, span, p_at);
    if found then
        return jsonb_build_object('code', 'LOCKED', 'until', locked_until);
    end if;
    locked_until := count_attempt_of('person ' || p_user_id, (p_limits ->> 'per_person')::integer, span, p_at);
    if locked_until is not null then
        return jsonb_build_object('code', 'LOCKED', 'until', locked_until);
    end if;
    locked_until := count_attempt_of('key ' || p_key_id, (p_limits ->> 'per_key')::integer, span, p_at);
    if locked_until is not null then
        update pin_attempts set attempts = attempts - 1 where subject = 'person ' || p_user_id;
        return jsonb_build_object('code', 'LOCKED', 'until', locked_until);
    end if;
    return jsonb_build_object('code', 'COUNTED', 'name', null, 'pin_hash', null)
           || coalesce((select jsonb_build_object('name', name, 'pin_hash', pin_hash)
                        from people
                        where user_id = p_user_id and active and (site is null or site = p_site) and pin_hash is not null), '{}');
end
$$;

-- Ends a counted attempt. One with the right PIN, or whose PIN wasn't checked, is taken back. Once the wrong ones of the person, or of the
-- key, are used up, the window begins with this one; the audit log notes it once, and again if one was taken back since.
create function end_pin_attempt(
    p_user_id text, p_key_id text, p_is_taken_back boolean, p_at timestamptz, p_limits jsonb, p_caller jsonb)
    returns void
    language plpgsql
as
$$
declare
    span    interval := make_interval(secs => (p_limits ->> 'window_s')::integer);
    used_up record;
begin
    perform 1
    from pin_attempts
    where subject in ('person ' || p_user_id, 'key ' || p_key_id)
    order by subject desc
    for update;
    if p_is_taken_back then
        update pin_attempts a
        set attempts = greatest(a.attempts - 1, 0), noted = a.noted and a.attempts > l.most
        from (values ('person ' || p_user_id, (p_limits ->> 'per_person')::integer),
                     ('key ' || p_key_id, (p_limits ->> 'per_key')::integer)) l(subject, most)
        where a.subject = l.subject;
        return;
    end if;
    for used_up in
        update pin_attempts a
        set since = greatest(a.since, p_at), noted = true
        from (values ('person ' || p_user_id, 'person', (p_limits ->> 'per_person')::integer),
                     ('key ' || p_key_id, 'key', (p_limits ->> 'per_key')::integer)) l(subject, whose, most),
             pin_attempts before
        where a.subject = l.subject and before.subject = l.subject and a.attempts >= l.most
        returning l.whose, a.since, before.noted
    loop
        if not used_up.noted then
            perform append_audit(p_at, 'PIN_LOCKED', p_user_id, p_caller,
                                 jsonb_build_object('attempts_of', used_up.whose, 'until', used_up.since + span));
        end if;
    end loop;
end
$$;

-- Removes counts of attempts that began before p_before.
create function sweep_pin_attempts(p_before timestamptz) returns void
    language sql
as
$$
delete from pin_attempts
where subject in (select a.subject from pin_attempts a where a.since < p_before order by a.subject desc for update)
  and since < p_before
$$;

select restrict_access();
