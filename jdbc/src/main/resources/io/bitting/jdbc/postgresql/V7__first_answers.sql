-- What callers were answered who made something under a name of their own (Idempotency-Key), without the secret.
CREATE TABLE first_answers (
  request BYTEA NOT NULL PRIMARY KEY CHECK (length(request) = 32),
  payload BYTEA NOT NULL CHECK (length(payload) = 32),
  caller TEXT COLLATE "C" NOT NULL CHECK (length(caller) = 12),
  status INTEGER NOT NULL CHECK (status BETWEEN 200 AND 299),
  location TEXT,
  body TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BYTEA NOT NULL CHECK (length(seal) = 32)
);

CREATE INDEX first_answers_by_expiry ON first_answers (expires_at);
