-- When the newest sign-in of a person began in which all was proved; null if none did since this is kept. Not sealed:
-- it grants nothing.

ALTER TABLE persons ADD COLUMN last_sign_in_at INTEGER;
