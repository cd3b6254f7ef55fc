-- The school's own text of the consent. A changed one is a new version; no row is changed or removed, since consents
-- were given to it.

CREATE TABLE consent_texts (
    school_id BIGINT NOT NULL REFERENCES schools (id),
    -- From 1.
    version BIGINT NOT NULL,
    -- Paragraphs, a line each.
    text TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (school_id, version)
);
