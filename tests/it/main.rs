//! The journal as people use it: stories over the wire, contracts of the house, the program itself as a child.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on has failed"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "tests start what they need beside themselves and are told of databases by the environment"
)]

mod matrix;
mod page;
mod program;
mod stories;
mod support;
mod tidy;
