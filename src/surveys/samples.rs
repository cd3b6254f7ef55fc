//! Samples of all screens and payloads of surveys.
