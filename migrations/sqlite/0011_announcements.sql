-- The school's word to many: announcements, and whose copy was read when.

CREATE TABLE announcements (
    id INTEGER PRIMARY KEY,
    school_id BIGINT NOT NULL REFERENCES schools (id),
    author_id BIGINT NOT NULL REFERENCES people (id),
    -- From which account: what becomes of it is told there.
    transport TEXT NOT NULL,
    account BIGINT NOT NULL,
    -- JSON of people::reach::Audience.
    audience TEXT NOT NULL,
    -- In which office the author speaks, and of what: tutor 7А, head 5–9.
    office TEXT NOT NULL,
    office_of TEXT NOT NULL,
    text TEXT NOT NULL,
    -- Whether the button under it says that it was acknowledged, not only read.
    acknowledged BOOLEAN NOT NULL,
    -- waiting, sending, sent, stopped, recalled, refused
    state TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    due_at TIMESTAMP NOT NULL,
    -- How often the text was corrected, and when last.
    corrections BIGINT NOT NULL,
    corrected_at TIMESTAMP,
    recalled_at TIMESTAMP,
    reminders BIGINT NOT NULL
);
CREATE INDEX announcements_author ON announcements (author_id, id);

CREATE TABLE announcement_copies (
    announcement_id BIGINT NOT NULL REFERENCES announcements (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    transport TEXT NOT NULL,
    account BIGINT NOT NULL,
    locale TEXT NOT NULL,
    -- The key of its letter in the outbox.
    key TEXT NOT NULL,
    read_at TIMESTAMP,
    PRIMARY KEY (announcement_id, person_id, transport, account)
);
CREATE INDEX announcement_copies_person ON announcement_copies (person_id, announcement_id);
