//! The program itself, as a school runs it.

mod demo;
mod kill;
mod load;
mod run;
