-- What each rule of an audience asks of a contact (p), as a condition that joins by sets: PostgreSQL makes semi-joins
-- and anti-joins of them and reads each table once. What was sent and what was answered are tables of the layers above;
-- a rule only reads them.

-- tags --
p.tags && %(tags)s::text[]

-- languages --
p.language = ANY (%(languages)s::text[])

-- countries --
p.country = ANY (%(countries)s::text[])

-- consent --
EXISTS (SELECT 1 FROM consent_standing y JOIN consent_evidence e ON e.id = y.because_id
         WHERE y.contact_id = p.id AND y.purpose_id = %(purpose)s::uuid AND y.standing = 'granted'
           AND (%(at_least_days)s::int IS NULL OR e.at <= %(at)s::timestamptz - make_interval(days => %(at_least_days)s))
           AND (%(at_most_days)s::int IS NULL OR e.at >= %(at)s::timestamptz - make_interval(days => %(at_most_days)s))
           AND (%(ways)s::text[] = '{}' OR e.method = ANY (%(ways)s::text[])))

-- replied --
EXISTS (SELECT 1 FROM inbound_reply r
         WHERE r.contact_id = p.id AND r.received_at >= %(at)s::timestamptz - make_interval(days => %(days)s))

-- read --
EXISTS (SELECT 1 FROM dispatch_message m
         WHERE m.contact_id = p.id AND m.read_at >= %(at)s::timestamptz - make_interval(days => %(days)s))

-- reached --
EXISTS (SELECT 1 FROM dispatch_message m
         WHERE m.contact_id = p.id AND m.campaign_id = ANY (%(campaigns)s::uuid[]) AND m.delivered_at IS NOT NULL)

-- replied_to --
EXISTS (SELECT 1 FROM inbound_reply r
         WHERE r.contact_id = p.id AND r.campaign_id = ANY (%(campaigns)s::uuid[]))

-- people --
SELECT p.id FROM contacts_contact p WHERE /* audience */ true ORDER BY p.id;

-- count_people --
-- How many contacts the rules hold for, and how many of them stand for the purpose.
SELECT count(*) AS people, count(s.id) AS stand
  FROM contacts_contact p
  LEFT JOIN consent_standing s ON s.contact_id = p.id AND s.purpose_id = %(purpose)s AND s.standing = 'granted'
   AND (s.valid_until IS NULL OR s.valid_until > %(at)s) AND (s.not_before IS NULL OR s.not_before <= %(at)s)
 WHERE /* audience */ true;

-- who_stands --
-- Those of them who stand, with their language.
SELECT p.id, p.language
  FROM contacts_contact p
  JOIN consent_standing s ON s.contact_id = p.id AND s.purpose_id = %(purpose)s AND s.standing = 'granted'
   AND (s.valid_until IS NULL OR s.valid_until > %(at)s) AND (s.not_before IS NULL OR s.not_before <= %(at)s)
 WHERE /* audience */ true
 ORDER BY p.id LIMIT %(most)s;

-- stand_by_language --
SELECT p.language, count(*) AS stand
  FROM contacts_contact p
  JOIN consent_standing s ON s.contact_id = p.id AND s.purpose_id = %(purpose)s AND s.standing = 'granted'
   AND (s.valid_until IS NULL OR s.valid_until > %(at)s) AND (s.not_before IS NULL OR s.not_before <= %(at)s)
 WHERE /* audience */ true
 GROUP BY p.language ORDER BY p.language;

-- testers --
-- The condition of a test: these people, whatever the campaign's rules say.
p.id = ANY (%(testers)s::uuid[])

-- read_whole --
-- Row-level security makes PostgreSQL guess each table a hundred times too small, and walk a million people one by one
-- through the indexes of all others. Told so, it reads each table once and joins by hash. For this transaction.
SELECT set_config('enable_nestloop', %(nested)s, true);
