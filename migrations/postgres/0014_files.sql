-- Pictures, files and spoken words that go with an announcement or a message.

-- JSON: several of chat::Attached.
ALTER TABLE announcements ADD COLUMN files TEXT NOT NULL DEFAULT '[]';
-- JSON: one of chat::Attached.
ALTER TABLE messages ADD COLUMN file TEXT;
