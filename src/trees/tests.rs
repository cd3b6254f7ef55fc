//! Payloads and stored states are readable for ever; every screen keeps the limits in every language.
