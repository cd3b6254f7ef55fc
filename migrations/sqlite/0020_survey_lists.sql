-- What a family finds of surveys: its list, and the results with a picture.

CREATE INDEX survey_people_person ON survey_people (person_id, survey_id);

-- How many letters still need a file: one picture goes to many.
ALTER TABLE files ADD COLUMN uses BIGINT NOT NULL DEFAULT 1;
