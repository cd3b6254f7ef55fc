-- Surveys: questions to families, the polls by which they were asked, and the answers.

CREATE TABLE surveys (
    id INTEGER PRIMARY KEY,
    school_id BIGINT NOT NULL REFERENCES schools (id),
    author_id BIGINT NOT NULL REFERENCES people (id),
    -- The author's chat: results come there, and anonymous polls stand there.
    transport TEXT NOT NULL,
    account BIGINT NOT NULL,
    -- JSON of people::reach::Place: a class, or grades of the school.
    place TEXT NOT NULL,
    -- parents, pupils, families
    who TEXT NOT NULL,
    -- Whether the author sees who answered what. Of an anonymous one the journal itself doesn't know.
    named BOOLEAN NOT NULL,
    -- One voice a family: the last that any of it gave.
    by_family BOOLEAN NOT NULL,
    -- draft, open, closed
    state TEXT NOT NULL,
    -- How many days it will be open; it closes in the evening of the last.
    days BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    closes_at TIMESTAMP,
    reminded_at TIMESTAMP,
    shared_at TIMESTAMP
);
CREATE INDEX surveys_place ON surveys (school_id, place, id);

CREATE TABLE survey_questions (
    id INTEGER PRIMARY KEY,
    survey_id BIGINT NOT NULL REFERENCES surveys (id),
    -- one, several, scale, open
    kind TEXT NOT NULL,
    question TEXT NOT NULL,
    -- A line each.
    options TEXT NOT NULL
);
CREATE INDEX survey_questions_survey ON survey_questions (survey_id, id);

-- Whom a survey was sent to. The family is the least id of those who share a child.
CREATE TABLE survey_people (
    survey_id BIGINT NOT NULL REFERENCES surveys (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    family_id BIGINT NOT NULL,
    PRIMARY KEY (survey_id, person_id)
);

-- A poll in a chat. An anonymous one is nobody's: it stands in the author's chat and is shown in others.
CREATE TABLE survey_polls (
    id INTEGER PRIMARY KEY,
    question_id BIGINT NOT NULL REFERENCES survey_questions (id),
    person_id BIGINT REFERENCES people (id),
    class_id BIGINT REFERENCES classes (id),
    transport TEXT NOT NULL,
    chat BIGINT NOT NULL
);
CREATE INDEX survey_polls_question ON survey_polls (question_id, id);

-- Votes by name. One may come before the receipt of its poll: then only the messenger's name for the poll is known.
-- A vote changed is a new row, so that the last of a family has the highest id; a vote taken back has none.
CREATE TABLE survey_votes (
    id INTEGER PRIMARY KEY,
    transport TEXT NOT NULL,
    poll TEXT NOT NULL,
    account BIGINT NOT NULL,
    sent_poll_id BIGINT REFERENCES survey_polls (id),
    -- Places of the chosen options, with commas.
    options TEXT NOT NULL,
    UNIQUE (transport, poll, account)
);
CREATE INDEX survey_votes_poll ON survey_votes (sent_poll_id);

-- How an anonymous poll stands: nothing of who voted, nor when.
CREATE TABLE survey_counts (
    transport TEXT NOT NULL,
    poll TEXT NOT NULL,
    sent_poll_id BIGINT REFERENCES survey_polls (id),
    -- Votes by options, with commas.
    counts TEXT NOT NULL,
    voters BIGINT NOT NULL,
    PRIMARY KEY (transport, poll)
);
CREATE INDEX survey_counts_poll ON survey_counts (sent_poll_id);

CREATE TABLE survey_answers (
    id INTEGER PRIMARY KEY,
    question_id BIGINT NOT NULL REFERENCES survey_questions (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    answer TEXT NOT NULL,
    UNIQUE (question_id, person_id)
);

CREATE INDEX receipts_poll ON receipts (poll_id);
