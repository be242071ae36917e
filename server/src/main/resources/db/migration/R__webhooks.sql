-- Events for other systems: written in the transaction of what they tell, delivered by the service.

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

-- A mark as events and receipts show it.
create function mark_in_event(a attendance) returns jsonb
    language sql stable
as
$$
select mark_as_json(a) || jsonb_build_object('user_id', a.user_id, 'site', a.site, 'source', a.source, 'key_id', a.key_id)
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

-- An endpoint without its secrets, and how many events wait for it, up to 1,000.
create function webhook_as_json(w webhooks) returns jsonb
    language sql stable
as
$$
select to_jsonb(w) - array ['secret', 'old_secret', 'lease', 'leased_until', 'served_at']
       || jsonb_build_object('waiting', (select count(*)
                                         from (select 1 from deliveries d where d.webhook = w.id and d.state = 'waiting' limit 1000) d))
$$;

create function list_webhooks() returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(webhook_as_json(w) order by w.created_at, w.id), '[]') from webhooks w
$$;

create function find_webhook(p_id text) returns jsonb
    language sql stable
as
$$
select webhook_as_json(w) from webhooks w where id = p_id
$$;

-- Adds an endpoint; null if there are p_most already. p_wanted: {"id", "name", "url", "events", "secret"}.
create function create_webhook(p_wanted jsonb, p_most integer, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    made webhooks;
begin
    perform pg_advisory_xact_lock(hashtextextended('rollcall create_webhook', 0));
    if (select count(*) from webhooks) >= p_most then
        return null;
    end if;
    insert into webhooks (id, name, url, events, secret, state, created_at, updated_at)
    values (p_wanted ->> 'id', p_wanted ->> 'name', p_wanted ->> 'url',
            array(select jsonb_array_elements_text(p_wanted -> 'events')), p_wanted ->> 'secret', 'enabled', p_at, p_at)
    returning * into made;
    perform append_audit(p_at, 'WEBHOOK_CREATED', null, p_caller,
                         jsonb_build_object('webhook', made.id, 'name', made.name, 'url', made.url, 'events', made.events));
    return webhook_as_json(made);
end
$$;

-- Changes what is given: {"name", "url", "events", "state"}; null if there is no such endpoint. The state paused or enabled, also of a
-- dead one, which then gets what has waited. If it is enabled, or its url is another one, a turn that is under way ends with its attempt, and
-- another one may begin. One that changes nothing is not noted.
create function change_webhook(p_id text, p_change jsonb, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    old_one webhooks;
    changed webhooks;
    fresh   boolean;
begin
    select * into old_one from webhooks where id = p_id for no key update;
    if not found then
        return null;
    end if;
    fresh := p_change ->> 'state' = 'enabled' and old_one.state <> 'enabled' or p_change ->> 'url' <> old_one.url;
    update webhooks
    set name          = coalesce(p_change ->> 'name', name),
        url           = coalesce(p_change ->> 'url', url),
        events        = case when p_change -> 'events' is null then events
                             else array(select jsonb_array_elements_text(p_change -> 'events')) end,
        state         = coalesce(p_change ->> 'state', state),
        dead_since    = case when p_change ->> 'state' is null then dead_since end,
        dead_reason   = case when p_change ->> 'state' is null then dead_reason end,
        failures      = case when fresh then 0 else failures end,
        failing_since = case when fresh then null else failing_since end,
        retry_at      = case when fresh then null else retry_at end,
        lease         = case when fresh then null else lease end,
        leased_until  = case when fresh then null else leased_until end,
        updated_at    = p_at
    where id = p_id
    returning * into changed;
    if (changed.name, changed.url, changed.events, changed.state) is distinct from (old_one.name, old_one.url, old_one.events, old_one.state) then
        if fresh then
            update deliveries
            set next_at = p_at
            where id in (select id
                         from deliveries
                         where webhook = p_id and state = 'waiting' and next_at > p_at
                         order by id
                         for no key update skip locked);
        end if;
        perform append_audit(p_at, 'WEBHOOK_CHANGED', null, p_caller, p_change || jsonb_build_object('webhook', p_id));
    end if;
    return webhook_as_json(changed);
end
$$;

-- Removes an endpoint; its deliveries are removed later. False if there is none.
create function delete_webhook(p_id text, p_at timestamptz, p_caller jsonb) returns boolean
    language plpgsql
as
$$
declare
    gone webhooks;
begin
    delete from webhooks where id = p_id returning * into gone;
    if gone.id is null then
        return false;
    end if;
    perform append_audit(p_at, 'WEBHOOK_DELETED', null, p_caller, jsonb_build_object('webhook', p_id, 'name', gone.name, 'url', gone.url));
    return true;
end
$$;

-- Replaces the secret; the one before signs too until p_until. Null if there is no such endpoint.
create function rotate_webhook_secret(p_id text, p_secret text, p_until timestamptz, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    changed webhooks;
begin
    update webhooks
    set old_secret = secret, old_secret_until = p_until, secret = p_secret, updated_at = p_at
    where id = p_id
    returning * into changed;
    if changed.id is null then
        return null;
    end if;
    perform append_audit(p_at, 'WEBHOOK_SECRET_ROTATED', null, p_caller, jsonb_build_object('webhook', p_id, 'old_until', p_until));
    return webhook_as_json(changed);
end
$$;

-- The secrets of all endpoints as they are stored: [{"id", "secret", "old_secret"}].
create function list_webhook_secrets() returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(jsonb_build_object('id', id, 'secret', secret, 'old_secret', old_secret) order by id), '[]') from webhooks
$$;

-- Replaces the stored forms of secrets: p_rows is [{"id", "was", "secret", "old_secret"}]. Those of an endpoint whose secret is no longer
-- stored as "was" stay. Returns of how many endpoints they were replaced.
create function reseal_webhook_secrets(p_rows jsonb, p_at timestamptz, p_caller jsonb) returns integer
    language plpgsql
as
$$
declare
    replaced integer;
begin
    update webhooks w
    set secret = r.secret, old_secret = r.old_secret
    from jsonb_to_recordset(p_rows) r(id text, was text, secret text, old_secret text)
    where w.id = r.id and w.secret = r.was;
    get diagnostics replaced = row_count;
    if replaced > 0 then
        perform append_audit(p_at, 'SECRETS_RESEALED', null, p_caller, jsonb_build_object('webhooks', replaced));
    end if;
    return replaced;
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

-- A delivery with its event.
create function delivery_as_json(d deliveries) returns jsonb
    language sql stable
as
$$
select to_jsonb(d) || jsonb_build_object('event', o.event, 'kind', o.kind, 'at', o.at, 'site', o.site, 'user_id', o.user_id,
                                         'content', o.content)
from outbox o
where o.id = d.event
$$;

-- Deliveries of an endpoint with ids under p_before, the latest first. A null doesn't restrict.
create function list_deliveries(p_webhook text, p_state text, p_before bigint, p_limit integer) returns jsonb
    language plpgsql stable
    set plan_cache_mode = force_custom_plan
as
$$
begin
    return (select coalesce(jsonb_agg(delivery_as_json(page.d) order by (page.d).id desc), '[]')
            from (select d
                  from deliveries d
                  where d.webhook = p_webhook and (p_before is null or d.id < p_before) and (p_state is null or d.state = p_state)
                  order by d.id desc
                  limit p_limit) page);
end
$$;

-- Lets deliveries of an endpoint wait again: one, or those of events from an instant on that failed, or with p_delivered all of them.
-- Those that somebody else is changing, who may be erasing a person, are left. Returns how many; null if there is no such endpoint.
create function replay_deliveries(
    p_webhook text, p_delivery bigint, p_since timestamptz, p_delivered boolean, p_at timestamptz, p_caller jsonb)
    returns bigint
    language plpgsql
as
$$
declare
    replayed bigint;
begin
    perform 1 from webhooks where id = p_webhook for key share;
    if not found then
        return null;
    end if;
    update deliveries
    set state = 'waiting', attempts = 0, first_at = null, next_at = p_at
    where id in (select d.id
                 from deliveries d
                 join outbox o on o.id = d.event
                 where d.webhook = p_webhook
                   and (d.id = p_delivery
                        or p_delivery is null and o.at >= p_since
                           and (d.state = 'failed' or p_delivered and d.state = 'delivered'))
                 order by d.id
                 for no key update of d skip locked);
    get diagnostics replayed = row_count;
    if replayed > 0 then
        perform append_audit(p_at, 'WEBHOOK_REPLAYED', null, p_caller,
                             jsonb_strip_nulls(jsonb_build_object('webhook', p_webhook, 'delivery', p_delivery, 'since', p_since,
                                                                  'deliveries', replayed)));
    end if;
    return replayed;
end
$$;

-- Leases an endpoint for which an event is due to p_lease, until p_leased_until, the one that waits longest, and says what is due:
-- {"any", "webhook", "deliveries"}. any: whether there is an endpoint that gets events; webhook and deliveries, p_limit at the most in the
-- order of their ids, are null if nothing is due. An event is not due while an earlier one of its subject waits for its next attempt.
-- Others that lease at the same time get other endpoints. "no key update", since writing events may not wait for this.
create function take_deliveries(p_lease text, p_leased_until timestamptz, p_limit integer, p_at timestamptz) returns jsonb
    language plpgsql
as
$$
declare
    taken webhooks;
    due   jsonb;
begin
    for taken in
        select *
        from webhooks w
        where w.state = 'enabled' and (w.leased_until is null or w.leased_until <= p_at)
          and (w.retry_at is null or w.retry_at <= p_at)
          and exists (select 1 from deliveries d where d.webhook = w.id and d.state = 'waiting')
        order by w.served_at nulls first, w.id
        for no key update skip locked
    loop
        select jsonb_agg(delivery_as_json(ready.d) order by (ready.d).id)
        into due
        from (select d
              from deliveries d
              where d.webhook = taken.id and d.state = 'waiting' and d.next_at <= p_at
                and not exists (select 1
                                from deliveries e
                                where e.webhook = d.webhook and e.subject = d.subject and e.state = 'waiting' and e.id < d.id
                                  and e.next_at > p_at)
              order by d.id
              limit p_limit) ready;
        if due is not null then
            update webhooks
            set lease = p_lease, leased_until = p_leased_until, served_at = p_at
            where id = taken.id
            returning * into taken;
            return jsonb_build_object('any', true, 'webhook', to_jsonb(taken), 'deliveries', due);
        end if;
    end loop;
    return jsonb_build_object('any', exists (select 1 from webhooks where state = 'enabled'), 'webhook', null, 'deliveries', null);
end
$$;

-- Notes an attempt: {"state", "next_at", "status", "problem", "millis", "failures", "failing_since", "retry_at", "dead_reason"}; the last
-- four are the endpoint's then, and a dead_reason disables it. Extends the lease, and returns whether it is still held; otherwise
-- nothing is noted.
create function finish_delivery(
    p_webhook text, p_lease text, p_leased_until timestamptz, p_delivery bigint, p_attempt jsonb, p_at timestamptz)
    returns boolean
    language plpgsql
as
$$
declare
    dies boolean := p_attempt ->> 'dead_reason' is not null;
    held webhooks;
begin
    update webhooks
    set failures = (p_attempt ->> 'failures')::integer, failing_since = (p_attempt ->> 'failing_since')::timestamptz,
        retry_at = (p_attempt ->> 'retry_at')::timestamptz, leased_until = p_leased_until
    where id = p_webhook and lease = p_lease
    returning * into held;
    if held.id is null then
        return false;
    end if;
    update deliveries
    set state    = p_attempt ->> 'state',
        attempts = attempts + 1,
        first_at = coalesce(first_at, p_at),
        last_at  = p_at,
        next_at  = coalesce((p_attempt ->> 'next_at')::timestamptz, next_at),
        status   = (p_attempt ->> 'status')::integer,
        problem  = p_attempt ->> 'problem',
        millis   = (p_attempt ->> 'millis')::integer
    where id = p_delivery and webhook = p_webhook and state = 'waiting';
    if dies and held.state = 'enabled' then
        update webhooks
        set state = 'dead', dead_since = p_at, dead_reason = p_attempt ->> 'dead_reason'
        where id = p_webhook;
        perform append_audit(p_at, 'WEBHOOK_DISABLED', null, '{"key_id": "webhooks"}',
                             jsonb_build_object('webhook', p_webhook, 'name', held.name, 'reason', p_attempt ->> 'dead_reason'));
    end if;
    return not dies and held.state = 'enabled';
end
$$;

create function release_webhook(p_webhook text, p_lease text) returns void
    language sql volatile
as
$$
update webhooks set lease = null, leased_until = null where id = p_webhook and lease = p_lease
$$;

-- Removes events from before an instant, p_limit at the most, with what became of them; and deliveries to endpoints that are gone,
-- as many, with events that have no other ones. Returns how many rows.
create function sweep_events(p_before timestamptz, p_limit integer) returns integer
    language plpgsql
as
$$
declare
    old_ones integer;
    strays   integer;
begin
    delete from outbox where id in (select id from outbox where at < p_before order by at, id limit p_limit);
    get diagnostics old_ones = row_count;
    with gone as (
        delete from deliveries
        where id in (select d.id from deliveries d where not exists (select 1 from webhooks w where w.id = d.webhook) limit p_limit)
        returning id, event)
    delete from outbox o
    where o.id in (select event from gone)
      and not exists (select 1 from deliveries d where d.event = o.id and d.id not in (select id from gone));
    get diagnostics strays = row_count;
    return old_ones + strays;
end
$$;

select restrict_access();
