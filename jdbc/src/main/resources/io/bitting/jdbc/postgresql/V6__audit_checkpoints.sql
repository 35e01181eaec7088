-- Keys that sign where audit chains stand. The private half is encrypted, under a pepper that is not in the database.
CREATE TABLE signing_keys (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  number BIGINT NOT NULL UNIQUE CHECK (number >= 1),
  public_key BYTEA NOT NULL CHECK (length(public_key) = 44),
  private_key BYTEA NOT NULL,
  private_key_version INTEGER NOT NULL CHECK (private_key_version >= 1),
  created_at BIGINT NOT NULL,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BYTEA NOT NULL CHECK (length(seal) = 32)
);

CREATE TABLE audit_checkpoints (
  chain TEXT COLLATE "C" NOT NULL REFERENCES audit_heads (chain),
  number BIGINT NOT NULL CHECK (number >= 1),
  hash BYTEA NOT NULL CHECK (length(hash) = 32),
  at BIGINT NOT NULL,
  signing_key TEXT COLLATE "C" NOT NULL REFERENCES signing_keys (id),
  signature BYTEA NOT NULL CHECK (length(signature) = 64),
  PRIMARY KEY (chain, number)
);

-- How far retention has cut a chain: what has a lower number, or the same, may go. The last one counts.
CREATE TABLE audit_cuts (
  chain TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  PRIMARY KEY (chain, number),
  FOREIGN KEY (chain, number) REFERENCES audit_checkpoints (chain, number)
);

CREATE INDEX audit_events_by_time ON audit_events (chain, at);

CREATE FUNCTION bitting_refuse_unless_cut() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit_cuts WHERE chain = OLD.chain AND number >= OLD.number) THEN
    RAISE EXCEPTION 'an audit event never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END
$$;

CREATE FUNCTION bitting_refuse_once_cut() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM audit_cuts WHERE chain = NEW.chain AND number >= NEW.number) THEN
    RAISE EXCEPTION 'what was cut off an audit chain does not come back' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER signing_keys_fixed BEFORE UPDATE OF id, number, public_key, created_at OR DELETE ON signing_keys FOR EACH ROW EXECUTE FUNCTION bitting_refuse('a signing key never changes');
CREATE TRIGGER signing_keys_kept BEFORE TRUNCATE ON signing_keys FOR EACH STATEMENT EXECUTE FUNCTION bitting_refuse('a signing key never changes');
CREATE TRIGGER audit_checkpoints_fixed BEFORE UPDATE OR DELETE ON audit_checkpoints FOR EACH ROW EXECUTE FUNCTION bitting_refuse('a checkpoint never changes');
CREATE TRIGGER audit_checkpoints_kept BEFORE TRUNCATE ON audit_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION bitting_refuse('a checkpoint never changes');
CREATE TRIGGER audit_cuts_fixed BEFORE UPDATE OR DELETE ON audit_cuts FOR EACH ROW EXECUTE FUNCTION bitting_refuse('what was cut off an audit chain does not come back');
CREATE TRIGGER audit_cuts_kept BEFORE TRUNCATE ON audit_cuts FOR EACH STATEMENT EXECUTE FUNCTION bitting_refuse('what was cut off an audit chain does not come back');
CREATE TRIGGER audit_events_after_cut BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION bitting_refuse_once_cut();

DROP TRIGGER audit_events_fixed ON audit_events;
DROP TRIGGER audit_changes_fixed ON audit_changes;
CREATE TRIGGER audit_events_fixed BEFORE UPDATE ON audit_events FOR EACH ROW EXECUTE FUNCTION bitting_refuse('an audit event never changes');
CREATE TRIGGER audit_changes_fixed BEFORE UPDATE ON audit_changes FOR EACH ROW EXECUTE FUNCTION bitting_refuse('an audit event never changes');
CREATE TRIGGER audit_events_cut BEFORE DELETE ON audit_events FOR EACH ROW EXECUTE FUNCTION bitting_refuse_unless_cut();
CREATE TRIGGER audit_changes_cut BEFORE DELETE ON audit_changes FOR EACH ROW EXECUTE FUNCTION bitting_refuse_unless_cut();
