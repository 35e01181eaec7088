-- People, what they sign in with, and what they are in organizations; each row sealed.

ALTER TABLE organizations ADD COLUMN mfa_required_from BIGINT;

CREATE TABLE persons (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 12),
  mail TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(mail) BETWEEN 3 AND 254),
  name TEXT NOT NULL,
  name_folded TEXT COLLATE "C" NOT NULL,
  mfa_since BIGINT,
  disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
  created_at BIGINT NOT NULL,
  revision BIGINT NOT NULL CHECK (revision >= 1),
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BYTEA NOT NULL CHECK (length(seal) = 32)
);

CREATE TABLE members (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 12),
  organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
  person_id TEXT COLLATE "C" NOT NULL REFERENCES persons (id),
  role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'auditor')),
  joined_at BIGINT NOT NULL,
  added_by_kind TEXT NOT NULL,
  added_by TEXT COLLATE "C" NOT NULL,
  revision BIGINT NOT NULL CHECK (revision >= 1),
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BYTEA NOT NULL CHECK (length(seal) = 32),
  UNIQUE (organization_id, person_id)
);

CREATE INDEX members_by_age ON members (organization_id, joined_at, id);
CREATE INDEX members_by_person ON members (person_id, joined_at);

-- An invitation, like every code here, is found by the digest of what was handed out.

CREATE TABLE invitations (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 12),
  organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
  mail TEXT COLLATE "C" NOT NULL CHECK (length(mail) BETWEEN 3 AND 254),
  role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'auditor')),
  digest BYTEA NOT NULL UNIQUE CHECK (length(digest) = 32),
  created_at BIGINT NOT NULL,
  created_by_kind TEXT NOT NULL,
  created_by TEXT COLLATE "C" NOT NULL,
  expires_at BIGINT NOT NULL,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BYTEA NOT NULL CHECK (length(seal) = 32),
  UNIQUE (organization_id, mail)
);

CREATE INDEX invitations_by_age ON invitations (organization_id, created_at, id);

CREATE TABLE passwords (
  person_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES persons (id),
  phc TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BYTEA NOT NULL CHECK (length(seal) = 32)
);

-- The seed itself is encrypted (AES-256-GCM) under a key that is derived from the pepper, and bound to its person.

CREATE TABLE totp_seeds (
  person_id TEXT COLLATE "C" NOT NULL REFERENCES persons (id),
  pending INTEGER NOT NULL CHECK (pending IN (0, 1)),
  seed BYTEA NOT NULL,
  seed_version INTEGER NOT NULL CHECK (seed_version >= 1),
  created_at BIGINT NOT NULL,
  confirmed_at BIGINT,
  last_step BIGINT NOT NULL,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BYTEA NOT NULL CHECK (length(seal) = 32),
  PRIMARY KEY (person_id, pending),
  CHECK ((pending = 1) = (confirmed_at IS NULL))
);

CREATE TABLE passkeys (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 12),
  person_id TEXT COLLATE "C" NOT NULL REFERENCES persons (id),
  name TEXT NOT NULL,
  credential_id BYTEA NOT NULL UNIQUE CHECK (length(credential_id) BETWEEN 1 AND 1023),
  public_key BYTEA NOT NULL,
  sign_count BIGINT NOT NULL CHECK (sign_count >= 0),
  backup_eligible INTEGER NOT NULL CHECK (backup_eligible IN (0, 1)),
  backed_up INTEGER NOT NULL CHECK (backed_up IN (0, 1)),
  created_at BIGINT NOT NULL,
  last_used_at BIGINT,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BYTEA NOT NULL CHECK (length(seal) = 32)
);

CREATE INDEX passkeys_by_person ON passkeys (person_id, created_at, id);

CREATE TABLE recovery_codes (
  digest BYTEA NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
  person_id TEXT COLLATE "C" NOT NULL REFERENCES persons (id),
  created_at BIGINT NOT NULL,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BYTEA NOT NULL CHECK (length(seal) = 32)
);

CREATE INDEX recovery_codes_by_person ON recovery_codes (person_id);

CREATE TABLE sign_ins (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 12),
  digest BYTEA NOT NULL UNIQUE CHECK (length(digest) = 32),
  person_id TEXT COLLATE "C" NOT NULL REFERENCES persons (id),
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  password_at BIGINT,
  totp_at BIGINT,
  passkey_at BIGINT,
  recovery_code_at BIGINT,
  source TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  ended_at BIGINT,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BYTEA NOT NULL CHECK (length(seal) = 32)
);

CREATE INDEX sign_ins_by_person ON sign_ins (person_id, created_at, id);
CREATE INDEX sign_ins_by_use ON sign_ins (last_seen_at);

-- What never changes, whoever asks.

CREATE TRIGGER persons_fixed BEFORE UPDATE ON persons FOR EACH ROW
WHEN (NEW.id IS DISTINCT FROM OLD.id OR NEW.created_at IS DISTINCT FROM OLD.created_at)
EXECUTE FUNCTION bitting_refuse('id and origin of a person never change');

CREATE TRIGGER members_fixed BEFORE UPDATE ON members FOR EACH ROW
WHEN (NEW.id IS DISTINCT FROM OLD.id OR NEW.organization_id IS DISTINCT FROM OLD.organization_id
  OR NEW.person_id IS DISTINCT FROM OLD.person_id OR NEW.joined_at IS DISTINCT FROM OLD.joined_at
  OR NEW.added_by_kind IS DISTINCT FROM OLD.added_by_kind OR NEW.added_by IS DISTINCT FROM OLD.added_by)
EXECUTE FUNCTION bitting_refuse('id, organization, person and origin of a member never change');

CREATE TRIGGER invitations_fixed BEFORE UPDATE ON invitations FOR EACH ROW
EXECUTE FUNCTION bitting_refuse('an invitation never changes');

CREATE TRIGGER totp_seeds_used BEFORE UPDATE ON totp_seeds FOR EACH ROW
WHEN (NEW.seed IS NOT DISTINCT FROM OLD.seed AND NEW.last_step < OLD.last_step)
EXECUTE FUNCTION bitting_refuse('a step of one-time passwords is used once');

CREATE TRIGGER passkeys_fixed BEFORE UPDATE ON passkeys FOR EACH ROW
WHEN (NEW.id IS DISTINCT FROM OLD.id OR NEW.person_id IS DISTINCT FROM OLD.person_id
  OR NEW.credential_id IS DISTINCT FROM OLD.credential_id OR NEW.public_key IS DISTINCT FROM OLD.public_key
  OR NEW.created_at IS DISTINCT FROM OLD.created_at)
EXECUTE FUNCTION bitting_refuse('id, person and public key of a passkey never change');

CREATE TRIGGER recovery_codes_fixed BEFORE UPDATE ON recovery_codes FOR EACH ROW
EXECUTE FUNCTION bitting_refuse('a recovery code never changes');

CREATE TRIGGER sign_ins_fixed BEFORE UPDATE ON sign_ins FOR EACH ROW
WHEN (NEW.id IS DISTINCT FROM OLD.id OR NEW.person_id IS DISTINCT FROM OLD.person_id
  OR NEW.created_at IS DISTINCT FROM OLD.created_at OR NEW.source IS DISTINCT FROM OLD.source
  OR NEW.user_agent IS DISTINCT FROM OLD.user_agent)
EXECUTE FUNCTION bitting_refuse('id, person and origin of a sign-in never change');

CREATE TRIGGER sign_ins_ended BEFORE UPDATE ON sign_ins FOR EACH ROW
WHEN (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)
EXECUTE FUNCTION bitting_refuse('a sign-in that ended stays ended');
