-- Keys that sign where audit chains stand. The private half is encrypted, under a pepper that is not in the database.
CREATE TABLE signing_keys (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  number INTEGER NOT NULL UNIQUE CHECK (number >= 1),
  public_key BLOB NOT NULL CHECK (length(public_key) = 44),
  private_key BLOB NOT NULL,
  private_key_version INTEGER NOT NULL CHECK (private_key_version >= 1),
  created_at INTEGER NOT NULL,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;

CREATE TABLE audit_checkpoints (
  chain TEXT NOT NULL REFERENCES audit_heads (chain),
  number INTEGER NOT NULL CHECK (number >= 1),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  at INTEGER NOT NULL,
  signing_key TEXT NOT NULL REFERENCES signing_keys (id),
  signature BLOB NOT NULL CHECK (length(signature) = 64),
  PRIMARY KEY (chain, number)
) STRICT, WITHOUT ROWID;

-- How far retention has cut a chain: what has a lower number, or the same, may go. The last one counts.
CREATE TABLE audit_cuts (
  chain TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (chain, number),
  FOREIGN KEY (chain, number) REFERENCES audit_checkpoints (chain, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_events_by_time ON audit_events (chain, at);

CREATE TRIGGER signing_keys_insert BEFORE INSERT ON signing_keys
WHEN EXISTS (SELECT 1 FROM signing_keys WHERE id = NEW.id OR number = NEW.number)
BEGIN
  SELECT RAISE(ABORT, 'a signing key never changes');
END;

CREATE TRIGGER signing_keys_update BEFORE UPDATE OF id, number, public_key, created_at ON signing_keys
BEGIN
  SELECT RAISE(ABORT, 'a signing key never changes');
END;

CREATE TRIGGER signing_keys_delete BEFORE DELETE ON signing_keys
BEGIN
  SELECT RAISE(ABORT, 'a signing key never changes');
END;

CREATE TRIGGER audit_checkpoints_insert BEFORE INSERT ON audit_checkpoints
WHEN EXISTS (SELECT 1 FROM audit_checkpoints WHERE chain = NEW.chain AND number = NEW.number)
BEGIN
  SELECT RAISE(ABORT, 'a checkpoint never changes');
END;

CREATE TRIGGER audit_checkpoints_update BEFORE UPDATE ON audit_checkpoints
BEGIN
  SELECT RAISE(ABORT, 'a checkpoint never changes');
END;

CREATE TRIGGER audit_checkpoints_delete BEFORE DELETE ON audit_checkpoints
BEGIN
  SELECT RAISE(ABORT, 'a checkpoint never changes');
END;

-- The reference alone would hold only on connections that enforce foreign keys.
CREATE TRIGGER audit_cuts_insert BEFORE INSERT ON audit_cuts
WHEN NOT EXISTS (SELECT 1 FROM audit_checkpoints WHERE chain = NEW.chain AND number = NEW.number)
BEGIN
  SELECT RAISE(ABORT, 'an audit chain is cut at a checkpoint');
END;

CREATE TRIGGER audit_cuts_update BEFORE UPDATE ON audit_cuts
BEGIN
  SELECT RAISE(ABORT, 'what was cut off an audit chain does not come back');
END;

CREATE TRIGGER audit_cuts_delete BEFORE DELETE ON audit_cuts
BEGIN
  SELECT RAISE(ABORT, 'what was cut off an audit chain does not come back');
END;

CREATE TRIGGER audit_events_insert_after_cut BEFORE INSERT ON audit_events
WHEN EXISTS (SELECT 1 FROM audit_cuts WHERE chain = NEW.chain AND number >= NEW.number)
BEGIN
  SELECT RAISE(ABORT, 'what was cut off an audit chain does not come back');
END;

DROP TRIGGER audit_events_delete;

CREATE TRIGGER audit_events_delete BEFORE DELETE ON audit_events
WHEN NOT EXISTS (SELECT 1 FROM audit_cuts WHERE chain = OLD.chain AND number >= OLD.number)
BEGIN
  SELECT RAISE(ABORT, 'an audit event never changes');
END;

DROP TRIGGER audit_changes_delete;

CREATE TRIGGER audit_changes_delete BEFORE DELETE ON audit_changes
WHEN NOT EXISTS (SELECT 1 FROM audit_cuts WHERE chain = OLD.chain AND number >= OLD.number)
BEGIN
  SELECT RAISE(ABORT, 'an audit event never changes');
END;
