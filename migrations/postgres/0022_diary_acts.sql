-- What a pupil says is done. It stands for the words that were there: a homework that changed since isn't done.
CREATE TABLE homework_ticks (
    pupil_id BIGINT NOT NULL REFERENCES people (id),
    lesson_id BIGINT NOT NULL REFERENCES lessons (id),
    homework TEXT NOT NULL,
    ticked_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (pupil_id, lesson_id)
);
CREATE INDEX homework_ticks_lesson ON homework_ticks (lesson_id);
-- Whether a school asks parents to sign the week of the diary.
ALTER TABLE schools ADD COLUMN weekly_signature BOOLEAN NOT NULL DEFAULT FALSE;
-- Who has seen a week, by its Monday.
CREATE TABLE week_signatures (
    pupil_id BIGINT NOT NULL REFERENCES people (id),
    monday DATE NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    signed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (pupil_id, monday, person_id)
);
CREATE INDEX week_signatures_person ON week_signatures (person_id);
