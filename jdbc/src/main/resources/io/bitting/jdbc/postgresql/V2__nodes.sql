-- How far each node has got. Of the moment only: nothing is lost with it.
CREATE UNLOGGED TABLE nodes (
  id TEXT PRIMARY KEY,
  epoch TEXT NOT NULL,
  seq BIGINT NOT NULL,
  seen_at TIMESTAMPTZ NOT NULL
);
