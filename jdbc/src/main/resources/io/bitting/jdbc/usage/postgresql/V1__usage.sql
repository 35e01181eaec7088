-- Minutes, hours and days are counted since 1970 UTC.

CREATE TABLE usage_begun (
  single INTEGER NOT NULL PRIMARY KEY CHECK (single = 1),
  begun_at BIGINT NOT NULL
);

-- What was asked for, each once.
CREATE TABLE usage_demands (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  digest BYTEA NOT NULL UNIQUE CHECK (length(digest) = 32),
  api TEXT COLLATE "C" NOT NULL,
  operation TEXT COLLATE "C" NOT NULL,
  requirement TEXT NOT NULL CHECK (requirement IN ('scopes', 'any_valid_key', 'anonymous', 'undeclared')),
  scopes TEXT NOT NULL
);

CREATE INDEX usage_demands_given ON usage_demands (api) WHERE operation = '';

-- The hour comes first: what is written now lies together, and what is rolled up goes together.
CREATE TABLE usage_hours (
  hour INTEGER NOT NULL,
  key_id TEXT COLLATE "C" NOT NULL,
  demand BIGINT NOT NULL REFERENCES usage_demands (number),
  first_minute INTEGER NOT NULL,
  last_minute INTEGER NOT NULL,
  allowed BIGINT NOT NULL CHECK (allowed >= 0),
  denied BIGINT NOT NULL CHECK (denied >= 0),
  PRIMARY KEY (hour, key_id, demand)
);

CREATE TABLE usage_days (
  key_id TEXT COLLATE "C" NOT NULL,
  day INTEGER NOT NULL,
  demand BIGINT NOT NULL REFERENCES usage_demands (number),
  first_minute INTEGER NOT NULL,
  last_minute INTEGER NOT NULL,
  allowed BIGINT NOT NULL CHECK (allowed >= 0),
  denied BIGINT NOT NULL CHECK (denied >= 0),
  PRIMARY KEY (key_id, day, demand)
);

-- One row for each secret that was ever presented; used_minute stays empty until it is used while it is live.
CREATE TABLE usage_secrets (
  key_id TEXT COLLATE "C" NOT NULL,
  secret INTEGER NOT NULL,
  organization_id TEXT COLLATE "C" NOT NULL,
  used_minute INTEGER,
  source TEXT,
  user_agent TEXT,
  PRIMARY KEY (key_id, secret)
);

CREATE INDEX usage_secrets_of_organization ON usage_secrets (organization_id, key_id);

CREATE TABLE usage_denials (
  organization_id TEXT COLLATE "C" NOT NULL,
  day INTEGER NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  denied BIGINT NOT NULL CHECK (denied >= 0),
  PRIMARY KEY (organization_id, day, reason)
);

-- The last batch of each node, and up to when it has told everything.
CREATE TABLE usage_nodes (
  node TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  batch BIGINT NOT NULL,
  told_until BIGINT NOT NULL,
  ended INTEGER NOT NULL CHECK (ended IN (0, 1))
);

-- Windows in which checks were made and not counted; lost is 0 where nobody knows how many.
CREATE TABLE usage_gaps (
  gap_from BIGINT NOT NULL,
  gap_until BIGINT NOT NULL,
  lost BIGINT NOT NULL CHECK (lost >= 0),
  PRIMARY KEY (gap_from, gap_until)
);

-- Before these moments the use of an organization's keys was forgotten.
CREATE TABLE usage_cuts (
  organization_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  cut_before BIGINT NOT NULL
);
