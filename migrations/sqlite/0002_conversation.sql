-- Who talks to the journal, what was handled, what is to be sent.

CREATE TABLE invitations (
    id INTEGER PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    -- SHA-256 of the code: the code itself is nowhere.
    code_hash TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP,
    used_transport TEXT,
    used_account BIGINT
);
CREATE INDEX invitations_person ON invitations (person_id);

-- Which people an account of a messenger is.
CREATE TABLE accounts (
    transport TEXT NOT NULL,
    account BIGINT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    connected_at TIMESTAMP NOT NULL,
    PRIMARY KEY (transport, account, person_id)
);
CREATE INDEX accounts_person ON accounts (person_id);

CREATE TABLE chats (
    transport TEXT NOT NULL,
    account BIGINT NOT NULL,
    locale TEXT NOT NULL,
    -- Since when the person has had the bot blocked.
    closed_at TIMESTAMP,
    -- Versioned JSON; see trees::Flow.
    dialogue TEXT NOT NULL,
    PRIMARY KEY (transport, account)
);

-- The one living screen of a chat; written after Telegram took it.
CREATE TABLE living_screens (
    transport TEXT NOT NULL,
    chat BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    PRIMARY KEY (transport, chat)
);

-- Wrong codes typed by an account: guessing is slowed down.
CREATE TABLE code_tries (
    transport TEXT NOT NULL,
    account BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    since TIMESTAMP NOT NULL,
    PRIMARY KEY (transport, account)
);

-- Groups that have been told once why the journal is silent there.
CREATE TABLE told_groups (
    transport TEXT NOT NULL,
    chat BIGINT NOT NULL,
    PRIMARY KEY (transport, chat)
);

CREATE TABLE handled_updates (
    bot BIGINT NOT NULL,
    update_id BIGINT NOT NULL,
    at TIMESTAMP NOT NULL,
    -- What was answered: shown again when Telegram repeats the update.
    answer TEXT NOT NULL,
    PRIMARY KEY (bot, update_id)
);
CREATE INDEX handled_updates_at ON handled_updates (at);

CREATE TABLE given_up_updates (
    bot BIGINT NOT NULL,
    update_id BIGINT NOT NULL,
    at TIMESTAMP NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (bot, update_id)
);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    person_id BIGINT REFERENCES people (id),
    transport TEXT NOT NULL,
    account BIGINT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL
);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    transport TEXT NOT NULL,
    chat BIGINT NOT NULL,
    -- Letters with one key are one letter.
    key TEXT NOT NULL UNIQUE,
    -- JSON of delivery::Letter.
    letter TEXT NOT NULL,
    -- A letter that edits or deletes names the one it is about.
    about_id BIGINT REFERENCES outbox (id),
    -- 0 a notice, 1 an announcement.
    urgency BIGINT NOT NULL,
    -- waiting, sending, sent, failed
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    due_at TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL,
    -- The highest message id known when sending began: where to look after a crash.
    floor_id BIGINT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX outbox_waiting ON outbox (state, urgency, due_at, id);
CREATE INDEX outbox_chat ON outbox (chat, state, id);

CREATE TABLE receipts (
    outbox_id BIGINT PRIMARY KEY REFERENCES outbox (id),
    message_id BIGINT NOT NULL,
    file_id TEXT,
    poll_id TEXT,
    at TIMESTAMP NOT NULL
);

CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject BIGINT NOT NULL,
    due_at TIMESTAMP NOT NULL,
    tries BIGINT NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (kind, subject)
);
CREATE INDEX jobs_due ON jobs (due_at);
