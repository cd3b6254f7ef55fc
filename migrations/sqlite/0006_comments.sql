-- A teacher's words beside a pupil's marks: one comment a pupil and lesson. Its changes are in lesson_history.

CREATE TABLE comments (
    lesson_id BIGINT NOT NULL REFERENCES lessons (id),
    pupil_id BIGINT NOT NULL REFERENCES people (id),
    text TEXT NOT NULL,
    PRIMARY KEY (lesson_id, pupil_id)
);
