-- What a parent, or a pupil for themself, wants to hear of a child and when; the evening's digests; letters that say
-- nothing until they are opened.

-- Only what differs from the usual.
CREATE TABLE notice_wishes (
    person_id BIGINT NOT NULL REFERENCES people (id),
    pupil_id BIGINT NOT NULL REFERENCES people (id),
    -- marks, absences, homework, timetable, letters
    kind TEXT NOT NULL,
    -- now, evening, week, never
    moment TEXT NOT NULL,
    -- Since when it is listened to again: what came before is no news.
    since TIMESTAMP NOT NULL,
    PRIMARY KEY (person_id, pupil_id, kind)
);
CREATE INDEX notice_wishes_pupil ON notice_wishes (pupil_id);

CREATE TABLE notice_habits (
    person_id BIGINT PRIMARY KEY REFERENCES people (id),
    -- Quiet from this hour to that one; equal ones are no quiet hours.
    quiet_from BIGINT NOT NULL,
    quiet_until BIGINT NOT NULL,
    discreet BOOLEAN NOT NULL
);

-- The last evening whose digests were begun.
ALTER TABLE schools ADD COLUMN digest_on DATE;

-- Who was thought of on which evening, whether there was something to say or not.
CREATE TABLE digests (
    person_id BIGINT NOT NULL REFERENCES people (id),
    date DATE NOT NULL,
    -- Within the one transaction that thinks of them.
    open BOOLEAN NOT NULL,
    PRIMARY KEY (person_id, date)
);
CREATE INDEX digests_open ON digests (date, open);

-- What stands behind «Показать».
CREATE TABLE covered_letters (
    id INTEGER PRIMARY KEY,
    -- The letter's key in the outbox.
    key TEXT NOT NULL UNIQUE,
    transport TEXT NOT NULL,
    account BIGINT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    -- Ids of those whom it tells of, parted by spaces.
    pupils TEXT NOT NULL,
    -- JSON of both faces.
    content TEXT NOT NULL,
    cover TEXT NOT NULL,
    -- How often it was opened or covered: each is one more change of the letter.
    turns BIGINT NOT NULL,
    shown_until TIMESTAMP
);
