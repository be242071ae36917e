-- Who may touch what: the owner, and Supabase's service role where there is one; nobody else, least of all Supabase's
-- anon and authenticated roles, to which a project grants everything in advance.

-- Takes tables, their sequences and functions from everybody but their owner and the service role. Later migrations
-- call it for what they create.
create function restrict_access(p_tables text[], p_functions text[]) returns void
    language plpgsql
as
$$
declare
    thing    text;
    outsider text;
begin
    for thing in
        select 'table ' || oid::regclass
        from pg_class
        where relnamespace = current_schema()::regnamespace and relkind = 'r' and relname = any (p_tables)
        union all
        select 'sequence ' || s.oid::regclass
        from pg_class s
        join pg_depend d on d.objid = s.oid and d.deptype in ('a', 'i')
        join pg_class t on t.oid = d.refobjid
        where s.relkind = 'S' and t.relnamespace = current_schema()::regnamespace and t.relname = any (p_tables)
        union all
        select 'function ' || oid::regprocedure
        from pg_proc
        where pronamespace = current_schema()::regnamespace and proname = any (p_functions)
    loop
        execute format('revoke all on %s from public', thing);
        for outsider in select rolname from pg_roles where rolname in ('anon', 'authenticated')
        loop
            execute format('revoke all on %s from %I', thing, outsider);
        end loop;
        if exists (select 1 from pg_roles where rolname = 'service_role') then
            execute format('grant all on %s to service_role', thing);
        end if;
    end loop;
end
$$;

select restrict_access(
        array ['people', 'face_embeddings', 'attendance', 'api_keys', 'audit_log', 'idempotency', 'import_rows'],
        array ['find_person', 'list_templates', 'enroll_person', 'list_people', 'erase_person', 'has_api_key',
               'add_first_api_key', 'mark_as_json', 'decide_mark', 'claim_key', 'find_answer', 'keep_answer', 'sweep_expired',
               'mark_attendance', 'list_attendance', 'export_rows', 'stage_import', 'abandon_import',
               'imported_templates', 'import_conflicts', 'finish_import', 'rollcall_schema_version',
               'restrict_access']);

create or replace function rollcall_schema_version() returns integer
    language sql immutable as 'select 6';
