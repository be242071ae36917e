-- Bulk enrollment: what lists of people say, and imports of zip files with their reports.

-- Sets group and external_id of an enrolled person; null leaves what is there. Code SET; EXTERNAL_ID_TAKEN, and nothing
-- written, if the external_id is another person's; NOT_ENROLLED.
create function set_person_details(p_user_id text, p_group text, p_external_id text, p_at timestamptz, p_caller jsonb)
    returns jsonb
    language plpgsql
as
$$
begin
    update people
    set "group"     = coalesce(p_group, "group"),
        external_id = coalesce(p_external_id, external_id),
        updated_at  = p_at
    where user_id = p_user_id
      and ("group" is distinct from coalesce(p_group, "group")
           or external_id is distinct from coalesce(p_external_id, external_id));
    if found then
        perform append_audit(p_at, 'PERSON_CHANGED', p_user_id, p_caller,
                             jsonb_strip_nulls(jsonb_build_object('group', p_group, 'external_id', p_external_id)));
    elsif not exists (select 1 from people where user_id = p_user_id) then
        return jsonb_build_object('code', 'NOT_ENROLLED');
    end if;
    return jsonb_build_object('code', 'SET');
exception
    when unique_violation then
        return jsonb_build_object('code', 'EXTERNAL_ID_TAKEN');
end
$$;

select restrict_access();
