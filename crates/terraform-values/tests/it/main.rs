//! What the evaluator gives, against expected sets, laws, and Terraform itself.

mod common;
mod language;
