-- Times are milliseconds since 1970 UTC, truth values 0 or 1. A seal is HMAC-SHA-256 of the row, under a pepper that is not in the database.
-- Ids and names compare byte by byte (COLLATE "C"), as in Java and in SQLite.

CREATE FUNCTION bitting_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TABLE change_head (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  epoch TEXT COLLATE "C" NOT NULL CHECK (length(epoch) > 0),
  seq BIGINT NOT NULL CHECK (seq >= 0)
);

CREATE TABLE changes (
  seq BIGINT NOT NULL CHECK (seq >= 1),
  position INTEGER NOT NULL CHECK (position >= 0),
  entity TEXT NOT NULL,
  entity_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (seq, position)
);

CREATE TABLE pepper_checks (
  epoch TEXT COLLATE "C" NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  check_value BYTEA NOT NULL CHECK (length(check_value) = 32),
  PRIMARY KEY (epoch, version)
);

CREATE TABLE organizations (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 12),
  slug TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 63),
  name TEXT COLLATE "C" NOT NULL,
  operator INTEGER NOT NULL CHECK (operator IN (0, 1)),
  suspended INTEGER NOT NULL CHECK (suspended IN (0, 1)),
  all_scopes_allowed INTEGER NOT NULL CHECK (all_scopes_allowed IN (0, 1)),
  created_at BIGINT NOT NULL,
  revision BIGINT NOT NULL CHECK (revision >= 1),
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BYTEA NOT NULL CHECK (length(seal) = 32)
);

CREATE UNIQUE INDEX organizations_one_operator ON organizations (operator) WHERE operator = 1;

CREATE TABLE apis (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 63),
  name TEXT COLLATE "C" NOT NULL,
  prefix TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(prefix) BETWEEN 1 AND 20),
  created_at BIGINT NOT NULL,
  revision BIGINT NOT NULL CHECK (revision >= 1),
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BYTEA NOT NULL CHECK (length(seal) = 32)
);

CREATE TRIGGER apis_prefix_stays BEFORE UPDATE ON apis FOR EACH ROW
WHEN (NEW.id IS DISTINCT FROM OLD.id OR NEW.prefix IS DISTINCT FROM OLD.prefix OR NEW.created_at IS DISTINCT FROM OLD.created_at)
EXECUTE FUNCTION bitting_refuse('id and prefix of an API never change');

CREATE TABLE catalogs (
  api TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES apis (id),
  version INTEGER NOT NULL CHECK (version >= 1),
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BYTEA NOT NULL CHECK (length(seal) = 32)
);

CREATE TABLE catalog_scopes (
  api TEXT COLLATE "C" NOT NULL REFERENCES catalogs (api) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL CHECK (position >= 0),
  scope TEXT COLLATE "C" NOT NULL CHECK (length(scope) BETWEEN 1 AND 128),
  category TEXT NOT NULL,
  access TEXT NOT NULL CHECK (access IN ('read', 'write', 'danger')),
  description TEXT NOT NULL,
  included INTEGER NOT NULL CHECK (included IN (0, 1)),
  retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
  PRIMARY KEY (api, position),
  UNIQUE (api, scope)
);

CREATE TABLE catalog_implies (
  api TEXT COLLATE "C" NOT NULL,
  scope TEXT COLLATE "C" NOT NULL,
  implied TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (api, scope, implied),
  FOREIGN KEY (api, scope) REFERENCES catalog_scopes (api, scope) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (api, implied) REFERENCES catalog_scopes (api, scope) DEFERRABLE INITIALLY DEFERRED
);

-- A grant is named by the hash of its contents. Its scopes and reach are written first, the grant last; from then on nothing of it changes.

CREATE TABLE grants (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 64),
  api TEXT COLLATE "C" NOT NULL REFERENCES apis (id),
  all_scopes INTEGER NOT NULL CHECK (all_scopes IN (0, 1)),
  reaches_everything INTEGER NOT NULL CHECK (reaches_everything IN (0, 1)),
  UNIQUE (id, api)
);

CREATE TABLE grant_scopes (
  grant_id TEXT COLLATE "C" NOT NULL REFERENCES grants (id) DEFERRABLE INITIALLY DEFERRED,
  scope TEXT COLLATE "C" NOT NULL CHECK (length(scope) BETWEEN 1 AND 128),
  PRIMARY KEY (grant_id, scope)
);

CREATE INDEX grant_scopes_by_scope ON grant_scopes (scope);

CREATE TABLE grant_reach (
  grant_id TEXT COLLATE "C" NOT NULL REFERENCES grants (id) DEFERRABLE INITIALLY DEFERRED,
  power TEXT COLLATE "C" NOT NULL CHECK (power IN ('verify', 'issue', 'issue_all')),
  api TEXT COLLATE "C" NOT NULL REFERENCES apis (id),
  scope TEXT COLLATE "C" NOT NULL CHECK (length(scope) <= 128),
  PRIMARY KEY (grant_id, power, api, scope),
  CHECK ((power = 'issue') = (scope <> ''))
);

CREATE FUNCTION bitting_refuse_once_granted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM grants WHERE id = NEW.grant_id) THEN
    RAISE EXCEPTION 'a grant never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER grant_scopes_complete BEFORE INSERT ON grant_scopes FOR EACH ROW EXECUTE FUNCTION bitting_refuse_once_granted();
CREATE TRIGGER grant_reach_complete BEFORE INSERT ON grant_reach FOR EACH ROW EXECUTE FUNCTION bitting_refuse_once_granted();
CREATE TRIGGER grants_fixed BEFORE UPDATE OR DELETE ON grants FOR EACH ROW EXECUTE FUNCTION bitting_refuse('a grant never changes');
CREATE TRIGGER grants_kept BEFORE TRUNCATE ON grants FOR EACH STATEMENT EXECUTE FUNCTION bitting_refuse('a grant never changes');
CREATE TRIGGER grant_scopes_fixed BEFORE UPDATE OR DELETE ON grant_scopes FOR EACH ROW EXECUTE FUNCTION bitting_refuse('a grant never changes');
CREATE TRIGGER grant_scopes_kept BEFORE TRUNCATE ON grant_scopes FOR EACH STATEMENT EXECUTE FUNCTION bitting_refuse('a grant never changes');
CREATE TRIGGER grant_reach_fixed BEFORE UPDATE OR DELETE ON grant_reach FOR EACH ROW EXECUTE FUNCTION bitting_refuse('a grant never changes');
CREATE TRIGGER grant_reach_kept BEFORE TRUNCATE ON grant_reach FOR EACH STATEMENT EXECUTE FUNCTION bitting_refuse('a grant never changes');

-- Keys and their secrets lie in the order of their ids, which is the order in which all of them are read at a start.

CREATE TABLE api_keys (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 12),
  organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
  api TEXT COLLATE "C" NOT NULL,
  grant_id TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
  name_folded TEXT COLLATE "C" NOT NULL CHECK (name_folded <> ''),
  purpose TEXT NOT NULL,
  purpose_folded TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'disabled', 'revoked')),
  created_at BIGINT NOT NULL,
  created_by_kind TEXT NOT NULL,
  created_by TEXT NOT NULL,
  revoked_at BIGINT,
  revision BIGINT NOT NULL CHECK (revision >= 1),
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BYTEA NOT NULL CHECK (length(seal) = 32),
  FOREIGN KEY (grant_id, api) REFERENCES grants (id, api),
  CHECK ((state = 'revoked') = (revoked_at IS NOT NULL))
);

CREATE UNIQUE INDEX api_keys_one_name ON api_keys (organization_id, name_folded) WHERE state <> 'revoked';
CREATE INDEX api_keys_by_age ON api_keys (organization_id, created_at, id);
CREATE INDEX api_keys_by_grant ON api_keys (grant_id, state);

CREATE TRIGGER api_keys_fixed BEFORE UPDATE ON api_keys FOR EACH ROW
WHEN (NEW.id IS DISTINCT FROM OLD.id OR NEW.organization_id IS DISTINCT FROM OLD.organization_id OR NEW.api IS DISTINCT FROM OLD.api
  OR NEW.grant_id IS DISTINCT FROM OLD.grant_id OR NEW.created_at IS DISTINCT FROM OLD.created_at
  OR NEW.created_by_kind IS DISTINCT FROM OLD.created_by_kind OR NEW.created_by IS DISTINCT FROM OLD.created_by)
EXECUTE FUNCTION bitting_refuse('id, organization, API, grant and origin of a key never change');

CREATE TRIGGER api_keys_revoked BEFORE UPDATE ON api_keys FOR EACH ROW
WHEN (OLD.state = 'revoked' AND NEW.state IS DISTINCT FROM 'revoked')
EXECUTE FUNCTION bitting_refuse('a revoked key stays revoked');

CREATE TABLE key_secrets (
  key_id TEXT COLLATE "C" NOT NULL REFERENCES api_keys (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  digest BYTEA NOT NULL CHECK (length(digest) = 32),
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  revision BIGINT NOT NULL CHECK (revision >= 1),
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BYTEA NOT NULL CHECK (length(seal) = 32),
  PRIMARY KEY (key_id, number)
);

CREATE TRIGGER key_secrets_fixed BEFORE UPDATE ON key_secrets FOR EACH ROW
WHEN (NEW.key_id IS DISTINCT FROM OLD.key_id OR NEW.number IS DISTINCT FROM OLD.number OR NEW.digest IS DISTINCT FROM OLD.digest
  OR NEW.created_at IS DISTINCT FROM OLD.created_at)
EXECUTE FUNCTION bitting_refuse('key, number and digest of a secret never change');

CREATE TABLE setup_codes (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  digest BYTEA NOT NULL UNIQUE CHECK (length(digest) = 32),
  organization_id TEXT COLLATE "C" REFERENCES organizations (id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BYTEA NOT NULL CHECK (length(seal) = 32)
);

CREATE UNIQUE INDEX setup_codes_one_each ON setup_codes (coalesce(organization_id, ''));

-- What was done. Of an event only the personal part can go, and nothing of it can change.

CREATE TABLE audit_heads (
  chain TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  number BIGINT NOT NULL CHECK (number >= 0),
  hash BYTEA NOT NULL CHECK (length(hash) = 32)
);

CREATE TABLE audit_events (
  chain TEXT COLLATE "C" NOT NULL REFERENCES audit_heads (chain),
  number BIGINT NOT NULL CHECK (number >= 1),
  id TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(id) = 12),
  at BIGINT NOT NULL,
  action TEXT COLLATE "C" NOT NULL,
  actor_kind TEXT NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  target_kind TEXT NOT NULL,
  target TEXT COLLATE "C" NOT NULL,
  request_id TEXT,
  source_commitment BYTEA CHECK (length(source_commitment) = 32),
  previous_hash BYTEA NOT NULL CHECK (length(previous_hash) = 32),
  hash BYTEA NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (chain, number)
);

CREATE INDEX audit_events_by_action ON audit_events (chain, action, number);
CREATE INDEX audit_events_by_actor ON audit_events (chain, actor, number);
CREATE INDEX audit_events_by_target ON audit_events (chain, target, number);

CREATE TABLE audit_changes (
  chain TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 0),
  name TEXT COLLATE "C" NOT NULL,
  before_value TEXT,
  after_value TEXT,
  PRIMARY KEY (chain, number, position),
  FOREIGN KEY (chain, number) REFERENCES audit_events (chain, number) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE audit_personal (
  chain TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  field TEXT NOT NULL CHECK (field IN ('source')),
  salt BYTEA NOT NULL CHECK (length(salt) = 16),
  value TEXT NOT NULL,
  PRIMARY KEY (chain, number, field),
  FOREIGN KEY (chain, number) REFERENCES audit_events (chain, number) DEFERRABLE INITIALLY DEFERRED
);

CREATE FUNCTION bitting_refuse_once_audited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM audit_events WHERE chain = NEW.chain AND number = NEW.number) THEN
    RAISE EXCEPTION 'an audit event never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER audit_changes_complete BEFORE INSERT ON audit_changes FOR EACH ROW EXECUTE FUNCTION bitting_refuse_once_audited();
CREATE TRIGGER audit_personal_complete BEFORE INSERT ON audit_personal FOR EACH ROW EXECUTE FUNCTION bitting_refuse_once_audited();
CREATE TRIGGER audit_events_fixed BEFORE UPDATE OR DELETE ON audit_events FOR EACH ROW EXECUTE FUNCTION bitting_refuse('an audit event never changes');
CREATE TRIGGER audit_events_kept BEFORE TRUNCATE ON audit_events FOR EACH STATEMENT EXECUTE FUNCTION bitting_refuse('an audit event never changes');
CREATE TRIGGER audit_changes_fixed BEFORE UPDATE OR DELETE ON audit_changes FOR EACH ROW EXECUTE FUNCTION bitting_refuse('an audit event never changes');
CREATE TRIGGER audit_changes_kept BEFORE TRUNCATE ON audit_changes FOR EACH STATEMENT EXECUTE FUNCTION bitting_refuse('an audit event never changes');
CREATE TRIGGER audit_personal_fixed BEFORE UPDATE ON audit_personal FOR EACH ROW EXECUTE FUNCTION bitting_refuse('the personal part of an audit event goes, but never changes');
