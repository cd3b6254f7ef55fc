-- What somebody began to write and left for something else: one of a kind and account, for a week.
CREATE TABLE asides (
    transport TEXT NOT NULL,
    account BIGINT NOT NULL,
    -- announcement, letter
    kind TEXT NOT NULL,
    -- JSON of the feature's draft.
    draft TEXT NOT NULL,
    -- Whether it says something: one that doesn't takes no such one's place.
    has_words BOOLEAN NOT NULL,
    laid_at TIMESTAMP NOT NULL,
    PRIMARY KEY (transport, account, kind)
);
CREATE INDEX asides_laid ON asides (laid_at);
