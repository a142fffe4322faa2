-- Every statement that moves a message between its states (docs/decisions/0005-dispatch.md; design: section 5).
-- All of them run inside row-level security. States stand here as literals, because the partial indexes need them.
--
-- A statement of a batch reads each table once, by the batch's keys (= ANY (ARRAY (SELECT …))), and then joins by hash
-- (read_by_key): what it costs hangs on the batch, not on the table or on how old the planner's figures are. A CTE that
-- changes rows returns all that is needed of them.

-- read_by_key --
-- The planner's figures are old on tables that grow by a campaign a minute, or there are none yet. Told so, it would
-- rather read a whole organisation for each batch than look its rows up by key. For a transaction, or for a connection.
SELECT set_config(name, 'off', %(local)s)
  FROM unnest('{enable_nestloop,enable_mergejoin,enable_seqscan,enable_bitmapscan}'::text[]) AS name;

-- freeze_audience --
-- Everybody with a standing consent for the campaign's purpose, and in its audience, becomes one queued message, in the
-- person's language where the template has it. UNIQUE (organisation, contact, campaign) makes a second run harmless.
-- Where it goes out in stages, chance says who is in the first: for each campaign somebody else.
INSERT INTO dispatch_message (id, organisation_id, campaign_id, contact_id, lane_id, template_id,
                              country, state, reason, epoch, tries)
SELECT izin_uuid7(), c.organisation_id, c.id, s.contact_id, l.id, COALESCE(own.id, other.id),
       p.country, 'queued', '', 0, 0
  FROM campaigns_campaign c
  JOIN dispatch_lane l ON l.sender_id = c.sender_id
  JOIN whatsapp_sendernumber n ON n.id = c.sender_id
  JOIN consent_standing s ON s.purpose_id = c.purpose_id
   AND s.standing = 'granted' AND (s.valid_until IS NULL OR s.valid_until > now())
   AND (s.not_before IS NULL OR s.not_before <= now())
  JOIN contacts_contact p ON p.id = s.contact_id
  LEFT JOIN whatsapp_template own ON own.account_id = n.account_id AND own.name = c.template_name
   AND own.language = p.language
 CROSS JOIN LATERAL (SELECT t.id FROM whatsapp_template t
                      WHERE t.account_id = n.account_id AND t.name = c.template_name
                      ORDER BY t.language = 'ms' DESC, t.language LIMIT 1) other
 WHERE c.id = %(campaign_id)s AND /* audience */ true
   AND (c.refresh_days IS NULL OR (
        s.valid_until <= now() + c.refresh_days * interval '1 day'
        AND NOT EXISTS (SELECT FROM dispatch_message asked
                          JOIN campaigns_campaign earlier ON earlier.id = asked.campaign_id
                          JOIN consent_evidence given ON given.id = s.because_id
                         WHERE asked.contact_id = s.contact_id AND earlier.purpose_id = s.purpose_id
                           AND earlier.refresh_days IS NOT NULL AND earlier.started_at > given.at
                           AND asked.state NOT IN ('suppressed', 'cancelled', 'expired', 'rejected'))))
 ORDER BY CASE WHEN EXISTS (SELECT 1 FROM campaigns_stage g WHERE g.campaign_id = %(campaign_id)s)
                THEN md5(s.contact_id::text || c.id::text) END, s.contact_id
    ON CONFLICT DO NOTHING;

-- keep_alive --
-- One row for each process, and those of processes that fell silent go.
WITH silent AS (
  DELETE FROM dispatch_process
   WHERE holder IN (SELECT holder FROM dispatch_process
                     WHERE seen_until < clock_timestamp() AND holder <> %(holder)s FOR UPDATE SKIP LOCKED)
)
INSERT INTO dispatch_process (holder, seen_until)
VALUES (%(holder)s, clock_timestamp() + %(ttl)s * interval '1 second')
    ON CONFLICT (holder) DO UPDATE SET seen_until = EXCLUDED.seen_until;

-- leave --
DELETE FROM dispatch_process WHERE holder = %(holder)s;

-- fair_share --
SELECT (SELECT count(*) FROM dispatch_lane
         WHERE COALESCE(leased_until > clock_timestamp(), false) OR COALESCE(rests_until, '-infinity') < clock_timestamp())
         AS lanes,
       count(*) AS processes,
       count(*) FILTER (WHERE holder < %(holder)s) AS place
  FROM dispatch_process WHERE seen_until > clock_timestamp();

-- lease_lane --
-- Take a lane that nobody holds. The new epoch fences off whoever held it before: every later write presents it.
UPDATE dispatch_lane l
   SET holder = %(holder)s, epoch = l.epoch + 1, leased_until = clock_timestamp() + %(ttl)s * interval '1 second',
       rests_until = NULL
 WHERE l.id = (SELECT free.id FROM dispatch_lane free
                WHERE (free.leased_until IS NULL OR free.leased_until < clock_timestamp())
                  AND (free.rests_until IS NULL OR free.rests_until < clock_timestamp())
                ORDER BY free.id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING l.id AS lane_id, l.organisation_id, l.epoch;

-- renew_lease --
UPDATE dispatch_lane
   SET leased_until = clock_timestamp() + %(ttl)s * interval '1 second'
 WHERE id = %(lane_id)s AND epoch = %(epoch)s
RETURNING held_until > clock_timestamp() AS held;

-- release_lease --
UPDATE dispatch_lane SET leased_until = NULL, holder = '' WHERE id = %(lane_id)s AND epoch = %(epoch)s RETURNING id;

-- rest_lane --
-- Nothing waits in it: no process holds two connections for it, until somebody puts something in line, or for a minute.
UPDATE dispatch_lane
   SET leased_until = NULL, holder = '', rests_until = clock_timestamp() + interval '1 minute'
 WHERE id = %(lane_id)s AND epoch = %(epoch)s
RETURNING id;

-- rouse_lanes --
UPDATE dispatch_lane SET rests_until = NULL
 WHERE rests_until IS NOT NULL
   AND (%(organisations)s::uuid[] IS NULL OR organisation_id = ANY (%(organisations)s::uuid[]));

-- rouse_lane --
-- What was put in line while the lane lay down was committed before this, or rouses it by itself.
UPDATE dispatch_lane SET rests_until = NULL
 WHERE id = %(lane_id)s
   AND (EXISTS (SELECT 1 FROM dispatch_message m
                 WHERE m.lane_id = %(lane_id)s AND m.campaign_id IS NULL AND m.state = 'queued')
     OR EXISTS (SELECT 1 FROM campaigns_campaign c
                 WHERE c.state = 'running'
                   AND EXISTS (SELECT 1 FROM dispatch_message m
                                WHERE m.lane_id = %(lane_id)s AND m.campaign_id = c.id AND m.state = 'queued')))
RETURNING id;

-- hold_lane --
UPDATE dispatch_lane
   SET held_because = %(reason)s, held_until = clock_timestamp() + %(seconds)s * interval '1 second'
 WHERE id = %(lane_id)s AND epoch = %(epoch)s
RETURNING id;

-- strand_unfinished --
-- Takeover never sends again: what the last holder left in flight waits for WhatsApp's own status.
-- Locked in the order of the statuses' statement, which may be at the same rows.
WITH stranded AS MATERIALIZED (
  SELECT id FROM dispatch_message
   WHERE lane_id = %(lane_id)s AND state = 'sending' AND epoch < %(epoch)s
   ORDER BY id FOR UPDATE
)
UPDATE dispatch_message m
   SET state = 'uncertain', reason = 'holder_lost', settled_at = clock_timestamp()
  FROM stranded WHERE m.id = stranded.id
RETURNING m.id;

-- running_campaigns --
-- Each running campaign once for each country of the people who wait in it, with the organisation's sending hours.
-- It walks from one country to the next over the queue's index, so that it costs the same for a million people.
WITH RECURSIVE waiting AS (
  SELECT c.id AS campaign_id, c.purpose_id, c.priority, c.started_at,
         (SELECT m.country FROM dispatch_message m
           WHERE m.lane_id = %(lane_id)s AND m.campaign_id = c.id AND m.state = 'queued'
           ORDER BY m.country LIMIT 1) AS country
    FROM campaigns_campaign c
   WHERE c.state = 'running' AND COALESCE(c.again_until, c.not_after) > clock_timestamp()
     AND c.sender_id = (SELECT l.sender_id FROM dispatch_lane l WHERE l.id = %(lane_id)s)
   UNION ALL
  SELECT w.campaign_id, w.purpose_id, w.priority, w.started_at,
         (SELECT m.country FROM dispatch_message m
           WHERE m.lane_id = %(lane_id)s AND m.campaign_id = w.campaign_id AND m.state = 'queued'
             AND m.country > w.country
           ORDER BY m.country LIMIT 1)
    FROM waiting w WHERE w.country IS NOT NULL
)
SELECT w.campaign_id, w.purpose_id, w.country,
       COALESCE((SELECT h.opens FROM campaigns_sendinghours h LIMIT 1), time '09:00') AS opens,
       COALESCE((SELECT h.closes FROM campaigns_sendinghours h LIMIT 1), time '21:00') AS closes,
       (SELECT p.category = 'MARKETING' FROM consent_purpose p WHERE p.id = w.purpose_id) AS is_marketing,
       w.priority,
       COALESCE((SELECT g.up_to FROM campaigns_stage g WHERE g.campaign_id = w.campaign_id
                  ORDER BY g.up_to DESC LIMIT 1), 'ffffffff-ffff-ffff-ffff-ffffffffffff') AS up_to,
       n.messaging_limit AS limit_told, a.base_url
  FROM waiting w
 CROSS JOIN LATERAL (SELECT s.messaging_limit, s.account_id FROM whatsapp_sendernumber s
                      WHERE s.id = (SELECT l.sender_id FROM dispatch_lane l WHERE l.id = %(lane_id)s)) n
 CROSS JOIN LATERAL (SELECT b.base_url FROM whatsapp_businessaccount b WHERE b.id = n.account_id) a
 WHERE w.country IS NOT NULL
 ORDER BY w.priority, w.started_at, w.campaign_id, w.country;

-- lock_limit --
-- Lanes that share WhatsApp's limit in 24 hours decide one after the other. A statement of its own, before the count:
-- a count that had waited inside its statement would not see what was committed meanwhile.
SELECT pg_advisory_xact_lock(26, hashtext(current_setting('izin.organisation_id')));

-- count_reached --
SELECT count(*) AS people FROM dispatch_reached WHERE at > clock_timestamp() - interval '24 hours';

-- note_reached --
-- In the transaction of the decision. Different people count: whoever is written to again counts from then on.
INSERT INTO dispatch_reached (id, organisation_id, contact_id, at)
SELECT izin_uuid7(), current_setting('izin.organisation_id')::uuid, decided.contact_id, clock_timestamp()
  FROM unnest(%(contact_ids)b::uuid[]) AS decided (contact_id)
 ORDER BY decided.contact_id
    ON CONFLICT (organisation_id, contact_id) DO UPDATE SET at = excluded.at;

-- forget_reached --
-- What no longer counts. It waits for nobody, since a lane may be at the same rows.
DELETE FROM dispatch_reached
 WHERE id = ANY (ARRAY (SELECT r.id FROM dispatch_reached r WHERE r.at <= clock_timestamp() - interval '24 hours'
                         FOR UPDATE SKIP LOCKED));

-- arm_campaign --
-- Decide, at the last moment, who may be written to, and make the intent durable: committed before any byte leaves.
-- FOR SHARE holds each standing row still; a plain EXISTS would let sends be decided after an opt-out had committed.
-- Whose standing is being changed at this moment is left in line: waiting for it while holding the others' rows would
-- be a deadlock with a withdrawal of several people. It goes to the number, or, for somebody who shows none, to the
-- newest business-scoped user id; a refusal under any name of the person counts. Whom WhatsApp held our marketing back
-- from (131049) gets no more of it for 24 hours, whatever campaign it is: the message waits in line. A message that may
-- not leave comes back without a number, so that a forgetful caller cannot send it. The frequency cap is asked last, of
-- those who agreed.
WITH mine AS MATERIALIZED (
  SELECT id FROM dispatch_lane
   WHERE id = %(lane_id)s AND epoch = %(epoch)s AND leased_until > clock_timestamp()
     AND (held_until IS NULL OR held_until <= clock_timestamp())
     AND NOT EXISTS (SELECT 1 FROM campaigns_sendingstop WHERE lifted_at IS NULL)
     AND NOT EXISTS (SELECT 1 FROM campaigns_installationstop WHERE lifted_at IS NULL)
     FOR SHARE
), next AS MATERIALIZED (
  SELECT m.id, m.contact_id FROM dispatch_message m
   WHERE m.lane_id = (SELECT id FROM mine) AND m.campaign_id = %(campaign_id)s AND m.state = 'queued'
     AND m.country >= %(country)s AND (m.country, m.id) <= (%(country)s, %(up_to)s)
     AND (m.retry_at IS NULL OR m.retry_at <= clock_timestamp())
     AND EXISTS (SELECT 1 FROM campaigns_campaign c
                  WHERE c.id = %(campaign_id)s AND c.state = 'running'
                    AND COALESCE(c.again_until, c.not_after) > clock_timestamp())
   -- One country, said so that only the queue's index is in this order. By the messages' own ids PostgreSQL would walk
   -- over all that were sent before, for each batch again: their number is what it does not know.
   ORDER BY m.country, m.id LIMIT %(size)s
     FOR UPDATE OF m SKIP LOCKED
), granted AS MATERIALIZED (
  SELECT s.contact_id FROM consent_standing s
   WHERE s.contact_id = ANY (ARRAY (SELECT contact_id FROM next)) AND s.purpose_id = %(purpose_id)s
     AND s.standing = 'granted' AND (s.valid_until IS NULL OR s.valid_until > clock_timestamp())
     AND (s.not_before IS NULL OR s.not_before <= clock_timestamp())
   ORDER BY s.contact_id
     FOR SHARE SKIP LOCKED
), rest AS MATERIALIZED (
  SELECT e.contact_id, max(GREATEST(e.failed_at, e.settled_at)) + interval '24 hours' AS until
    FROM dispatch_message e
   WHERE e.contact_id = ANY (ARRAY (SELECT contact_id FROM next)) AND %(is_marketing)s
     AND (e.reason = 'ecosystem' OR e.failed_code = 131049)
   GROUP BY e.contact_id
), capped AS MATERIALIZED (
  -- Who had as many messages of campaigns as the organisation lets one person have. Where it set no cap, nothing is read.
  SELECT reached.contact_id
    FROM campaigns_frequencycap f
   CROSS JOIN LATERAL izin_reached(ARRAY (SELECT contact_id FROM next), f.most, f.days) AS reached (contact_id)
   WHERE f.most IS NOT NULL
     AND EXISTS (SELECT 1 FROM campaigns_campaign c WHERE c.id = %(campaign_id)s AND c.test_of_id IS NULL)
), verdict AS MATERIALIZED (
  SELECT n.id, n.contact_id, i.id AS identity_id, i.sealed AS identity_sealed, k.wrapped AS key_wrapped, p.name_sealed,
         rest.until AS rests_until, substr(%(random)b::bytea, 16 * row_number() OVER ()::int - 15, 16) AS token,
         CASE WHEN k.id IS NULL OR i.id IS NULL THEN 'erased'
              WHEN n.contact_id NOT IN (SELECT contact_id FROM granted) THEN COALESCE(
                (SELECT CASE WHEN s.standing = 'refused' THEN 'withdrawn'
                             WHEN s.standing <> 'granted' THEN s.standing
                             WHEN s.not_before > clock_timestamp() THEN 'paused'
                             WHEN s.valid_until <= clock_timestamp() THEN 'expired'
                             ELSE 'changing' END
                   FROM consent_standing s WHERE s.contact_id = n.contact_id AND s.purpose_id = %(purpose_id)s),
                'no_consent')
              WHEN EXISTS (SELECT 1 FROM contacts_identity y
                             JOIN consent_suppression x ON x.kind = y.kind AND x.index = y.suppression_index
                            WHERE y.contact_id = n.contact_id
                              AND (x.purpose_id IS NULL OR x.purpose_id = %(purpose_id)s)) THEN 'withdrawn'
              WHEN rest.until > clock_timestamp() THEN 'resting'
              WHEN n.contact_id IN (SELECT contact_id FROM capped) THEN 'frequency_cap'
              ELSE '' END AS reason
    FROM next n
    LEFT JOIN contacts_contact p ON p.id = n.contact_id AND p.id = ANY (ARRAY (SELECT contact_id FROM next))
    LEFT JOIN LATERAL (SELECT y.* FROM contacts_identity y
                        WHERE y.contact_id = n.contact_id AND y.kind IN ('phone', 'bsuid')
                        ORDER BY y.kind = 'phone' DESC, y.id DESC LIMIT 1) i ON true
    LEFT JOIN contacts_subjectkey k ON k.contact_id = n.contact_id
     AND k.contact_id = ANY (ARRAY (SELECT contact_id FROM next))
    LEFT JOIN rest ON rest.contact_id = n.contact_id
), moved AS (
  UPDATE dispatch_message m
     SET state = CASE v.reason WHEN '' THEN 'sending' WHEN 'resting' THEN 'queued' ELSE 'suppressed' END,
         reason = v.reason, epoch = %(epoch)s, tries = m.tries + (v.reason <> 'resting')::int,
         retry_at = CASE WHEN v.reason = 'resting' THEN v.rests_until ELSE m.retry_at END,
         settled_at = CASE WHEN v.reason NOT IN ('', 'resting') THEN clock_timestamp() END
    FROM verdict v
   WHERE m.id = v.id AND m.id = ANY (ARRAY (SELECT id FROM verdict)) AND v.reason <> 'changing'
  RETURNING v.*, m.template_id, m.organisation_id
), noted AS (
  INSERT INTO dispatch_attempt (id, organisation_id, message_id, token, epoch, armed_at, outcome)
  SELECT encode(token, 'hex')::uuid, organisation_id, id, token, %(epoch)s, clock_timestamp(), ''
    FROM moved WHERE reason = ''
)
SELECT id AS message_id, contact_id, template_id, reason,
       CASE WHEN reason = '' THEN token END AS token,
       CASE WHEN reason = '' THEN identity_id END AS identity_id,
       CASE WHEN reason = '' THEN identity_sealed END AS identity_sealed,
       CASE WHEN reason = '' THEN key_wrapped END AS key_wrapped,
       CASE WHEN reason = '' THEN name_sealed END AS name_sealed,
       NULL::bytea AS text_sealed
  FROM moved
 ORDER BY id;

-- arm_answers --
-- Single messages that answer a person's own act (a confirmation of an opt-out, of a join). They need no standing, and
-- leave by the same door: lane, lease, pace and token hold for them too.
WITH mine AS MATERIALIZED (
  SELECT id FROM dispatch_lane
   WHERE id = %(lane_id)s AND epoch = %(epoch)s AND leased_until > clock_timestamp()
     AND (held_until IS NULL OR held_until <= clock_timestamp())
     AND NOT EXISTS (SELECT 1 FROM campaigns_sendingstop WHERE lifted_at IS NULL)
     AND NOT EXISTS (SELECT 1 FROM campaigns_installationstop WHERE lifted_at IS NULL)
     FOR SHARE
), next AS MATERIALIZED (
  SELECT m.id, m.contact_id FROM dispatch_message m
   WHERE m.lane_id = (SELECT id FROM mine) AND m.campaign_id IS NULL AND m.state = 'queued'
     AND (m.retry_at IS NULL OR m.retry_at <= clock_timestamp())
   ORDER BY m.country, m.id LIMIT %(size)s  -- the order of the queue's index
     FOR UPDATE OF m SKIP LOCKED
), verdict AS MATERIALIZED (
  SELECT n.id, n.contact_id, i.id AS identity_id, i.sealed AS identity_sealed, k.wrapped AS key_wrapped,
         substr(%(random)b::bytea, 16 * row_number() OVER ()::int - 15, 16) AS token,
         CASE WHEN k.id IS NULL OR i.id IS NULL THEN 'erased' ELSE '' END AS reason
    FROM next n
    LEFT JOIN LATERAL (SELECT y.* FROM contacts_identity y
                        WHERE y.contact_id = n.contact_id AND y.kind IN ('phone', 'bsuid')
                        ORDER BY y.kind = 'phone' DESC, y.id DESC LIMIT 1) i ON true
    LEFT JOIN contacts_subjectkey k ON k.contact_id = n.contact_id
     AND k.contact_id = ANY (ARRAY (SELECT contact_id FROM next))
), moved AS (
  UPDATE dispatch_message m
     SET state = CASE WHEN v.reason = '' THEN 'sending' ELSE 'suppressed' END, reason = v.reason,
         epoch = %(epoch)s, tries = m.tries + 1, settled_at = CASE WHEN v.reason = '' THEN NULL ELSE clock_timestamp() END
    FROM verdict v WHERE m.id = v.id AND m.id = ANY (ARRAY (SELECT id FROM verdict))
  RETURNING v.*, m.template_id, m.organisation_id, m.text_sealed
), noted AS (
  INSERT INTO dispatch_attempt (id, organisation_id, message_id, token, epoch, armed_at, outcome)
  SELECT encode(token, 'hex')::uuid, organisation_id, id, token, %(epoch)s, clock_timestamp(), ''
    FROM moved WHERE reason = ''
)
SELECT id AS message_id, contact_id, template_id, reason, token, identity_id, identity_sealed, key_wrapped,
       NULL::bytea AS name_sealed, text_sealed
  FROM moved
 ORDER BY id;

-- record_outcomes --
-- What our calls were answered, a batch at a time. Fenced by the epoch; only a proof that a message left (an id from
-- WhatsApp) may come late and still count.
WITH heard AS (
  SELECT * FROM unnest(%(message_ids)b::uuid[], %(tokens)b::bytea[], %(states)b::text[], %(reasons)b::text[],
                       %(codes)b::int[], %(wamid_indexes)b::bytea[], %(wamids_sealed)b::bytea[], %(retry_s)b::float8[])
      AS h (message_id, token, state, reason, code, wamid_index, wamid_sealed, retry_s)
), locked AS MATERIALIZED (
  -- In the order of the statuses' statement, so that the two never wait for each other.
  SELECT m.id FROM dispatch_message m WHERE m.id = ANY (ARRAY (SELECT message_id FROM heard)) ORDER BY m.id FOR UPDATE
), tried AS (
  -- Each attempt has one outcome: told a second time, after an answer of PostgreSQL that was lost, it changes nothing.
  UPDATE dispatch_attempt a SET outcome = h.state, code = h.code
    FROM heard h
   WHERE a.token = ANY (ARRAY (SELECT token FROM heard))
     AND a.token = h.token AND a.message_id = h.message_id AND (a.outcome = '' OR h.state = 'accepted')
     AND (SELECT count(*) FROM locked) > 0
  RETURNING h.*
)
UPDATE dispatch_message m
   SET state = CASE WHEN m.state = 'accepted' THEN m.state ELSE h.state END,
       reason = CASE WHEN m.state = 'accepted' THEN m.reason ELSE h.reason END,
       wamid_index = COALESCE(m.wamid_index, h.wamid_index), wamid_sealed = COALESCE(m.wamid_sealed, h.wamid_sealed),
       retry_at = CASE WHEN h.state = 'queued' THEN clock_timestamp() + h.retry_s * interval '1 second' END,
       settled_at = CASE WHEN h.state = 'queued' THEN NULL ELSE COALESCE(m.settled_at, clock_timestamp()) END
  FROM tried h
 WHERE m.id = h.message_id AND m.id = ANY (ARRAY (SELECT id FROM locked))
   AND (m.state = 'sending' AND m.epoch = %(epoch)s
        OR h.state = 'accepted' AND m.state IN ('accepted', 'sending', 'uncertain', 'unresolved'))
RETURNING m.id;

-- apply_statuses --
-- What WhatsApp's webhooks say, in any order and any number of times: each time only moves to its earliest value. Our
-- token proves that the message left, also when the answer to our call was lost.
WITH heard AS (
  SELECT * FROM unnest(%(tokens)b::bytea[], %(wamid_indexes)b::bytea[], %(statuses)b::text[],
                       %(times)b::timestamptz[], %(codes)b::int[])
      AS h (token, wamid_index, status, at, code)
), matched AS (
  SELECT COALESCE(a.message_id, w.id) AS message_id, h.*
    FROM heard h
    LEFT JOIN dispatch_attempt a ON a.token = h.token AND a.token = ANY (ARRAY (SELECT token FROM heard))
    LEFT JOIN LATERAL (SELECT m.id FROM dispatch_message m
                        WHERE m.wamid_index = h.wamid_index AND a.id IS NULL LIMIT 1) w ON true
), told AS (
  SELECT message_id, min(wamid_index) AS wamid_index,
         min(at) FILTER (WHERE status IN ('sent', 'delivered', 'read', 'played')) AS sent_at,
         min(at) FILTER (WHERE status IN ('delivered', 'read', 'played')) AS delivered_at,
         min(at) FILTER (WHERE status IN ('read', 'played')) AS read_at,
         min(at) FILTER (WHERE status = 'failed') AS failed_at,
         min(code) FILTER (WHERE status = 'failed') AS failed_code
    FROM matched WHERE message_id IS NOT NULL GROUP BY message_id
), locked AS MATERIALIZED (
  SELECT m.id FROM dispatch_message m WHERE m.id = ANY (ARRAY (SELECT message_id FROM told)) ORDER BY m.id FOR UPDATE
)
UPDATE dispatch_message m
   SET state = CASE WHEN m.state IN ('sending', 'uncertain', 'unresolved', 'queued') THEN 'accepted' ELSE m.state END,
       reason = CASE WHEN m.state IN ('uncertain', 'unresolved', 'queued') THEN 'proved_by_status' ELSE m.reason END,
       settled_at = COALESCE(m.settled_at, clock_timestamp()),
       wamid_index = COALESCE(m.wamid_index, t.wamid_index),
       sent_at = LEAST(m.sent_at, t.sent_at), delivered_at = LEAST(m.delivered_at, t.delivered_at),
       read_at = LEAST(m.read_at, t.read_at), failed_at = LEAST(m.failed_at, t.failed_at),
       failed_code = LEAST(m.failed_code, t.failed_code)
  FROM told t
 WHERE m.id = t.message_id AND m.id = ANY (ARRAY (SELECT id FROM locked))
RETURNING m.id, m.contact_id;

-- close_uncertain --
-- Silence for the whole window: called unresolved, counted, and never sent again by itself.
-- A row that is locked is being proved by a status at this moment.
WITH silent AS MATERIALIZED (
  SELECT id FROM dispatch_message
   WHERE state = 'uncertain' AND settled_at < clock_timestamp() - %(window_s)s * interval '1 second'
   ORDER BY id FOR UPDATE SKIP LOCKED
)
UPDATE dispatch_message m SET state = 'unresolved' FROM silent WHERE m.id = silent.id
RETURNING m.id;

-- send_again --
-- Back in line, each message once, by a person's recorded decision. Whether it may leave is decided anew when it is armed;
-- a late status of the first try still proves that it left, and takes it out of the line.
WITH unknown AS MATERIALIZED (
  SELECT id FROM dispatch_message
   WHERE campaign_id = %(campaign_id)s AND state = 'unresolved' AND resend_id IS NULL AND contact_id IS NOT NULL
   ORDER BY id FOR UPDATE
)
UPDATE dispatch_message m
   SET state = 'queued', reason = '', resend_id = %(resend_id)s, retry_at = NULL, settled_at = NULL
  FROM unknown WHERE m.id = unknown.id
RETURNING m.id;

-- count_unresolved --
-- How many of whom nobody knows may still be sent to again, by language of the person.
SELECT p.language, count(*) FROM dispatch_message m JOIN contacts_contact p ON p.id = m.contact_id
 WHERE m.campaign_id = %(campaign_id)s AND m.state = 'unresolved' AND m.resend_id IS NULL
 GROUP BY p.language ORDER BY p.language;

-- close_queued --
-- What is still waiting when its campaign was cancelled, or its window closed.
UPDATE dispatch_message m
   SET state = CASE WHEN c.state = 'cancelled' THEN 'cancelled' ELSE 'expired' END, settled_at = clock_timestamp()
  FROM campaigns_campaign c
 WHERE c.id = m.campaign_id AND m.state = 'queued'
   AND (c.state = 'cancelled' OR c.state IN ('running', 'paused') AND COALESCE(c.again_until, c.not_after) <= clock_timestamp())
RETURNING m.id;

-- finished_campaigns --
SELECT c.id AS campaign_id FROM campaigns_campaign c
 WHERE c.state = 'running'
   AND NOT EXISTS (SELECT 1 FROM dispatch_message m
                    WHERE m.campaign_id = c.id AND m.state IN ('queued', 'sending', 'uncertain'));

-- count_messages --
SELECT m.state, m.reason, count(*) AS messages, count(m.sent_at) AS sent, count(m.delivered_at) AS delivered,
       count(m.read_at) AS read, count(m.failed_at) AS failed
  FROM dispatch_message m WHERE m.campaign_id = %(campaign_id)s
 GROUP BY m.state, m.reason;

-- count_withdrawals --
-- People of this campaign who refused while it ran: how many, how many messages were decided after their refusal had
-- committed (must be 0), and how long each refusal took from being heard to being in force, in milliseconds.
-- The moment of commit is PostgreSQL's own (track_commit_timestamp).
WITH refusal AS (
  SELECT e.contact_id, min(pg_xact_commit_timestamp(e.xmin)) AS in_force_at,
         min(pg_xact_commit_timestamp(e.xmin) - e.received_at) AS delay
    FROM consent_evidence e
    JOIN campaigns_campaign c ON c.id = %(campaign_id)s
   WHERE e.act IN ('withdrawn', 'objected') AND (e.purpose_id IS NULL OR e.purpose_id = c.purpose_id)
     AND e.received_at >= c.started_at AND e.received_at <= COALESCE(c.ended_at, clock_timestamp())
     AND EXISTS (SELECT 1 FROM dispatch_message m WHERE m.campaign_id = c.id AND m.contact_id = e.contact_id)
   GROUP BY e.contact_id
)
SELECT count(*) AS withdrawn,
       (SELECT count(*) FROM dispatch_attempt a JOIN dispatch_message m ON m.id = a.message_id
          JOIN refusal r ON r.contact_id = m.contact_id
         WHERE m.campaign_id = %(campaign_id)s AND a.armed_at > r.in_force_at) AS decided_after,
       extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY delay)) * 1000 AS p50_ms,
       extract(epoch FROM percentile_cont(0.99) WITHIN GROUP (ORDER BY delay)) * 1000 AS p99_ms
  FROM refusal;

-- count_signals --
-- What the people of a campaign who were written to since then answered with, by template: how many they are, who said
-- stop to us, who stopped us in WhatsApp, whom it did not reach, who read it. Only those are read, not who waits.
WITH sent AS MATERIALIZED (
  SELECT m.contact_id, m.template_id, m.read_at,
         (m.state = 'rejected' OR m.failed_at IS NOT NULL)
           AND m.reason <> 'user_stopped' AND m.failed_code IS DISTINCT FROM 131050 AS failed
    FROM dispatch_message m
   WHERE m.campaign_id = %(campaign_id)s AND m.state IN ('accepted', 'rejected', 'uncertain', 'unresolved')
     AND m.settled_at >= %(since)s
), refusal AS MATERIALIZED (
  SELECT e.contact_id, bool_or(e.method = 'wa_setting') AS in_whatsapp
    FROM consent_evidence e
    JOIN campaigns_campaign c ON c.id = %(campaign_id)s
   WHERE e.act IN ('withdrawn', 'objected') AND (e.purpose_id IS NULL OR e.purpose_id = c.purpose_id)
     AND e.received_at >= %(since)s
   GROUP BY e.contact_id
)
SELECT t.name, count(*) AS sent, count(*) FILTER (WHERE NOT r.in_whatsapp) AS opt_outs,
       count(*) FILTER (WHERE r.in_whatsapp) AS blocks, count(*) FILTER (WHERE s.failed) AS failed,
       count(s.read_at) AS read
  FROM sent s
  JOIN whatsapp_template t ON t.id = s.template_id
  LEFT JOIN refusal r ON r.contact_id = s.contact_id
 GROUP BY t.name;

-- give_variant --
-- The other template, in the language of the first, to who still waits between two messages: to every second one of
-- the part in which the two are compared, or to everybody after it. Who has none in that language keeps the first.
WITH picked AS (
  SELECT m.id, row_number() OVER (ORDER BY m.id) AS place
    FROM dispatch_message m
   WHERE m.campaign_id = %(campaign_id)s AND m.state = 'queued' AND m.id > %(after)s AND m.id <= %(up_to)s
)
UPDATE dispatch_message m
   SET template_id = other.id
  FROM picked, campaigns_campaign c, whatsapp_template mine, whatsapp_template other
 WHERE m.id = picked.id AND picked.place %% %(every)s = 0 AND c.id = %(campaign_id)s AND mine.id = m.template_id
   AND other.account_id = mine.account_id AND other.language = mine.language AND other.name = c.variant_name
RETURNING m.id;
