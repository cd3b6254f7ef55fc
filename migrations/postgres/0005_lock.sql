-- The lock of a staff account, and who did what.

-- After so many minutes without a press a staff account locks; 0 is never.
ALTER TABLE schools ADD COLUMN lock_after_minutes BIGINT NOT NULL DEFAULT 180;

-- The PIN belongs to the phone: a new account of the same person chooses a new one.
CREATE TABLE locks (
    transport TEXT NOT NULL,
    account BIGINT NOT NULL,
    -- Empty until a PIN was chosen.
    pin_hash TEXT NOT NULL,
    -- What is being typed on the keys; versioned JSON of people::lock::Entry.
    entry TEXT NOT NULL,
    -- Wrong PINs since the last right one or the last pause, and pauses since the last right one.
    tries BIGINT NOT NULL,
    pauses BIGINT NOT NULL,
    paused_until TIMESTAMPTZ,
    -- Locked by hand or by the administrator.
    locked BOOLEAN NOT NULL,
    -- The last press, to within five minutes.
    seen_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (transport, account)
);

CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_person ON audit (person_id, at);
CREATE INDEX lesson_history_at ON lesson_history (at);
CREATE INDEX lesson_history_person ON lesson_history (person_id, at);
