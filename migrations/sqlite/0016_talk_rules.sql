-- What a school rules of letters and talk: who may write to whom, what passes the head first, who is silent for a
-- while, which talk was shown, words for all tutors, and somebody's own office hours.

-- Letters on behaviour pass the head of the stage first.
ALTER TABLE schools ADD COLUMN review_behaviour BOOLEAN NOT NULL DEFAULT FALSE;

-- Between whom nobody writes: a pair that isn't here is open.
CREATE TABLE closed_pairs (
    school_id BIGINT NOT NULL REFERENCES schools (id),
    pair TEXT NOT NULL,
    PRIMARY KEY (school_id, pair)
);

-- Letters of tutors that waited for the head.
CREATE TABLE held_letters (
    id INTEGER PRIMARY KEY,
    school_id BIGINT NOT NULL REFERENCES schools (id),
    class_id BIGINT NOT NULL REFERENCES classes (id),
    author_id BIGINT NOT NULL REFERENCES people (id),
    -- As it was written, in JSON.
    draft TEXT NOT NULL,
    held_at TIMESTAMP NOT NULL,
    -- waiting, sent, returned, taken_back
    state TEXT NOT NULL,
    decided_by BIGINT REFERENCES people (id),
    decided_at TIMESTAMP,
    -- Why it was returned.
    remark TEXT NOT NULL,
    mailing_id BIGINT REFERENCES mailings (id)
);
CREATE INDEX held_letters_class ON held_letters (class_id, state);

-- Who doesn't write for a while; marks and absences still come.
CREATE TABLE mutes (
    id INTEGER PRIMARY KEY,
    school_id BIGINT NOT NULL REFERENCES schools (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    reason TEXT NOT NULL,
    by_id BIGINT NOT NULL REFERENCES people (id),
    at TIMESTAMP NOT NULL,
    -- Until it is lifted, where there is none.
    ends_at TIMESTAMP,
    lifted_at TIMESTAMP,
    lifted_by BIGINT REFERENCES people (id)
);
CREATE INDEX mutes_person ON mutes (person_id);
CREATE INDEX mutes_school ON mutes (school_id, id);

-- Talks that one of their sides asked the administration to read.
CREATE TABLE shown_threads (
    id INTEGER PRIMARY KEY,
    thread_id BIGINT NOT NULL REFERENCES threads (id),
    by_id BIGINT NOT NULL REFERENCES people (id),
    at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
CREATE INDEX shown_threads_thread ON shown_threads (thread_id);

-- Words that a school keeps for the letters of its tutors.
CREATE TABLE school_templates (
    id INTEGER PRIMARY KEY,
    school_id BIGINT NOT NULL REFERENCES schools (id),
    words TEXT NOT NULL,
    by_id BIGINT NOT NULL REFERENCES people (id),
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX school_templates_school ON school_templates (school_id);

-- When somebody answers, where it isn't as the whole school does.
CREATE TABLE office_hours (
    person_id BIGINT PRIMARY KEY REFERENCES people (id),
    -- A bit for each weekday, Monday the lowest.
    days BIGINT NOT NULL,
    opens_hour BIGINT NOT NULL,
    closes_hour BIGINT NOT NULL
);
