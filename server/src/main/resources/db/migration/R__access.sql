-- Which objects are this schema's own, and who may access them: their owner, and Supabase's service role where there is one.
-- This file runs before the other ones with functions, in one transaction with them. It drops the functions that are
-- there, since "create or replace" can't change a signature; trigger functions stay, since triggers hold them.
--
-- An object is the schema's own if its comment begins with "Rollcall". Others in the same schema are left alone.

do
$$
declare
    old_function regprocedure;
begin
    for old_function in
        select oid
        from pg_proc
        where pronamespace = current_schema()::regnamespace
          and prorettype <> 'trigger'::regtype
          and obj_description(oid, 'pg_proc') like 'Rollcall%'
    loop
        execute format('drop function %s', old_function);
    end loop;
end
$$;

-- Functions that exist before the files are run are others', unless they are the schema's own trigger functions.
select set_config('rollcall.functions_of_others', (array(
        select oid
        from pg_proc
        where pronamespace = current_schema()::regnamespace
          and coalesce(obj_description(oid, 'pg_proc'), '') not like 'Rollcall%'))::text, true);

-- Functions may call others of files that are run later.
set local check_function_bodies = off;

-- Comments each new function as the schema's own, and revokes all rights on the schema's own objects from every role but their
-- owner and the service role. The service role may only read the tables of the schema's version and of the audit log. Functions
-- with "security definer" get a search path of this schema, whatever their caller has set.
create function restrict_access() returns void
    language plpgsql
as
$$
declare
    others       oid[] := nullif(current_setting('rollcall.functions_of_others', true), '')::oid[];
    thing        record;
    role_to_deny text;
begin
    for thing in
        select oid::regprocedure as name
        from pg_proc
        where pronamespace = current_schema()::regnamespace and oid <> all (others)
    loop
        execute format('comment on function %s is %L', thing.name, 'Rollcall');
    end loop;

    for thing in
        with own_tables as (
            select oid, case when relname in ('rollcall_schema', 'rollcall_migrations', 'audit_log', 'audit_chains')
                                 then 'select' else 'all' end as rights
            from pg_class
            where relnamespace = current_schema()::regnamespace and relkind = 'r'
              and obj_description(oid, 'pg_class') like 'Rollcall%')
        select 'table' as kind, oid::regclass::text as name, rights, false as is_definers from own_tables
        union all
        select 'sequence', s.oid::regclass::text, t.rights, false
        from own_tables t
        join pg_depend d on d.refobjid = t.oid and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
        join pg_class s on s.oid = d.objid and s.relkind = 'S'
        where d.classid = 'pg_class'::regclass
        union all
        select 'function', oid::regprocedure::text, 'all', prosecdef
        from pg_proc
        where pronamespace = current_schema()::regnamespace and obj_description(oid, 'pg_proc') like 'Rollcall%'
    loop
        execute format('revoke all on %s %s from public', thing.kind, thing.name);
        for role_to_deny in select rolname from pg_roles where rolname in ('anon', 'authenticated', 'service_role')
        loop
            execute format('revoke all on %s %s from %I', thing.kind, thing.name, role_to_deny);
        end loop;
        if exists (select 1 from pg_roles where rolname = 'service_role') then
            execute format('grant %s on %s %s to service_role', thing.rights, thing.kind, thing.name);
        end if;
        if thing.is_definers then
            execute format('alter function %s set search_path = %I, pg_temp', thing.name, current_schema());
        end if;
    end loop;
end
$$;

-- Raises an error for Supabase's public roles. Called by functions with "security definer".
create function refuse_public_roles() returns void
    language plpgsql stable
as
$$
begin
    if current_setting('role', true) in ('anon', 'authenticated') then
        raise exception 'permission denied' using errcode = '42501';
    end if;
end
$$;

-- What this schema is: {"version", "revision", "checksum"}; and whether the database accepts no writes: "read_only" if it
-- was made so, "standby" if it is a replica.
create function rollcall_schema_version() returns jsonb
    language sql stable
as
$$
select jsonb_build_object('version', version, 'revision', revision, 'checksum', checksum,
                          'read_only', current_setting('default_transaction_read_only')::boolean,
                          'standby', pg_is_in_recovery())
from rollcall_schema
$$;

select restrict_access();
