CREATE TABLE api_operations (
  api TEXT NOT NULL PRIMARY KEY REFERENCES apis (id),
  version INTEGER NOT NULL CHECK (version >= 1),
  published INTEGER NOT NULL CHECK (published IN (0, 1)),
  pepper_version INTEGER NOT NULL CHECK (pepper_version >= 1),
  seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;

CREATE TABLE operations (
  api TEXT NOT NULL REFERENCES api_operations (api) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL CHECK (position >= 0),
  method TEXT NOT NULL CHECK (length(method) BETWEEN 1 AND 20),
  path TEXT NOT NULL CHECK (length(path) BETWEEN 1 AND 1024),
  operation_id TEXT NOT NULL,
  summary TEXT NOT NULL,
  tag TEXT NOT NULL,
  requirement TEXT NOT NULL CHECK (requirement IN ('scopes', 'any_valid_key', 'anonymous', 'undeclared')),
  PRIMARY KEY (api, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE operation_scopes (
  api TEXT NOT NULL,
  position INTEGER NOT NULL,
  alternative INTEGER NOT NULL CHECK (alternative >= 0),
  scope TEXT NOT NULL CHECK (length(scope) BETWEEN 1 AND 128),
  PRIMARY KEY (api, position, alternative, scope),
  FOREIGN KEY (api, position) REFERENCES operations (api, position) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
