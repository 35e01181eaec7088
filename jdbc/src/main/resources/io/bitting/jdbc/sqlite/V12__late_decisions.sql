-- What was decided of late is looked for by its time; of a key, by the key.

CREATE INDEX review_decisions_by_time ON review_decisions (organization_id, decided_at);
DROP INDEX review_decisions_by_organization;
