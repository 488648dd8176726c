//! Exceptions that do not hold, and what is late after them.

use super::{LintCode, Reviewer, problem_of_flaw};
use crate::authority::exception::{find_decision_flaws, refuse_person};
use crate::authority::{AsOf, find_late_duties};
use crate::manifest::{Duty, Exception};
use crate::source::Problem;

impl Reviewer<'_> {
    /// Finds what is wrong with an exception, and what is late after it.
    pub(super) fn review_exception(&mut self, exception: &Exception) {
        let (manifest, approval) = (self.manifest, &exception.approval);
        let source = &approval.place.source;
        let flaws = find_decision_flaws(exception, approval.sample(), manifest);
        self.problems.extend(flaws.iter().filter_map(|flaw| problem_of_flaw(approval, flaw)));
        for duty in Duty::ALL.iter().copied() {
            let Some(done) = exception.done(duty) else { continue };
            if let Some(refusal) = refuse_person(done, duty, exception, manifest) {
                let message =
                    format!("`{}` does not count, and {}", duty.block(), refusal.describe(&approval.id));
                let help = "have somebody else say so who did not decide it";
                let problem = Problem::error(source, done.by.span, message).help(help);
                self.problems.push(problem.code(LintCode::of_duty(duty).name()));
            }
        }
        for late in find_late_duties(exception, manifest, AsOf::from(self.as_of)) {
            if exception.done(late.duty).is_none() {
                let block = late.duty.block();
                let message = format!("{} has no `{block}`, which was due at {}", approval.id, late.due);
                self.warn(LintCode::of_duty(late.duty), source, approval.place.span, message, |problem| {
                    problem.help(format!("add a `{block}` block once it is done"))
                });
            }
        }
    }
}
