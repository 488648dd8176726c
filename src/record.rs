//! The record: the evidence of one run, for whoever asks later what was decided, when, by which approvals and on what.

mod surroundings;

pub use surroundings::{Clock, ClockSource};
