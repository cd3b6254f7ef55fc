//! The program itself, as a school runs it.

mod kill;
mod load;
mod run;
