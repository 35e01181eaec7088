-- Scopes that are often wanted together. The seal of the catalog covers them.

CREATE TABLE catalog_templates (
  api TEXT COLLATE "C" NOT NULL REFERENCES catalogs (api) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL CHECK (position >= 0),
  name TEXT COLLATE "C" NOT NULL CHECK (length(name) > 0),
  description TEXT NOT NULL,
  PRIMARY KEY (api, position),
  UNIQUE (api, name)
);

CREATE TABLE catalog_template_scopes (
  api TEXT COLLATE "C" NOT NULL,
  template TEXT COLLATE "C" NOT NULL,
  scope TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (api, template, scope),
  FOREIGN KEY (api, template) REFERENCES catalog_templates (api, name) DEFERRABLE INITIALLY DEFERRED
);
