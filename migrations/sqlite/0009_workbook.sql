-- Workbooks that were sent to the bot: checked first, loaded when somebody says so.

CREATE TABLE workbooks (
    id INTEGER PRIMARY KEY,
    school_id BIGINT NOT NULL REFERENCES schools (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    transport TEXT NOT NULL,
    account BIGINT NOT NULL,
    -- As the sender's phone calls it.
    name TEXT NOT NULL,
    -- The messenger's own name for it.
    file TEXT NOT NULL,
    -- As long as somebody may still want it.
    bytes BLOB,
    state TEXT NOT NULL,
    -- What the check foresaw.
    added BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    removed BIGINT NOT NULL,
    -- What it found wrong, and how much of that is a cell that can be marked.
    problems BIGINT NOT NULL,
    marks BIGINT NOT NULL,
    -- Whether another title of the school was said to be on purpose, or is to be asked about.
    renamed BOOLEAN NOT NULL,
    asks_renamed BOOLEAN NOT NULL,
    sent_at TIMESTAMP NOT NULL
);
CREATE INDEX workbooks_school ON workbooks (school_id, state);
