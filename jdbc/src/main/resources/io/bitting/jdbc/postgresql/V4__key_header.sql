ALTER TABLE apis ADD COLUMN key_header TEXT COLLATE "C" CHECK (length(key_header) BETWEEN 1 AND 64);
