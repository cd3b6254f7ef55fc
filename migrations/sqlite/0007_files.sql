-- Files on their way, and work that takes longer than a transaction may.

-- A file to be sent or to be read; it goes when that is done.
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    bytes BLOB NOT NULL,
    created_at TIMESTAMP NOT NULL
);

-- Whether a job is work for the heavy lane: it must not hold up the others.
ALTER TABLE jobs ADD COLUMN heavy BOOLEAN NOT NULL DEFAULT FALSE;
DROP INDEX jobs_due;
CREATE INDEX jobs_due ON jobs (heavy, due_at);
