-- What parents suggest to their school, by name or without.

CREATE TABLE suggestions (
    id INTEGER PRIMARY KEY,
    school_id BIGINT NOT NULL REFERENCES schools (id),
    -- Nobody: without a name.
    author_id BIGINT REFERENCES people (id),
    -- Empty once it was withdrawn.
    words TEXT NOT NULL,
    -- Without a name, only the day: when it began.
    sent_at TIMESTAMP NOT NULL,
    read_at TIMESTAMP,
    answer TEXT,
    answered_at TIMESTAMP,
    answered_by BIGINT REFERENCES people (id),
    -- How often it was answered: a corrected answer is one more.
    answers BIGINT NOT NULL,
    closed_at TIMESTAMP,
    withdrawn_at TIMESTAMP
);
CREATE INDEX suggestions_school ON suggestions (school_id, id);
CREATE INDEX suggestions_author ON suggestions (author_id);

-- To whom the answer to one without a name is brought. A row goes at its time, and with it the last that knew.
CREATE TABLE suggestion_ways (
    suggestion_id BIGINT PRIMARY KEY REFERENCES suggestions (id),
    person_id BIGINT NOT NULL REFERENCES people (id)
);
CREATE INDEX suggestion_ways_person ON suggestion_ways (person_id);

-- The letters that went there, by their keys in the outbox: they go together with the way.
CREATE TABLE suggestion_letters (
    id INTEGER PRIMARY KEY,
    suggestion_id BIGINT NOT NULL REFERENCES suggestions (id),
    key TEXT NOT NULL UNIQUE
);
CREATE INDEX suggestion_letters_suggestion ON suggestion_letters (suggestion_id);
