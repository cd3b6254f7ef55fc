-- A message that waited for office hours and lost its right meanwhile: it never left, and its author knows.
ALTER TABLE messages ADD COLUMN stopped_at TIMESTAMP;
