ALTER TABLE apis ADD COLUMN key_header TEXT CHECK (length(key_header) BETWEEN 1 AND 64);
