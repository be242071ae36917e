-- What becomes of events at endpoints: their log, replaying, leases, attempts, and the removal of old ones.

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
    set state = 'waiting', attempts = 0, first_at = null, last_at = null, next_at = p_at, status = null, problem = null, millis = null
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

-- Whether an attempt may be made: the first one always, and another one when its time has come, or when the last one was by a clock that
-- was ahead. A minute of difference between the clocks of instances makes no attempt early.
create function delivery_is_due(d deliveries, p_at timestamptz) returns boolean
    language sql stable
as
$$
select d.next_at <= p_at or d.last_at is null or d.last_at > p_at + interval '1 minute'
$$;

-- Whether an endpoint may be delivered to. The lease ends by the database's clock. One that is longer than any lease, and a pause that is
-- longer than the longest one (RetryRules.LONGEST_WISH), were set by a clock that was ahead.
create function webhook_is_free(w webhooks, p_at timestamptz) returns boolean
    language sql stable
as
$$
select w.state = 'enabled'
       and (w.leased_until is null or w.leased_until <= now() or w.leased_until > now() + interval '10 minutes')
       and (w.retry_at is null or w.retry_at <= p_at or w.retry_at > p_at + interval '2 hours')
$$;

-- Disables an endpoint whose lease is held, or nothing.
create function disable_webhook(p_webhook text, p_lease text, p_reason text, p_at timestamptz) returns void
    language plpgsql
as
$$
declare
    disabled webhooks;
begin
    update webhooks
    set state = 'dead', dead_since = p_at, dead_reason = p_reason
    where id = p_webhook and lease = p_lease and state = 'enabled'
    returning * into disabled;
    if disabled.id is not null then
        perform append_audit(p_at, 'WEBHOOK_DISABLED', null, '{"key_id": "webhooks"}',
                             jsonb_build_object('webhook', p_webhook, 'name', disabled.name, 'reason', p_reason));
    end if;
end
$$;

-- Leases an endpoint for which an event is due to p_lease, for p_lease_s seconds, the one that waits longest, and says what is due:
-- {"any", "webhook", "deliveries"}. any: whether there is an endpoint that gets events; webhook and deliveries, p_limit at the most in the
-- order of their ids, are null if nothing is due. An event is not due while an earlier one of its subject waits for its next attempt.
-- Others that lease at the same time get other endpoints. "no key update", since writing events may not wait for this.
create function take_deliveries(p_lease text, p_lease_s integer, p_limit integer, p_at timestamptz) returns jsonb
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
        where webhook_is_free(w, p_at)
          and exists (select 1 from deliveries d where d.webhook = w.id and d.state = 'waiting')
        order by case when w.served_at <= now() then w.served_at end nulls first, w.id
        for no key update skip locked
    loop
        select jsonb_agg(delivery_as_json(ready.d) order by (ready.d).id)
        into due
        from (select d
              from deliveries d
              where d.webhook = taken.id and d.state = 'waiting' and delivery_is_due(d, p_at)
                and not exists (select 1
                                from deliveries e
                                where e.webhook = d.webhook and e.subject = d.subject and e.state = 'waiting' and e.id < d.id
                                  and not delivery_is_due(e, p_at))
              order by d.id
              limit p_limit) ready;
        if due is not null then
            update webhooks
            set lease = p_lease, leased_until = now() + p_lease_s * interval '1 second', served_at = now()
            where id = taken.id
            returning * into taken;
            return jsonb_build_object('any', true, 'webhook', to_jsonb(taken), 'deliveries', due);
        end if;
    end loop;
    return jsonb_build_object('any', exists (select 1 from webhooks where state = 'enabled'), 'webhook', null, 'deliveries', null);
end
$$;

-- Notes an attempt: {"state", "next_at", "status", "problem", "millis", "failures", "failing_since", "retry_at", "dead_reason"}; the last
-- four are the endpoint's then, and a dead_reason disables it. Extends the lease to p_lease_s seconds from now, and returns whether it is
-- still held; otherwise nothing is noted.
create function finish_delivery(
    p_webhook text, p_lease text, p_lease_s integer, p_delivery bigint, p_attempt jsonb, p_at timestamptz)
    returns boolean
    language plpgsql
as
$$
declare
    reason text := p_attempt ->> 'dead_reason';
    held   webhooks;
begin
    update webhooks
    set failures = (p_attempt ->> 'failures')::integer, failing_since = (p_attempt ->> 'failing_since')::timestamptz,
        retry_at = (p_attempt ->> 'retry_at')::timestamptz, leased_until = now() + p_lease_s * interval '1 second'
    where id = p_webhook and lease = p_lease
    returning * into held;
    if held.id is null then
        return false;
    end if;
    update deliveries
    set state    = p_attempt ->> 'state',
        attempts = attempts + 1,
        first_at = least(first_at, p_at),
        last_at  = p_at,
        next_at  = coalesce((p_attempt ->> 'next_at')::timestamptz, next_at),
        status   = (p_attempt ->> 'status')::integer,
        problem  = p_attempt ->> 'problem',
        millis   = (p_attempt ->> 'millis')::integer
    where id = p_delivery and webhook = p_webhook and state = 'waiting';
    if reason is not null then
        perform disable_webhook(p_webhook, p_lease, reason, p_at);
    end if;
    return reason is null and held.state = 'enabled';
end
$$;

create function release_webhook(p_webhook text, p_lease text) returns void
    language sql volatile
as
$$
update webhooks set lease = null, leased_until = null where id = p_webhook and lease = p_lease
$$;

-- Removes events from before an instant, p_limit at the most, with what became of them, and notes for each endpoint how many still waited
-- for it. Returns how many events.
create function sweep_old_events(p_before timestamptz, p_limit integer, p_at timestamptz) returns integer
    language plpgsql
as
$$
declare
    old_ones bigint[] := array(select id from outbox where at < p_before order by at, id limit p_limit);
    dropped  jsonb;
    entry    jsonb;
begin
    select jsonb_agg(jsonb_build_object('webhook', waited.webhook, 'events', waited.events) order by waited.webhook)
    into dropped
    from (select d.webhook, count(*) as events
          from deliveries d
          join webhooks w on w.id = d.webhook
          where d.event = any (old_ones) and d.state = 'waiting'
          group by d.webhook) waited;
    delete from outbox where id = any (old_ones);
    for entry in select jsonb_array_elements(coalesce(dropped, '[]')) loop
        perform append_audit(p_at, 'WEBHOOK_EVENTS_DROPPED', null, '{"key_id": "webhooks"}', entry);
    end loop;
    return cardinality(old_ones);
end
$$;

-- Removes deliveries to endpoints that are gone, p_limit at the most, and events that have no other ones. Returns how many deliveries.
-- The ids of endpoints that have deliveries are found one after the other in an index, whose rows are many.
create function sweep_strays(p_limit integer) returns integer
    language plpgsql
as
$$
declare
    orphaned text[];
    strays   integer;
begin
    with recursive ids as (
        select min(webhook) as id from deliveries
        union all
        select (select min(d.webhook) from deliveries d where d.webhook > ids.id) from ids where ids.id is not null)
    select array_agg(id)
    into orphaned
    from ids
    where id is not null and not exists (select 1 from webhooks w where w.id = ids.id);
    if orphaned is null then
        return 0;
    end if;
    with gone as (
        delete from deliveries
        where id in (select d.id from deliveries d where d.webhook = any (orphaned) limit p_limit)
        returning id, event),
    removed as (
        delete from outbox o
        where o.id in (select event from gone)
          and not exists (select 1 from deliveries d where d.event = o.id and d.id not in (select id from gone)))
    select count(*) into strays from gone;
    return strays;
end
$$;

select restrict_access();
