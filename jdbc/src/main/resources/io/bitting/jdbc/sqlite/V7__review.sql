-- What reviews decided last about keys, each row sealed.

CREATE TABLE review_decisions (
  key_id TEXT NOT NULL PRIMARY KEY REFERENCES api_keys (id),
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  verdict TEXT NOT NULL CHECK (verdict IN ('keep', 'right_size', 'revoke')),
  reason TEXT NOT NULL,
  ask_again_at INTEGER,
  decided_at INTEGER NOT NULL,
  decided_by_kind TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;

CREATE INDEX review_decisions_by_organization ON review_decisions (organization_id, key_id);
