-- What the school leaves an adult of a child, where it is less than a guardian's whole right. Whose rights are closed
-- isn't in guardians meanwhile, so that no query has to ask here.
CREATE TABLE guardian_limits (
    parent_id BIGINT NOT NULL REFERENCES people (id),
    pupil_id BIGINT NOT NULL REFERENCES people (id),
    -- reads, none
    rights TEXT NOT NULL,
    since TIMESTAMP NOT NULL,
    PRIMARY KEY (parent_id, pupil_id)
);
CREATE INDEX guardian_limits_pupil ON guardian_limits (pupil_id);
