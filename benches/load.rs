//! The load of a school on one machine. Nothing is measured yet.

fn main() {}
