-- Endpoints of other systems that get events.

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
-- dead one, which then gets what has waited. A new address, and one that is enabled, begin without failures, also of the events that
-- wait, and an attempt that is under way is not noted. A change that changes nothing is not noted either.
create function change_webhook(p_id text, p_change jsonb, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    old_one webhooks;
    wanted  webhooks;
    fresh   boolean;
begin
    select * into old_one from webhooks where id = p_id for no key update;
    if not found then
        return null;
    end if;
    wanted := old_one;
    wanted.name := coalesce(p_change ->> 'name', old_one.name);
    wanted.url := coalesce(p_change ->> 'url', old_one.url);
    wanted.state := coalesce(p_change ->> 'state', old_one.state);
    if p_change -> 'events' is not null then
        wanted.events := array(select jsonb_array_elements_text(p_change -> 'events'));
    end if;
    if wanted = old_one then
        return webhook_as_json(old_one);
    end if;
    fresh := wanted.state = 'enabled' and old_one.state <> 'enabled' or wanted.url <> old_one.url;
    update webhooks
    set name          = wanted.name,
        url           = wanted.url,
        events        = wanted.events,
        state         = wanted.state,
        dead_since    = case when wanted.state = 'dead' then dead_since end,
        dead_reason   = case when wanted.state = 'dead' then dead_reason end,
        failures      = case when fresh then 0 else failures end,
        failing_since = case when fresh then null else failing_since end,
        retry_at      = case when fresh then null else retry_at end,
        lease         = case when fresh then null else lease end,
        leased_until  = case when fresh then null else leased_until end,
        updated_at    = p_at
    where id = p_id
    returning * into wanted;
    if fresh then
        update deliveries
        set next_at = least(next_at, p_at), attempts = 0, first_at = null
        where id in (select id
                     from deliveries
                     where webhook = p_id and state = 'waiting' and (next_at > p_at or attempts > 0)
                     order by id
                     for no key update skip locked);
    end if;
    perform append_audit(p_at, 'WEBHOOK_CHANGED', null, p_caller, p_change || jsonb_build_object('webhook', p_id));
    return webhook_as_json(wanted);
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

-- The stored secrets of all endpoints: [{"id", "secret", "old_secret", "old_secret_until"}].
create function list_webhook_secrets() returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(jsonb_build_object('id', id, 'secret', secret, 'old_secret', old_secret,
                                             'old_secret_until', old_secret_until) order by id), '[]')
from webhooks
$$;

-- Replaces the stored forms of secrets: p_rows is [{"id", "was_secret", "was_old_secret", "secret", "old_secret"}]. Those of an endpoint
-- that have changed meanwhile stay. Returns of how many endpoints they were replaced.
create function reseal_webhook_secrets(p_rows jsonb, p_at timestamptz, p_caller jsonb) returns integer
    language plpgsql
as
$$
declare
    replaced integer;
begin
    update webhooks w
    set secret           = r.secret,
        old_secret       = r.old_secret,
        old_secret_until = case when r.old_secret is not null then w.old_secret_until end
    from jsonb_to_recordset(p_rows) r(id text, was_secret text, was_old_secret text, secret text, old_secret text)
    where w.id = r.id and w.secret = r.was_secret and w.old_secret is not distinct from r.was_old_secret;
    get diagnostics replaced = row_count;
    if replaced > 0 then
        perform append_audit(p_at, 'SECRETS_RESEALED', null, p_caller, jsonb_build_object('webhooks', replaced));
    end if;
    return replaced;
end
$$;

select restrict_access();
