-- Pictures and files that go with a homework: the messenger keeps them, here stands its name for each.
CREATE TABLE homework_files (
    id INTEGER PRIMARY KEY,
    lesson_id BIGINT NOT NULL REFERENCES lessons (id),
    transport TEXT NOT NULL,
    file TEXT NOT NULL,
    added_at TIMESTAMP NOT NULL,
    -- When it was taken away: it can be taken back.
    removed_at TIMESTAMP
);
CREATE INDEX homework_files_lesson ON homework_files (lesson_id);
