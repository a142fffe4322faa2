-- Tags of many people in one statement, whatever their number.

-- add_tags --
UPDATE contacts_contact p
   SET tags = (SELECT array_agg(DISTINCT tag ORDER BY tag) FROM unnest(p.tags || given.tags) AS tag)
  FROM (SELECT id, array_agg(tag) AS tags
          FROM unnest(%(ids)s::uuid[], %(tags)s::text[]) AS pair (id, tag) GROUP BY id) given
 WHERE p.id = given.id AND NOT p.tags @> given.tags;

-- remove_tag --
UPDATE contacts_contact
   SET tags = array_remove(tags, %(tag)s::text)
 WHERE id = ANY (%(ids)s::uuid[]) AND %(tag)s::text = ANY (tags);
