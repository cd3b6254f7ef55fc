-- What people of the school say to each other: letters of tutors to families, and talk of two.

CREATE TABLE mailings (
    id INTEGER PRIMARY KEY,
    school_id BIGINT NOT NULL REFERENCES schools (id),
    class_id BIGINT NOT NULL REFERENCES classes (id),
    author_id BIGINT NOT NULL REFERENCES people (id),
    -- behaviour, study, absences, praise, general
    kind TEXT NOT NULL,
    -- What the author wrote; the facts of each child stand in the letter itself.
    words TEXT NOT NULL,
    sent_at TIMESTAMP NOT NULL,
    recalled_at TIMESTAMP
);
CREATE INDEX mailings_class ON mailings (class_id, id);

-- Whom a mailing was for, those too whom it couldn't reach: they have no account.
CREATE TABLE mailing_letters (
    mailing_id BIGINT NOT NULL REFERENCES mailings (id),
    pupil_id BIGINT NOT NULL REFERENCES people (id),
    parent_id BIGINT NOT NULL REFERENCES people (id),
    transport TEXT NOT NULL,
    account BIGINT NOT NULL,
    -- The letter in the outbox.
    key TEXT NOT NULL UNIQUE,
    read_at TIMESTAMP,
    reminded_at TIMESTAMP,
    PRIMARY KEY (mailing_id, pupil_id, parent_id, transport, account)
);

-- Words of one's own, to be written again.
CREATE TABLE letter_templates (
    id INTEGER PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    words TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX letter_templates_person ON letter_templates (person_id);

CREATE TABLE threads (
    id INTEGER PRIMARY KEY,
    school_id BIGINT NOT NULL REFERENCES schools (id),
    opener_id BIGINT NOT NULL REFERENCES people (id),
    other_id BIGINT NOT NULL REFERENCES people (id),
    -- About which child; nobody between colleagues.
    pupil_id BIGINT REFERENCES people (id),
    subject_id BIGINT REFERENCES subjects (id),
    opened_at TIMESTAMP NOT NULL,
    last_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP
);
CREATE INDEX threads_opener ON threads (opener_id, last_at);
CREATE INDEX threads_other ON threads (other_id, last_at);

CREATE TABLE messages (
    id INTEGER PRIMARY KEY,
    thread_id BIGINT NOT NULL REFERENCES threads (id),
    author_id BIGINT NOT NULL REFERENCES people (id),
    words TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    -- When it leaves: outside office hours not at once.
    due_at TIMESTAMP NOT NULL,
    read_at TIMESTAMP,
    recalled_at TIMESTAMP
);
CREATE INDEX messages_thread ON messages (thread_id, id);

-- A reply of the messenger's own names a message: whose letter it is.
CREATE INDEX receipts_message ON receipts (message_id);
