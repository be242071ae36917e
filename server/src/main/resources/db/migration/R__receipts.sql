-- Receipts of marks: the keys that sign them, and what they say.

-- A key as it is read; private_key is null of one that was replaced.
create function receipt_key_as_json(k receipt_keys) returns jsonb
    language sql stable
as
$$
select to_jsonb(k) || jsonb_build_object('public_key', encode(k.public_key, 'hex'))
$$;

-- All keys without the private ones: the one that signs, then the latest first.
create function list_receipt_keys() returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(receipt_key_as_json(k) - 'private_key' order by k.private_key is null, k.created_at desc, k.id), '[]') from receipt_keys k
$$;

-- The key that signs, or null if there is none yet.
create function signing_receipt_key() returns jsonb
    language sql stable
as
$$
select receipt_key_as_json(k) from receipt_keys k where private_key is not null
$$;

-- Offers a key, {"id", "public_key", "private_key"}: it signs from now on if none does, or with p_replace instead of the one that does.
-- Returns the key that signs then.
create function offer_receipt_key(p_key jsonb, p_replace boolean, p_at timestamptz, p_caller jsonb) returns jsonb
    language plpgsql
as
$$
declare
    signs receipt_keys;
begin
    perform pg_advisory_xact_lock(hashtextextended('rollcall offer_receipt_key', 0));
    select * into signs from receipt_keys where private_key is not null;
    if found and not p_replace then
        return receipt_key_as_json(signs);
    end if;
    update receipt_keys set private_key = null, replaced_at = p_at where private_key is not null;
    insert into receipt_keys (id, public_key, private_key, created_at)
    values (p_key ->> 'id', decode(p_key ->> 'public_key', 'hex'), p_key ->> 'private_key', p_at)
    returning * into signs;
    perform append_audit(p_at, 'RECEIPT_KEY_MADE', null, p_caller, jsonb_build_object('key', signs.id));
    return receipt_key_as_json(signs);
end
$$;

-- Replaces the stored form of the private half of a key; false if it has changed meanwhile.
create function reseal_receipt_key(p_id text, p_was text, p_private_key text, p_at timestamptz, p_caller jsonb) returns boolean
    language plpgsql
as
$$
begin
    update receipt_keys set private_key = p_private_key where id = p_id and private_key = p_was;
    if not found then
        return false;
    end if;
    perform append_audit(p_at, 'SECRETS_RESEALED', null, p_caller, jsonb_build_object('receipt_keys', 1));
    return true;
end
$$;

-- Removes a key that another one has replaced, so that its receipts can't be verified; false if there is no such key.
create function remove_receipt_key(p_id text, p_at timestamptz, p_caller jsonb) returns boolean
    language plpgsql
as
$$
begin
    delete from receipt_keys where id = p_id and private_key is null;
    if not found then
        return false;
    end if;
    perform append_audit(p_at, 'RECEIPT_KEY_REMOVED', null, p_caller, jsonb_build_object('key', p_id));
    return true;
end
$$;

select restrict_access();
