-- Getting in by two things at once, consent, slips.

-- A salted hash of four digits that are given apart from the code.
ALTER TABLE invitations ADD COLUMN digits_hash TEXT NOT NULL DEFAULT '';
-- Wrong digits so far, over all sleeps.
ALTER TABLE invitations ADD COLUMN wrong BIGINT NOT NULL DEFAULT 0;
ALTER TABLE invitations ADD COLUMN sleeps_until TIMESTAMP;
ALTER TABLE invitations ADD COLUMN revoked_at TIMESTAMP;
-- Who gave it; nobody when it came from the command line.
ALTER TABLE invitations ADD COLUMN given_by BIGINT REFERENCES people (id);

-- A parent's consent to the processing of a child's data: which text, when, until when. No row is removed.
CREATE TABLE consents (
    id INTEGER PRIMARY KEY,
    parent_id BIGINT NOT NULL REFERENCES people (id),
    pupil_id BIGINT NOT NULL REFERENCES people (id),
    version TEXT NOT NULL,
    given_at TIMESTAMP NOT NULL,
    withdrawn_at TIMESTAMP
);
CREATE UNIQUE INDEX consents_standing ON consents (parent_id, pupil_id) WHERE withdrawn_at IS NULL;

-- Slips that somebody asked for and that aren't printed yet. Codes are made when they are printed, and only there.
CREATE TABLE slip_orders (
    id INTEGER PRIMARY KEY,
    class_id BIGINT NOT NULL REFERENCES classes (id),
    -- For those who are connected too.
    whole BOOLEAN NOT NULL,
    transport TEXT NOT NULL,
    account BIGINT NOT NULL
);
