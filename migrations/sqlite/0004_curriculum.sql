-- The curriculum, rooms, shifts, odd and even weeks, days with bells of their own.

-- A class's bells are those of its shift.
ALTER TABLE classes ADD COLUMN shift BIGINT NOT NULL DEFAULT 1;

-- Bells by kind of day (empty: the usual one), shift and number.
CREATE TABLE new_bells (
    id INTEGER PRIMARY KEY,
    school_id BIGINT NOT NULL REFERENCES schools (id),
    kind TEXT NOT NULL,
    shift BIGINT NOT NULL,
    number BIGINT NOT NULL,
    starts TIME NOT NULL,
    ends TIME NOT NULL,
    UNIQUE (school_id, kind, shift, number)
);
INSERT INTO new_bells (school_id, kind, shift, number, starts, ends)
    SELECT school_id, '', 1, number, starts, ends FROM bells;
DROP TABLE bells;
ALTER TABLE new_bells RENAME TO bells;

-- Days whose bells are not the usual ones.
CREATE TABLE short_days (
    year_id BIGINT NOT NULL REFERENCES school_years (id),
    date DATE NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (year_id, date)
);

CREATE TABLE rooms (
    id INTEGER PRIMARY KEY,
    school_id BIGINT NOT NULL REFERENCES schools (id),
    title TEXT NOT NULL,
    -- How many lessons it holds at one time.
    lessons BIGINT NOT NULL,
    UNIQUE (school_id, title)
);

-- A lesson of the template may be for every week (0), for odd ones (1) or for even ones (2). It holds from a day to a
-- day: what was taught by a former template stays in its place.
CREATE TABLE new_slots (
    id INTEGER PRIMARY KEY,
    load_id BIGINT NOT NULL REFERENCES loads (id),
    -- 1 is Monday.
    weekday BIGINT NOT NULL,
    number BIGINT NOT NULL,
    weeks BIGINT NOT NULL,
    room TEXT NOT NULL,
    since DATE NOT NULL,
    until DATE,
    UNIQUE (load_id, weekday, number, weeks, since)
);
INSERT INTO new_slots (load_id, weekday, number, weeks, room, since)
    SELECT s.load_id, s.weekday, s.number, 0, s.room, y.starts FROM slots s
    JOIN loads l ON l.id = s.load_id JOIN classes c ON c.id = l.class_id JOIN school_years y ON y.id = c.year_id;
DROP TABLE slots;
ALTER TABLE new_slots RENAME TO slots;

-- Hours a week in hundredths: 50 is one lesson in two weeks.
ALTER TABLE loads RENAME COLUMN hours_a_week TO week_hours;
UPDATE loads SET week_hours = week_hours * 100;

-- What a class or a group of it is to be taught, by the curriculum.
CREATE TABLE curriculum (
    id INTEGER PRIMARY KEY,
    class_id BIGINT NOT NULL REFERENCES classes (id),
    subject_id BIGINT NOT NULL REFERENCES subjects (id),
    group_id BIGINT REFERENCES study_groups (id),
    -- In hundredths, as a load's.
    week_hours BIGINT NOT NULL,
    year_hours BIGINT NOT NULL
);
CREATE UNIQUE INDEX curriculum_once ON curriculum (class_id, subject_id, COALESCE(group_id, 0));

-- Workbooks that were loaded: when and by whom; nobody when on the command line.
CREATE TABLE imports (
    id INTEGER PRIMARY KEY,
    school_id BIGINT NOT NULL REFERENCES schools (id),
    at TIMESTAMP NOT NULL,
    person_id BIGINT REFERENCES people (id),
    name TEXT NOT NULL,
    added BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    removed BIGINT NOT NULL
);
CREATE INDEX imports_school ON imports (school_id, at);
