-- Minutes, hours and days are counted since 1970 UTC.

CREATE TABLE usage_begun (
  single INTEGER NOT NULL PRIMARY KEY CHECK (single = 1),
  begun_at INTEGER NOT NULL
) STRICT;

-- What was asked for, each once.
CREATE TABLE usage_demands (
  number INTEGER NOT NULL PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
  api TEXT NOT NULL,
  operation TEXT NOT NULL,
  requirement TEXT NOT NULL CHECK (requirement IN ('scopes', 'any_valid_key', 'anonymous', 'undeclared')),
  scopes TEXT NOT NULL
) STRICT;

CREATE INDEX usage_demands_given ON usage_demands (api) WHERE operation = '';

-- The hour comes first: what is written now lies together, and what is rolled up goes together.
CREATE TABLE usage_hours (
  hour INTEGER NOT NULL,
  key_id TEXT NOT NULL,
  demand INTEGER NOT NULL REFERENCES usage_demands (number),
  first_minute INTEGER NOT NULL,
  last_minute INTEGER NOT NULL,
  allowed INTEGER NOT NULL CHECK (allowed >= 0),
  denied INTEGER NOT NULL CHECK (denied >= 0),
  PRIMARY KEY (hour, key_id, demand)
) STRICT, WITHOUT ROWID;

CREATE TABLE usage_days (
  key_id TEXT NOT NULL,
  day INTEGER NOT NULL,
  demand INTEGER NOT NULL REFERENCES usage_demands (number),
  first_minute INTEGER NOT NULL,
  last_minute INTEGER NOT NULL,
  allowed INTEGER NOT NULL CHECK (allowed >= 0),
  denied INTEGER NOT NULL CHECK (denied >= 0),
  PRIMARY KEY (key_id, day, demand)
) STRICT, WITHOUT ROWID;

-- One row for each secret that was ever presented; used_minute stays empty until it is used while it is live.
CREATE TABLE usage_secrets (
  key_id TEXT NOT NULL,
  secret INTEGER NOT NULL,
  organization_id TEXT NOT NULL,
  used_minute INTEGER,
  source TEXT,
  user_agent TEXT,
  PRIMARY KEY (key_id, secret)
) STRICT, WITHOUT ROWID;

CREATE INDEX usage_secrets_of_organization ON usage_secrets (organization_id, key_id);

CREATE TABLE usage_denials (
  organization_id TEXT NOT NULL,
  day INTEGER NOT NULL,
  reason TEXT NOT NULL,
  denied INTEGER NOT NULL CHECK (denied >= 0),
  PRIMARY KEY (organization_id, day, reason)
) STRICT, WITHOUT ROWID;

-- The last batch of each node, and up to when it has told everything.
CREATE TABLE usage_nodes (
  node TEXT NOT NULL PRIMARY KEY,
  batch INTEGER NOT NULL,
  told_until INTEGER NOT NULL,
  ended INTEGER NOT NULL CHECK (ended IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Windows in which checks were made and not counted; lost is 0 where nobody knows how many.
CREATE TABLE usage_gaps (
  gap_from INTEGER NOT NULL,
  gap_until INTEGER NOT NULL,
  lost INTEGER NOT NULL CHECK (lost >= 0),
  PRIMARY KEY (gap_from, gap_until)
) STRICT, WITHOUT ROWID;

-- Before these moments the use of an organization's keys was forgotten.
CREATE TABLE usage_cuts (
  organization_id TEXT NOT NULL PRIMARY KEY,
  cut_before INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
