-- Times are milliseconds since 1970 UTC, truth values 0 or 1. A seal is HMAC-SHA-256 of the row, under a pepper that is not in the database.

CREATE TABLE change_head (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  epoch TEXT NOT NULL CHECK (length(epoch) > 0),
  seq INTEGER NOT NULL CHECK (seq >= 0)
) STRICT;

CREATE TABLE changes (
  seq INTEGER NOT NULL CHECK (seq >= 1),
  position INTEGER NOT NULL CHECK (position >= 0),
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  PRIMARY KEY (seq, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE pepper_checks (
  epoch TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  check_value BLOB NOT NULL CHECK (length(check_value) = 32),
  PRIMARY KEY (epoch, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE organizations (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 12),
  slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 63),
  name TEXT NOT NULL,
  operator INTEGER NOT NULL CHECK (operator IN (0, 1)),
  suspended INTEGER NOT NULL CHECK (suspended IN (0, 1)),
  all_scopes_allowed INTEGER NOT NULL CHECK (all_scopes_allowed IN (0, 1)),
  created_at INTEGER NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;

CREATE UNIQUE INDEX organizations_one_operator ON organizations (operator) WHERE operator = 1;

CREATE TABLE apis (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 63),
  name TEXT NOT NULL,
  prefix TEXT NOT NULL UNIQUE CHECK (length(prefix) BETWEEN 1 AND 20),
  created_at INTEGER NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;

CREATE TRIGGER apis_prefix_stays BEFORE UPDATE ON apis
WHEN NEW.id IS NOT OLD.id OR NEW.prefix IS NOT OLD.prefix OR NEW.created_at IS NOT OLD.created_at
BEGIN
  SELECT RAISE(ABORT, 'id and prefix of an API never change');
END;

CREATE TABLE catalogs (
  api TEXT NOT NULL PRIMARY KEY REFERENCES apis (id),
  version INTEGER NOT NULL CHECK (version >= 1),
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;

CREATE TABLE catalog_scopes (
  api TEXT NOT NULL REFERENCES catalogs (api) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL CHECK (position >= 0),
  scope TEXT NOT NULL CHECK (length(scope) BETWEEN 1 AND 128),
  category TEXT NOT NULL,
  access TEXT NOT NULL CHECK (access IN ('read', 'write', 'danger')),
  description TEXT NOT NULL,
  included INTEGER NOT NULL CHECK (included IN (0, 1)),
  retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
  PRIMARY KEY (api, position),
  UNIQUE (api, scope)
) STRICT;

CREATE TABLE catalog_implies (
  api TEXT NOT NULL,
  scope TEXT NOT NULL,
  implied TEXT NOT NULL,
  PRIMARY KEY (api, scope, implied),
  FOREIGN KEY (api, scope) REFERENCES catalog_scopes (api, scope) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (api, implied) REFERENCES catalog_scopes (api, scope) DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- A grant is named by the hash of its contents. Its scopes and reach are written first, the grant last; from then on nothing of it changes.

CREATE TABLE grants (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 64),
  api TEXT NOT NULL REFERENCES apis (id),
  all_scopes INTEGER NOT NULL CHECK (all_scopes IN (0, 1)),
  reaches_everything INTEGER NOT NULL CHECK (reaches_everything IN (0, 1)),
  UNIQUE (id, api)
) STRICT;

CREATE TABLE grant_scopes (
  grant_id TEXT NOT NULL REFERENCES grants (id) DEFERRABLE INITIALLY DEFERRED,
  scope TEXT NOT NULL CHECK (length(scope) BETWEEN 1 AND 128),
  PRIMARY KEY (grant_id, scope)
) STRICT, WITHOUT ROWID;

CREATE INDEX grant_scopes_by_scope ON grant_scopes (scope);

CREATE TABLE grant_reach (
  grant_id TEXT NOT NULL REFERENCES grants (id) DEFERRABLE INITIALLY DEFERRED,
  power TEXT NOT NULL CHECK (power IN ('verify', 'issue', 'issue_all')),
  api TEXT NOT NULL REFERENCES apis (id),
  scope TEXT NOT NULL CHECK (length(scope) <= 128),
  PRIMARY KEY (grant_id, power, api, scope),
  CHECK ((power = 'issue') = (scope <> ''))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER grants_insert BEFORE INSERT ON grants
WHEN EXISTS (SELECT 1 FROM grants WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'a grant never changes');
END;

CREATE TRIGGER grants_update BEFORE UPDATE ON grants
BEGIN
  SELECT RAISE(ABORT, 'a grant never changes');
END;

CREATE TRIGGER grants_delete BEFORE DELETE ON grants
BEGIN
  SELECT RAISE(ABORT, 'a grant never changes');
END;

CREATE TRIGGER grant_scopes_insert BEFORE INSERT ON grant_scopes
WHEN EXISTS (SELECT 1 FROM grants WHERE id = NEW.grant_id)
BEGIN
  SELECT RAISE(ABORT, 'a grant never changes');
END;

CREATE TRIGGER grant_scopes_update BEFORE UPDATE ON grant_scopes
BEGIN
  SELECT RAISE(ABORT, 'a grant never changes');
END;

CREATE TRIGGER grant_scopes_delete BEFORE DELETE ON grant_scopes
BEGIN
  SELECT RAISE(ABORT, 'a grant never changes');
END;

CREATE TRIGGER grant_reach_insert BEFORE INSERT ON grant_reach
WHEN EXISTS (SELECT 1 FROM grants WHERE id = NEW.grant_id)
BEGIN
  SELECT RAISE(ABORT, 'a grant never changes');
END;

CREATE TRIGGER grant_reach_update BEFORE UPDATE ON grant_reach
BEGIN
  SELECT RAISE(ABORT, 'a grant never changes');
END;

CREATE TRIGGER grant_reach_delete BEFORE DELETE ON grant_reach
BEGIN
  SELECT RAISE(ABORT, 'a grant never changes');
END;

-- Keys and their secrets lie in the order of their ids, which is the order in which all of them are read at a start.

CREATE TABLE api_keys (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 12),
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  api TEXT NOT NULL,
  grant_id TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  name_folded TEXT NOT NULL CHECK (name_folded <> ''),
  purpose TEXT NOT NULL,
  purpose_folded TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'disabled', 'revoked')),
  created_at INTEGER NOT NULL,
  created_by_kind TEXT NOT NULL,
  created_by TEXT NOT NULL,
  revoked_at INTEGER,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BLOB NOT NULL CHECK (length(seal) = 32),
  FOREIGN KEY (grant_id, api) REFERENCES grants (id, api),
  CHECK ((state = 'revoked') = (revoked_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX api_keys_one_name ON api_keys (organization_id, name_folded) WHERE state <> 'revoked';
CREATE INDEX api_keys_by_age ON api_keys (organization_id, created_at, id);
CREATE INDEX api_keys_by_grant ON api_keys (grant_id, state);

CREATE TRIGGER api_keys_insert BEFORE INSERT ON api_keys
WHEN EXISTS (SELECT 1 FROM api_keys WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'a key is not replaced by another of its id');
END;

CREATE TRIGGER api_keys_fixed BEFORE UPDATE ON api_keys
WHEN NEW.id IS NOT OLD.id OR NEW.organization_id IS NOT OLD.organization_id OR NEW.api IS NOT OLD.api
  OR NEW.grant_id IS NOT OLD.grant_id OR NEW.created_at IS NOT OLD.created_at
  OR NEW.created_by_kind IS NOT OLD.created_by_kind OR NEW.created_by IS NOT OLD.created_by
BEGIN
  SELECT RAISE(ABORT, 'id, organization, API, grant and origin of a key never change');
END;

CREATE TRIGGER api_keys_revoked BEFORE UPDATE ON api_keys
WHEN OLD.state = 'revoked' AND NEW.state IS NOT 'revoked'
BEGIN
  SELECT RAISE(ABORT, 'a revoked key stays revoked');
END;

CREATE TABLE key_secrets (
  key_id TEXT NOT NULL REFERENCES api_keys (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BLOB NOT NULL CHECK (length(seal) = 32),
  PRIMARY KEY (key_id, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER key_secrets_insert BEFORE INSERT ON key_secrets
WHEN EXISTS (SELECT 1 FROM key_secrets WHERE key_id = NEW.key_id AND number = NEW.number)
BEGIN
  SELECT RAISE(ABORT, 'a secret is not replaced by another of its number');
END;

CREATE TRIGGER key_secrets_fixed BEFORE UPDATE ON key_secrets
WHEN NEW.key_id IS NOT OLD.key_id OR NEW.number IS NOT OLD.number OR NEW.digest IS NOT OLD.digest
  OR NEW.created_at IS NOT OLD.created_at
BEGIN
  SELECT RAISE(ABORT, 'key, number and digest of a secret never change');
END;

CREATE TABLE setup_codes (
  id TEXT NOT NULL PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
  organization_id TEXT REFERENCES organizations (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;

CREATE UNIQUE INDEX setup_codes_one_each ON setup_codes (coalesce(organization_id, ''));

-- What was done. Of an event only the personal part can go, and nothing of it can change.

CREATE TABLE audit_heads (
  chain TEXT NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL CHECK (number >= 0),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE audit_events (
  chain TEXT NOT NULL REFERENCES audit_heads (chain),
  number INTEGER NOT NULL CHECK (number >= 1),
  id TEXT NOT NULL UNIQUE CHECK (length(id) = 12),
  at INTEGER NOT NULL,
  action TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  target_kind TEXT NOT NULL,
  target TEXT NOT NULL,
  request_id TEXT,
  source_commitment BLOB CHECK (length(source_commitment) = 32),
  previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (chain, number)
) STRICT;

CREATE INDEX audit_events_by_action ON audit_events (chain, action, number);
CREATE INDEX audit_events_by_actor ON audit_events (chain, actor, number);
CREATE INDEX audit_events_by_target ON audit_events (chain, target, number);

CREATE TABLE audit_changes (
  chain TEXT NOT NULL,
  number INTEGER NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 0),
  name TEXT NOT NULL,
  before_value TEXT,
  after_value TEXT,
  PRIMARY KEY (chain, number, position),
  FOREIGN KEY (chain, number) REFERENCES audit_events (chain, number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_personal (
  chain TEXT NOT NULL,
  number INTEGER NOT NULL,
  field TEXT NOT NULL CHECK (field IN ('source')),
  salt BLOB NOT NULL CHECK (length(salt) = 16),
  value TEXT NOT NULL,
  PRIMARY KEY (chain, number, field),
  FOREIGN KEY (chain, number) REFERENCES audit_events (chain, number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TRIGGER audit_events_insert BEFORE INSERT ON audit_events
WHEN EXISTS (SELECT 1 FROM audit_events WHERE (chain = NEW.chain AND number = NEW.number) OR id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'an audit event never changes');
END;

CREATE TRIGGER audit_events_update BEFORE UPDATE ON audit_events
BEGIN
  SELECT RAISE(ABORT, 'an audit event never changes');
END;

CREATE TRIGGER audit_events_delete BEFORE DELETE ON audit_events
BEGIN
  SELECT RAISE(ABORT, 'an audit event never changes');
END;

CREATE TRIGGER audit_changes_insert BEFORE INSERT ON audit_changes
WHEN EXISTS (SELECT 1 FROM audit_events WHERE chain = NEW.chain AND number = NEW.number)
BEGIN
  SELECT RAISE(ABORT, 'an audit event never changes');
END;

CREATE TRIGGER audit_changes_update BEFORE UPDATE ON audit_changes
BEGIN
  SELECT RAISE(ABORT, 'an audit event never changes');
END;

CREATE TRIGGER audit_changes_delete BEFORE DELETE ON audit_changes
BEGIN
  SELECT RAISE(ABORT, 'an audit event never changes');
END;

CREATE TRIGGER audit_personal_insert BEFORE INSERT ON audit_personal
WHEN EXISTS (SELECT 1 FROM audit_events WHERE chain = NEW.chain AND number = NEW.number)
BEGIN
  SELECT RAISE(ABORT, 'the personal part of an audit event goes, but never changes');
END;

CREATE TRIGGER audit_personal_update BEFORE UPDATE ON audit_personal
BEGIN
  SELECT RAISE(ABORT, 'the personal part of an audit event goes, but never changes');
END;
