//! Zhurnal: a school's electronic journal that lives in a Telegram bot.
//!
//! # Layout
//! A room uses only rooms below it:
//! - [`app`], [`demo`]: commands, wiring, shutdown; the demonstration with its model of Telegram
//! - [`trees`]: the heart: one turn, the roles' dialogue trees, the closed sums over all features
//! - features, each of which may use the types and stores of those before it: [`school`], [`people`], [`timetable`],
//!   [`absences`], [`lessons`], [`grading`], [`progress`], [`control`], [`trail`], [`notices`], [`diary`], [`announcements`], [`surveys`], [`messages`], [`feedback`]
//! - [`telegram`]: the only room with teloxide's types
//! - [`delivery`], [`jobs`]: the outbox with receipts; durable jobs
//! - [`paper`], [`charts`]: words and rows become printed documents; numbers become pictures
//! - [`access`]: who may do what
//! - [`db`]: SQLite or PostgreSQL
//! - [`chat`]: screens, payloads, inputs: what a conversation is made of, in no messenger's words
//! - [`clock`], [`config`], [`words`], [`ids`]: the ground
//!
//! `ARCHITECTURE.md` has the bird's eye view and the invariants.

rust_i18n::i18n!("locales", fallback = "ru");

pub mod app;
pub mod demo;

pub mod trees;

pub mod feedback;

pub mod messages;

pub mod surveys;

pub mod announcements;
pub mod diary;
pub mod notices;
pub mod trail;

pub mod control;

pub mod progress;

pub mod grading;

pub mod lessons;

pub mod absences;

pub mod timetable;

pub mod workbook;

pub mod people;

pub mod school;

pub mod telegram;

pub mod charts;
pub mod delivery;
pub mod jobs;
pub mod paper;

pub mod access;

pub mod db;

pub mod chat;

pub mod clock;
pub mod config;
pub mod ids;
pub mod words;
