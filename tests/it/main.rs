//! The journal as people use it: stories over the wire, contracts of the house, the program itself as a child.

mod program;
mod stories;
mod support;
