-- The school as its workbook tells it: year, bells, people, classes, load, timetable.

CREATE TABLE schools (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    -- An IANA name; every date and time people see is in it.
    time_zone TEXT NOT NULL,
    phone TEXT NOT NULL,
    UNIQUE (name)
);

CREATE TABLE school_years (
    id INTEGER PRIMARY KEY,
    school_id BIGINT NOT NULL REFERENCES schools (id),
    title TEXT NOT NULL,
    starts DATE NOT NULL,
    ends DATE NOT NULL,
    UNIQUE (school_id, title)
);

CREATE TABLE terms (
    id INTEGER PRIMARY KEY,
    year_id BIGINT NOT NULL REFERENCES school_years (id),
    title TEXT NOT NULL,
    from_grade BIGINT NOT NULL,
    to_grade BIGINT NOT NULL,
    starts DATE NOT NULL,
    ends DATE NOT NULL,
    UNIQUE (year_id, title, from_grade)
);

CREATE TABLE holidays (
    id INTEGER PRIMARY KEY,
    year_id BIGINT NOT NULL REFERENCES school_years (id),
    title TEXT NOT NULL,
    from_grade BIGINT NOT NULL,
    to_grade BIGINT NOT NULL,
    starts DATE NOT NULL,
    ends DATE NOT NULL,
    UNIQUE (year_id, title, from_grade)
);

CREATE TABLE bells (
    id INTEGER PRIMARY KEY,
    school_id BIGINT NOT NULL REFERENCES schools (id),
    number BIGINT NOT NULL,
    starts TIME NOT NULL,
    ends TIME NOT NULL,
    UNIQUE (school_id, number)
);

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    school_id BIGINT NOT NULL REFERENCES schools (id),
    -- The workbook's own key of a person: a second load finds the same one by it.
    code TEXT NOT NULL,
    surname TEXT NOT NULL,
    name TEXT NOT NULL,
    patronymic TEXT NOT NULL,
    -- Made in Rust: neither database orders Cyrillic alike.
    sort_key TEXT NOT NULL,
    birth_date DATE,
    UNIQUE (school_id, code)
);

CREATE TABLE staff_roles (
    person_id BIGINT NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,
    from_grade BIGINT NOT NULL,
    to_grade BIGINT NOT NULL,
    PRIMARY KEY (person_id, role)
);

CREATE TABLE classes (
    id INTEGER PRIMARY KEY,
    school_id BIGINT NOT NULL REFERENCES schools (id),
    year_id BIGINT NOT NULL REFERENCES school_years (id),
    grade BIGINT NOT NULL,
    letter TEXT NOT NULL,
    UNIQUE (year_id, grade, letter)
);

CREATE TABLE class_tutors (
    class_id BIGINT NOT NULL REFERENCES classes (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    PRIMARY KEY (class_id, person_id)
);
CREATE INDEX class_tutors_person ON class_tutors (person_id);

CREATE TABLE enrolments (
    id INTEGER PRIMARY KEY,
    class_id BIGINT NOT NULL REFERENCES classes (id),
    pupil_id BIGINT NOT NULL REFERENCES people (id),
    starts DATE NOT NULL,
    ends DATE,
    UNIQUE (class_id, pupil_id, starts)
);
CREATE INDEX enrolments_pupil ON enrolments (pupil_id);

CREATE TABLE guardians (
    parent_id BIGINT NOT NULL REFERENCES people (id),
    pupil_id BIGINT NOT NULL REFERENCES people (id),
    PRIMARY KEY (parent_id, pupil_id)
);
CREATE INDEX guardians_pupil ON guardians (pupil_id);

CREATE TABLE subjects (
    id INTEGER PRIMARY KEY,
    school_id BIGINT NOT NULL REFERENCES schools (id),
    title TEXT NOT NULL,
    UNIQUE (school_id, title)
);

CREATE TABLE study_groups (
    id INTEGER PRIMARY KEY,
    class_id BIGINT NOT NULL REFERENCES classes (id),
    subject_id BIGINT NOT NULL REFERENCES subjects (id),
    title TEXT NOT NULL,
    UNIQUE (class_id, subject_id, title)
);

CREATE TABLE group_members (
    group_id BIGINT NOT NULL REFERENCES study_groups (id),
    pupil_id BIGINT NOT NULL REFERENCES people (id),
    PRIMARY KEY (group_id, pupil_id)
);

-- Who teaches what to whom: a class's subject, or a group's.
CREATE TABLE loads (
    id INTEGER PRIMARY KEY,
    class_id BIGINT NOT NULL REFERENCES classes (id),
    subject_id BIGINT NOT NULL REFERENCES subjects (id),
    group_id BIGINT REFERENCES study_groups (id),
    teacher_id BIGINT NOT NULL REFERENCES people (id),
    hours_a_week BIGINT NOT NULL
);
-- NULLs differ from each other in a UNIQUE: the group's absence is told by 0.
CREATE UNIQUE INDEX loads_once ON loads (class_id, subject_id, COALESCE(group_id, 0));
CREATE INDEX loads_teacher ON loads (teacher_id);

-- The week's template.
CREATE TABLE slots (
    id INTEGER PRIMARY KEY,
    load_id BIGINT NOT NULL REFERENCES loads (id),
    -- 1 is Monday.
    weekday BIGINT NOT NULL,
    number BIGINT NOT NULL,
    room TEXT NOT NULL,
    UNIQUE (load_id, weekday, number)
);

-- What differs from the template on one day.
CREATE TABLE slot_changes (
    id INTEGER PRIMARY KEY,
    load_id BIGINT NOT NULL REFERENCES loads (id),
    date DATE NOT NULL,
    number BIGINT NOT NULL,
    -- cancelled, moved, substituted
    kind TEXT NOT NULL,
    to_date DATE,
    to_number BIGINT,
    substitute_id BIGINT REFERENCES people (id),
    UNIQUE (load_id, date, number)
);
CREATE INDEX slot_changes_date ON slot_changes (date);
CREATE INDEX slot_changes_to_date ON slot_changes (to_date);
CREATE INDEX slot_changes_substitute ON slot_changes (substitute_id, date);
