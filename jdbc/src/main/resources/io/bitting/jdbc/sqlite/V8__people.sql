-- People, what they sign in with, and what they are in organizations; each row sealed.

ALTER TABLE organizations ADD COLUMN mfa_required_from INTEGER;

CREATE TABLE persons (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 12),
  mail TEXT NOT NULL UNIQUE CHECK (length(mail) BETWEEN 3 AND 254),
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  mfa_since INTEGER,
  disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
  created_at INTEGER NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;

CREATE TABLE members (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 12),
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  person_id TEXT NOT NULL REFERENCES persons (id),
  role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'auditor')),
  joined_at INTEGER NOT NULL,
  added_by_kind TEXT NOT NULL,
  added_by TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BLOB NOT NULL CHECK (length(seal) = 32),
  UNIQUE (organization_id, person_id)
) STRICT;

CREATE INDEX members_by_age ON members (organization_id, joined_at, id);
CREATE INDEX members_by_person ON members (person_id, joined_at);

-- An invitation, like every code here, is found by the digest of what was handed out.

CREATE TABLE invitations (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 12),
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  mail TEXT NOT NULL CHECK (length(mail) BETWEEN 3 AND 254),
  role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'auditor')),
  digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
  created_at INTEGER NOT NULL,
  created_by_kind TEXT NOT NULL,
  created_by TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BLOB NOT NULL CHECK (length(seal) = 32),
  UNIQUE (organization_id, mail)
) STRICT;

CREATE INDEX invitations_by_age ON invitations (organization_id, created_at, id);

CREATE TABLE passwords (
  person_id TEXT NOT NULL PRIMARY KEY REFERENCES persons (id),
  phc TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;

-- The seed itself is encrypted (AES-256-GCM) under a key that is derived from the pepper, and bound to its person.

CREATE TABLE totp_seeds (
  person_id TEXT NOT NULL REFERENCES persons (id),
  pending INTEGER NOT NULL CHECK (pending IN (0, 1)),
  seed BLOB NOT NULL,
  seed_version INTEGER NOT NULL CHECK (seed_version >= 1),
  created_at INTEGER NOT NULL,
  confirmed_at INTEGER,
  last_step INTEGER NOT NULL,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BLOB NOT NULL CHECK (length(seal) = 32),
  PRIMARY KEY (person_id, pending),
  CHECK ((pending = 1) = (confirmed_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE passkeys (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 12),
  person_id TEXT NOT NULL REFERENCES persons (id),
  name TEXT NOT NULL,
  credential_id BLOB NOT NULL UNIQUE CHECK (length(credential_id) BETWEEN 1 AND 1023),
  public_key BLOB NOT NULL,
  sign_count INTEGER NOT NULL CHECK (sign_count >= 0),
  backup_eligible INTEGER NOT NULL CHECK (backup_eligible IN (0, 1)),
  backed_up INTEGER NOT NULL CHECK (backed_up IN (0, 1)),
  created_at INTEGER NOT NULL,
  last_used_at INTEGER,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;

CREATE INDEX passkeys_by_person ON passkeys (person_id, created_at, id);

CREATE TABLE recovery_codes (
  digest BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
  person_id TEXT NOT NULL REFERENCES persons (id),
  created_at INTEGER NOT NULL,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;

CREATE INDEX recovery_codes_by_person ON recovery_codes (person_id);

CREATE TABLE sign_ins (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 12),
  digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
  person_id TEXT NOT NULL REFERENCES persons (id),
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  password_at INTEGER,
  totp_at INTEGER,
  passkey_at INTEGER,
  recovery_code_at INTEGER,
  source TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  ended_at INTEGER,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;

CREATE INDEX sign_ins_by_person ON sign_ins (person_id, created_at, id);
CREATE INDEX sign_ins_by_use ON sign_ins (last_seen_at);

-- What never changes, whoever asks.

CREATE TRIGGER persons_fixed BEFORE UPDATE ON persons
WHEN NEW.id IS NOT OLD.id OR NEW.created_at IS NOT OLD.created_at
BEGIN
  SELECT RAISE(ABORT, 'id and origin of a person never change');
END;

CREATE TRIGGER members_fixed BEFORE UPDATE ON members
WHEN NEW.id IS NOT OLD.id OR NEW.organization_id IS NOT OLD.organization_id OR NEW.person_id IS NOT OLD.person_id
  OR NEW.joined_at IS NOT OLD.joined_at OR NEW.added_by_kind IS NOT OLD.added_by_kind
  OR NEW.added_by IS NOT OLD.added_by
BEGIN
  SELECT RAISE(ABORT, 'id, organization, person and origin of a member never change');
END;

CREATE TRIGGER invitations_fixed BEFORE UPDATE ON invitations
BEGIN
  SELECT RAISE(ABORT, 'an invitation never changes');
END;

CREATE TRIGGER totp_seeds_used BEFORE UPDATE ON totp_seeds
WHEN NEW.seed IS OLD.seed AND NEW.last_step < OLD.last_step
BEGIN
  SELECT RAISE(ABORT, 'a step of one-time passwords is used once');
END;

CREATE TRIGGER passkeys_fixed BEFORE UPDATE ON passkeys
WHEN NEW.id IS NOT OLD.id OR NEW.person_id IS NOT OLD.person_id OR NEW.credential_id IS NOT OLD.credential_id
  OR NEW.public_key IS NOT OLD.public_key OR NEW.created_at IS NOT OLD.created_at
BEGIN
  SELECT RAISE(ABORT, 'id, person and public key of a passkey never change');
END;

CREATE TRIGGER recovery_codes_fixed BEFORE UPDATE ON recovery_codes
BEGIN
  SELECT RAISE(ABORT, 'a recovery code never changes');
END;

CREATE TRIGGER sign_ins_fixed BEFORE UPDATE ON sign_ins
WHEN NEW.id IS NOT OLD.id OR NEW.person_id IS NOT OLD.person_id OR NEW.created_at IS NOT OLD.created_at
  OR NEW.source IS NOT OLD.source OR NEW.user_agent IS NOT OLD.user_agent
BEGIN
  SELECT RAISE(ABORT, 'id, person and origin of a sign-in never change');
END;

CREATE TRIGGER sign_ins_ended BEFORE UPDATE ON sign_ins
WHEN OLD.ended_at IS NOT NULL AND NEW.ended_at IS NOT OLD.ended_at
BEGIN
  SELECT RAISE(ABORT, 'a sign-in that ended stays ended');
END;
