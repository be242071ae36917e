-- What the estimate of a site's false match rate reads, and the thresholds that follow from it.

-- The active sites: {"change", "sites": [{"site", "own_people", "target_error_rate", "threshold"}]}. change: the number of the last
-- change of templates; own_people: whether active people are bound to the site.
create function list_site_thresholds() returns jsonb
    language sql stable
as
$$
select jsonb_build_object(
        'change', (select last from template_change_counter),
        'sites', (select coalesce(jsonb_agg(jsonb_build_object(
                                                    'site', s.site,
                                                    'own_people', exists (select 1
                                                                          from people p
                                                                          where p.site = s.site and p.active),
                                                    'target_error_rate', s.target_error_rate,
                                                    'threshold', s.threshold)
                                            order by s.site), '[]')
                  from sites s
                  where s.active))
$$;

-- Active people with templates of a model, who are bound to a site or to none: [{"place", "user_id", "templates"}]. p_site null:
-- bound to none. In the order of a hash of their user ids, behind p_after, so that the first ones are as good as a random part.
create function list_people_at_random(p_model text, p_site text, p_after bigint, p_limit integer) returns jsonb
    language sql stable
as
$$
select coalesce(jsonb_agg(jsonb_build_object(
                                  'place', q.place, 'user_id', q.user_id,
                                  'look_alikes', coalesce((select jsonb_agg(l.user_id)
                                                           from look_alikes_of(q.user_id) l), '[]'),
                                  'templates', (select jsonb_agg(jsonb_build_object(
                                                                         'embedding', encode(f.embedding, 'hex'),
                                                                         'sealed_with', f.sealed_with)
                                                                 order by f.id)
                                                from face_embeddings f
                                                where f.user_id = q.user_id and f.model = p_model))
                          order by q.place), '[]')
from (select hashtextextended(p.user_id, 0) as place, p.user_id
      from people p
      where p.active
        and (p.site is null or p.site = p_site)
        and (p_after is null or hashtextextended(p.user_id, 0) > p_after)
        and exists (select 1 from face_embeddings f where f.user_id = p.user_id and f.model = p_model)
      order by 1
      limit p_limit) q
$$;

-- The similarities of the latest marks of a site by devices, of active people who may mark there, p_most at the most, without
-- voided and replaced ones: {"marks", "people", "below": [{"marks", "people"}]}. below: for each number of p_similarities, how many of these
-- marks, and of the medians of these people, are lower.
create function count_marks_below(p_site text, p_since timestamptz, p_most integer, p_similarities jsonb) returns jsonb
    language sql stable
as
$$
with recent as materialized (
    select a.user_id, a.similarity
    from attendance a
    join people p on p.user_id = a.user_id and p.active and (p.site is null or p.site = p_site)
    where a.site = p_site
      and a.source in ('device', 'late')
      and a.work_date >= (p_since at time zone 'UTC')::date - 2
      and a.marked_at >= p_since
      and not exists (select 1 from corrections c where c.old_mark = a.id)
    order by a.work_date desc, a.marked_at desc
    limit p_most),
medians as materialized (
    select user_id, percentile_cont(0.5) within group (order by similarity) as similarity
    from recent
    group by user_id)
select jsonb_build_object(
        'marks', (select count(*) from recent),
        'people', (select count(*) from medians),
        'below', (select coalesce(jsonb_agg(jsonb_build_object(
                                                    'marks', (select count(*)
                                                              from recent r
                                                              where r.similarity < t.similarity::double precision),
                                                    'people', (select count(*)
                                                               from medians m
                                                               where m.similarity < t.similarity::double precision))
                                            order by t.place), '[]')
                  from jsonb_array_elements_text(p_similarities) with ordinality t(similarity, place)))
$$;

-- Changes the threshold of a site from p_from to p_to, unless it is no longer p_from or was changed less than p_unchanged_seconds ago by
-- the database's clock, which is one for all instances. p_reason: numbers for the audit log.
create function move_threshold(
    p_site              text,
    p_from              double precision,
    p_to                double precision,
    p_unchanged_seconds double precision,
    p_at                timestamptz,
    p_caller            jsonb,
    p_reason            jsonb)
    returns boolean
    language plpgsql
as
$$
begin
    update sites
    set threshold = p_to, threshold_changed_at = now()
    where site = p_site
      and active
      and threshold is not distinct from p_from
      and (threshold_changed_at is null or threshold_changed_at <= now() - make_interval(secs => p_unchanged_seconds));
    if not found then
        return false;
    end if;
    perform append_audit(p_at, 'THRESHOLD_CHANGED', null, p_caller,
                         p_reason || jsonb_build_object('site', p_site, 'new', p_to));
    return true;
end
$$;

select restrict_access();
