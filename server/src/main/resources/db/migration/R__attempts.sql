-- What the counts of attempts at codes, links and PINs have in common. A count holds attempts from its first one on, for a window.

-- Whether attempts that began at p_since count at p_at. They do from a window before p_since on, so that a row from a clock that is ahead
-- counts for a window at most.
create function attempts_still_count(p_since timestamptz, p_window interval, p_at timestamptz) returns boolean
    language sql stable
as
$$
select p_at > p_since - p_window and p_at < p_since + p_window
$$;

-- A count with one attempt more: that of p_since, or, if it counts no more, another one, which begins at p_at. noted: whether the audit log
-- has that the attempts are used up.
create function with_attempt(
    p_since timestamptz, p_attempts integer, p_noted boolean, p_window interval, p_at timestamptz,
    out since timestamptz, out attempts integer, out noted boolean)
    language sql stable
as
$$
select case when c.counts then p_since else p_at end, case when c.counts then p_attempts else 0 end + 1, c.counts and p_noted
from (select attempts_still_count(p_since, p_window, p_at) as counts) c
$$;

select restrict_access();
