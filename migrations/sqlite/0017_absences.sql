-- Absences of which families tell or which a tutor explains, and what families are asked about them.

CREATE TABLE absences (
    id INTEGER PRIMARY KEY,
    pupil_id BIGINT NOT NULL REFERENCES people (id),
    starts DATE NOT NULL,
    ends DATE NOT NULL,
    -- ill, doctor, family, contest, another, unexcused
    reason TEXT NOT NULL,
    words TEXT NOT NULL,
    -- The photo of a note, in JSON: by the name that the messenger has for it.
    note TEXT,
    by_id BIGINT NOT NULL REFERENCES people (id),
    at TIMESTAMP NOT NULL,
    -- Whether the family says so; else the tutor.
    by_family BOOLEAN NOT NULL,
    accepted_by BIGINT REFERENCES people (id),
    accepted_at TIMESTAMP,
    withdrawn_by BIGINT REFERENCES people (id),
    withdrawn_at TIMESTAMP
);
CREATE INDEX absences_pupil ON absences (pupil_id, ends);

-- What became of them: nothing is overwritten without a line here, and no line is changed.
CREATE TABLE absence_history (
    id INTEGER PRIMARY KEY,
    absence_id BIGINT NOT NULL REFERENCES absences (id),
    at TIMESTAMP NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    -- told, ends, accepted, withdrawn
    what TEXT NOT NULL,
    former TEXT NOT NULL,
    later TEXT NOT NULL
);
CREATE INDEX absence_history_absence ON absence_history (absence_id);

-- Where a pupil is whom nobody has excused: asked by the alarm of the first lesson, or by the tutor.
CREATE TABLE absence_inquiries (
    id INTEGER PRIMARY KEY,
    pupil_id BIGINT NOT NULL REFERENCES people (id),
    starts DATE NOT NULL,
    ends DATE NOT NULL,
    -- The lesson of an alarm.
    lesson_id BIGINT REFERENCES lessons (id),
    -- The tutor who asks.
    asked_by BIGINT REFERENCES people (id),
    asked_at TIMESTAMP NOT NULL,
    -- The family doesn't know.
    unknown_by BIGINT REFERENCES people (id),
    unknown_at TIMESTAMP,
    -- The answer.
    absence_id BIGINT REFERENCES absences (id),
    -- Since when nothing is asked any more: it was answered, or the pupil is there.
    closed_at TIMESTAMP,
    -- When the pupil was found at the lesson of the alarm.
    found_at TIMESTAMP
);
CREATE INDEX absence_inquiries_pupil ON absence_inquiries (pupil_id, ends);
CREATE INDEX absence_inquiries_lesson ON absence_inquiries (lesson_id);

-- Where the question stands.
CREATE TABLE absence_letters (
    key TEXT PRIMARY KEY,
    inquiry_id BIGINT NOT NULL REFERENCES absence_inquiries (id),
    parent_id BIGINT NOT NULL REFERENCES people (id),
    transport TEXT NOT NULL,
    account BIGINT NOT NULL
);
CREATE INDEX absence_letters_inquiry ON absence_letters (inquiry_id);
