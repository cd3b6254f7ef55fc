-- An announcement may go to several classes or to picked pupils: announcements.audience is then JSON of a list. What of
-- it wasn't its author's any more when it left: JSON of a list of ids.
ALTER TABLE announcements ADD COLUMN left_out TEXT NOT NULL DEFAULT '[]';
