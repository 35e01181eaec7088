-- Who answers for a key instead of its maker, by its id; null for nobody.

ALTER TABLE review_decisions ADD COLUMN responsible TEXT;
