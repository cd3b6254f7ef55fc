-- The lesson: what was taught, who was there, what was earned; and what families were told of it.

CREATE TABLE lessons (
    id INTEGER PRIMARY KEY,
    load_id BIGINT NOT NULL REFERENCES loads (id),
    date DATE NOT NULL,
    number BIGINT NOT NULL,
    topic TEXT,
    -- «Not set» is an answer too: homework_none tells it from an empty place.
    homework TEXT,
    homework_none BOOLEAN NOT NULL,
    homework_due DATE,
    kind TEXT NOT NULL,
    attendance_taken BOOLEAN NOT NULL,
    -- Grows with each change; a screen carries the one it was drawn from.
    version BIGINT NOT NULL,
    first_press_at TIMESTAMP NOT NULL,
    last_press_at TIMESTAMP NOT NULL,
    -- The first press past the lesson's bell since the last settling.
    late_press_at TIMESTAMP,
    -- The lesson's bell, so that settling asks nobody else.
    bell_ends_at TIMESTAMP NOT NULL,
    -- An absence from the first lesson: when it was pressed.
    alarm_at TIMESTAMP,
    finished_at TIMESTAMP,
    finished_by BIGINT REFERENCES people (id),
    UNIQUE (load_id, date, number)
);
CREATE INDEX lessons_date ON lessons (date);

CREATE TABLE attendance (
    lesson_id BIGINT NOT NULL REFERENCES lessons (id),
    pupil_id BIGINT NOT NULL REFERENCES people (id),
    sign TEXT NOT NULL,
    PRIMARY KEY (lesson_id, pupil_id)
);
CREATE INDEX attendance_pupil ON attendance (pupil_id);

CREATE TABLE marks (
    lesson_id BIGINT NOT NULL REFERENCES lessons (id),
    pupil_id BIGINT NOT NULL REFERENCES people (id),
    position BIGINT NOT NULL,
    value TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- In hundredths: 150 is 1.5. Kept with the mark, so a changed rule leaves it.
    weight BIGINT NOT NULL,
    PRIMARY KEY (lesson_id, pupil_id, position)
);
CREATE INDEX marks_pupil ON marks (pupil_id);

-- Append-only. Undoing is one more line.
CREATE TABLE lesson_history (
    id INTEGER PRIMARY KEY,
    lesson_id BIGINT NOT NULL REFERENCES lessons (id),
    version BIGINT NOT NULL,
    at TIMESTAMP NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    -- topic, homework, kind, taken, sign, marks, finished
    field TEXT NOT NULL,
    -- 0 when the line is about the lesson itself.
    pupil_id BIGINT NOT NULL,
    former TEXT NOT NULL,
    later TEXT NOT NULL,
    reason TEXT NOT NULL,
    undone BOOLEAN NOT NULL
);
CREATE INDEX lesson_history_lesson ON lesson_history (lesson_id, version);

-- What a parent was last told of a child's lesson.
CREATE TABLE told (
    parent_id BIGINT NOT NULL REFERENCES people (id),
    pupil_id BIGINT NOT NULL REFERENCES people (id),
    lesson_id BIGINT NOT NULL REFERENCES lessons (id),
    -- Versioned JSON of notices::Facts.
    facts TEXT NOT NULL,
    -- How many messages there were: the next one's key.
    told_times BIGINT NOT NULL,
    PRIMARY KEY (parent_id, pupil_id, lesson_id)
);
CREATE INDEX told_lesson ON told (lesson_id);
