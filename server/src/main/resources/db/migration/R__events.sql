-- Events for other systems: what they say, and their writing in the transaction of what they tell.

-- Whether an endpoint gets events of a kind.
create function webhook_wants(w webhooks, p_kind text) returns boolean
    language sql immutable
as
$$
select w.state <> 'paused' and (cardinality(w.events) = 0 or p_kind = any (w.events))
$$;

-- Writes an event for the endpoints that want it; nothing if none does. Without a person, its kind is its subject.
create function emit_event(p_kind text, p_site text, p_user_id text, p_at timestamptz, p_content jsonb) returns void
    language plpgsql
as
$$
declare
    written bigint;
begin
    if not exists (select 1 from webhooks w where webhook_wants(w, p_kind)) then
        return;
    end if;
    insert into outbox (at, kind, site, user_id, content)
    values (p_at, p_kind, p_site, p_user_id, p_content)
    returning id into written;
    insert into deliveries (webhook, event, subject, next_at)
    select w.id, written, coalesce('person ' || p_user_id, p_kind), p_at
    from webhooks w
    where webhook_wants(w, p_kind);
end
$$;

-- A mark as events show it, with its time in the form that the API has.
create function mark_in_event(a attendance) returns jsonb
    language sql stable
as
$$
select mark_as_json(a) || jsonb_build_object(
        'marked_at', to_char(a.marked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'user_id', a.user_id, 'site', a.site, 'source', a.source, 'key_id', a.key_id)
$$;

create function emit_mark(p_mark attendance) returns void
    language plpgsql
as
$$
begin
    perform emit_event('mark.created', p_mark.site, p_mark.user_id, coalesce(p_mark.received_at, p_mark.marked_at),
                       jsonb_build_object('mark', mark_in_event(p_mark)));
end
$$;

-- old_mark no longer counts, new_mark does; each may be null. No reason: it can say anything about the person.
create function emit_correction(p_correction bigint) returns void
    language plpgsql
as
$$
declare
    c       corrections;
    old_one attendance;
    new_one attendance;
begin
    select * into c from corrections where id = p_correction;
    select * into old_one from attendance where id = c.old_mark;
    select * into new_one from attendance where id = c.new_mark;
    perform emit_event('mark.corrected', coalesce(new_one.site, old_one.site), c.user_id, c.at,
                       jsonb_build_object(
                               'action', c.action, 'key_id', c.key_id, 'approved_by', c.approved_by,
                               'old_mark', case when old_one.id is not null then mark_in_event(old_one) end,
                               'new_mark', case when new_one.id is not null then mark_in_event(new_one) end));
end
$$;

-- The event of an entry of the audit log, for those that are events.
create function emit_audited(p_entry audit_log) returns void
    language plpgsql
as
$$
declare
    d       jsonb := p_entry.details;
    kind    text;
    content jsonb;
begin
    case p_entry.action
        when 'RECOGNITION_REFUSED', 'IDENTIFICATION_REFUSED', 'CHALLENGE_FAILED' then
            kind := 'mark.refused';
            content := jsonb_build_object('code', d -> 'code', 'identified', p_entry.action = 'IDENTIFICATION_REFUSED',
                                          'user_id', p_entry.user_id, 'key_id', p_entry.key_id);
        when 'ENROLLMENT_REFUSED' then
            kind := 'person.refused';
            content := jsonb_build_object('code', d -> 'code', 'user_id', p_entry.user_id, 'key_id', p_entry.key_id);
        when 'ENROLLED' then
            kind := 'person.enrolled';
            content := jsonb_build_object('user_id', p_entry.user_id, 'templates', d -> 'templates', 'replaced', d -> 'replaced',
                                          'key_id', p_entry.key_id);
        when 'ERASED' then
            kind := 'person.erased';
            content := jsonb_build_object('user_id', p_entry.user_id, 'marks_kept', d -> 'marks_kept',
                                          'marks_pseudonymised', d -> 'marks_pseudonymised', 'key_id', p_entry.key_id);
        when 'LOOK_ALIKE' then
            kind := 'alarm.look_alike';
            content := jsonb_build_object('user_id', p_entry.user_id, 'rival_user_id', d -> 'rival_user_id',
                                          'rival_similarity', d -> 'rival_similarity', 'rival_confidence', d -> 'rival_confidence');
        when 'PIN_LOCKED' then
            kind := 'alarm.pin_locked';
            content := jsonb_build_object('user_id', p_entry.user_id, 'key_id', p_entry.key_id);
        when 'PAIRING_LOCKED' then
            kind := 'alarm.pairing_locked';
            content := '{}';
        when 'CLOCK_JUMPED' then
            kind := 'alarm.clock';
            content := d;
        when 'WEBHOOK_DISABLED' then
            kind := 'alarm.webhook_disabled';
            content := d;
        else
            return;
    end case;
    perform emit_event(kind, p_entry.site, p_entry.user_id, p_entry.at, content);
end
$$;

-- Writes an event for one endpoint alone, whatever it wants; the id of its delivery, or null if there is no such endpoint.
create function test_webhook(p_id text, p_at timestamptz, p_caller jsonb) returns bigint
    language plpgsql
as
$$
declare
    written bigint;
    waiting bigint;
begin
    perform 1 from webhooks where id = p_id for key share;
    if not found then
        return null;
    end if;
    insert into outbox (at, kind, content)
    values (p_at, 'webhook.test', jsonb_build_object('webhook', p_id, 'key_id', p_caller ->> 'key_id'))
    returning id into written;
    insert into deliveries (webhook, event, subject, next_at)
    values (p_id, written, 'webhook.test ' || written, p_at)
    returning id into waiting;
    return waiting;
end
$$;

select restrict_access();
