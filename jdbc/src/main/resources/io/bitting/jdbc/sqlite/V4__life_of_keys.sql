-- The policy of an organization, in days; what is absent is without limit.
ALTER TABLE organizations ADD COLUMN key_lifetime_max_days INTEGER CHECK (key_lifetime_max_days >= 1);
ALTER TABLE organizations ADD COLUMN never_allowed INTEGER NOT NULL DEFAULT 1 CHECK (never_allowed IN (0, 1));
ALTER TABLE organizations ADD COLUMN revoke_unused_after_days INTEGER CHECK (revoke_unused_after_days >= 1);
ALTER TABLE organizations ADD COLUMN usage_kept_days INTEGER NOT NULL DEFAULT 400 CHECK (usage_kept_days >= 1);
ALTER TABLE organizations ADD COLUMN audit_kept_days INTEGER CHECK (audit_kept_days >= 1);
ALTER TABLE organizations ADD COLUMN dead_keys_kept_days INTEGER CHECK (dead_keys_kept_days >= 1);

-- What came with the end of a key: why it was revoked, and which key took its place.
ALTER TABLE api_keys ADD COLUMN revoked_reason TEXT;
ALTER TABLE api_keys ADD COLUMN revoked_note TEXT;
ALTER TABLE api_keys ADD COLUMN replaced_by TEXT CHECK (length(replaced_by) = 12);
ALTER TABLE api_keys ADD COLUMN replaced_at INTEGER;
ALTER TABLE api_keys ADD COLUMN ends_at INTEGER CHECK ((ends_at IS NULL) = (replaced_by IS NULL));

DROP INDEX api_keys_one_name;
CREATE UNIQUE INDEX api_keys_one_name ON api_keys (organization_id, name_folded) WHERE state <> 'revoked' AND replaced_by IS NULL;
CREATE INDEX api_keys_by_end ON api_keys (ends_at) WHERE ends_at IS NOT NULL AND state <> 'revoked';

-- The hours without use after which a secret ends; and the nearest warning that was given, which no decision rests on and no seal covers.
ALTER TABLE key_secrets ADD COLUMN quiet_hours INTEGER CHECK (quiet_hours >= 1);
ALTER TABLE key_secrets ADD COLUMN warned_days INTEGER CHECK (warned_days >= 1);

CREATE INDEX key_secrets_by_expiry ON key_secrets (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX key_secrets_quiet ON key_secrets (key_id) WHERE quiet_hours IS NOT NULL;

CREATE TRIGGER api_keys_replaced BEFORE UPDATE ON api_keys
WHEN OLD.replaced_by IS NOT NULL AND (NEW.replaced_by IS NOT OLD.replaced_by OR NEW.replaced_at IS NOT OLD.replaced_at
  OR NEW.ends_at IS NULL OR NEW.ends_at > OLD.ends_at)
BEGIN
  SELECT RAISE(ABORT, 'a replaced key stays replaced, and its end only comes nearer');
END;

CREATE TRIGGER key_secrets_end BEFORE UPDATE ON key_secrets
WHEN OLD.expires_at IS NOT NULL AND (NEW.expires_at IS NULL OR NEW.expires_at > OLD.expires_at)
BEGIN
  SELECT RAISE(ABORT, 'the end of a secret only comes nearer');
END;
