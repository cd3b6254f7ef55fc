//! The program itself, as a school runs it.

mod anonymous;
mod demo;
mod kill;
mod load;
mod polls;
mod run;
mod shown;
