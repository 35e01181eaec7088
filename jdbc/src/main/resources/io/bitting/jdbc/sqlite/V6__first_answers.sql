-- What callers were answered who made something under a name of their own (Idempotency-Key), without the secret.
CREATE TABLE first_answers (
  request BLOB NOT NULL PRIMARY KEY CHECK (length(request) = 32),
  payload BLOB NOT NULL CHECK (length(payload) = 32),
  caller TEXT NOT NULL CHECK (length(caller) = 12),
  status INTEGER NOT NULL CHECK (status BETWEEN 200 AND 299),
  location TEXT,
  body TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT, WITHOUT ROWID;

CREATE INDEX first_answers_by_expiry ON first_answers (expires_at);
