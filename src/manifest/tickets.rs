//! An export of the tickets that approvals name: JSON Lines that a team's own command wrote.
//!
//! Takes the text and returns a [`TicketExport`]. Each line is a ticket; the first line may instead say when the export was
//! made and which projects it claims to hold whole. What `ended` means is the team's mapping: a ticket that was rejected or
//! cancelled, hardly one that was closed when the access was delivered. Nothing of a ticket authorizes, so that what is read
//! here can only take an approval away; what follows from it is [`crate::authority`]'s question.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde::Deserialize;
use serde_json::Value;

use crate::json::{self, JsonError};

/// Members of an answer that is one page of several, or that holds tickets instead of being one.
const PAGE_MEMBERS: [&str; 6] = ["isLast", "nextPageToken", "issues", "result", "startAt", "nextPage"];

/// Tickets, as a system of tickets had them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TicketExport {
    /// The file, as it was named.
    pub name: String,
    /// When it was made, where it says that.
    pub exported_at: Option<Timestamp>,
    /// The projects that it holds whole, in upper case; empty where it holds every project.
    projects: Vec<String>,
    /// By ID in upper case.
    tickets: BTreeMap<String, ExportedTicket>,
}

/// One ticket.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ExportedTicket {
    /// Its ID.
    pub id: String,
    /// Its status, in the system's words.
    pub status: String,
    /// Whether it ends what was approved under it, by the team's own mapping.
    pub ended: bool,
    /// The login of who asked, where the export says it.
    #[serde(default)]
    pub requester: Option<String>,
    /// The logins of who approved, where the export says it.
    #[serde(default)]
    pub approvers: Vec<String>,
}

/// The first line.
#[derive(Deserialize)]
struct WireHeader {
    exported_at: Timestamp,
    #[serde(default)]
    projects: Vec<String>,
}

/// Why a text is no export of tickets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TicketsError {
    /// A line is no JSON that everybody reads alike.
    #[error("line {line} is not JSON: {error}")]
    NotJson {
        /// From one.
        line: usize,
        /// Why.
        error: JsonError,
    },
    /// A line is no ticket.
    #[error("line {line} is not a ticket with `id`, `status` and `ended`")]
    NotATicket {
        /// From one.
        line: usize,
    },
    /// A line is an answer of the system, which may be one page of several.
    #[error("line {line} is a page of an answer (`{member}`), not a ticket")]
    Page {
        /// From one.
        line: usize,
        /// The member that shows it.
        member: &'static str,
    },
    /// Two lines are one ticket.
    #[error("line {line} is the second with the ticket `{id}`")]
    Duplicate {
        /// From one.
        line: usize,
        /// The ticket.
        id: String,
    },
    /// It holds no ticket at all.
    #[error("there is no ticket in it")]
    Empty,
}

impl TicketExport {
    /// Reads an export; `name` is what messages call it.
    ///
    /// # Errors
    ///
    /// What is wrong with a line: a ticket that was passed over would not end its approval.
    pub fn read(name: &str, text: &str) -> Result<Self, TicketsError> {
        let mut export = Self { name: name.to_owned(), ..Self::default() };
        for (at, text) in text.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
            export.take_line(at + 1, text)?;
        }
        if export.tickets.is_empty() { Err(TicketsError::Empty) } else { Ok(export) }
    }

    fn take_line(&mut self, line: usize, text: &str) -> Result<(), TicketsError> {
        // Of two members with one name another reader might take the other.
        json::parse(text).map_err(|error| TicketsError::NotJson { line, error })?;
        let value: Value = serde_json::from_str(text).map_err(|_| TicketsError::NotATicket { line })?;
        if let Some(member) = PAGE_MEMBERS.iter().find(|member| value.get(**member).is_some()) {
            return Err(TicketsError::Page { line, member });
        }
        if value.get("id").is_none() && self.tickets.is_empty() && self.exported_at.is_none() {
            let header = WireHeader::deserialize(value).map_err(|_| TicketsError::NotATicket { line })?;
            self.exported_at = Some(header.exported_at);
            self.projects = header.projects.iter().map(|name| name.to_ascii_uppercase()).collect();
            return Ok(());
        }
        let ticket = ExportedTicket::deserialize(value).map_err(|_| TicketsError::NotATicket { line })?;
        let id = ticket.id.to_ascii_uppercase();
        if self.tickets.insert(id.clone(), ticket).is_some() {
            return Err(TicketsError::Duplicate { line, id });
        }
        Ok(())
    }

    /// The ticket of an approval.
    pub fn find(&self, id: &str) -> Option<&ExportedTicket> {
        self.tickets.get(&id.to_ascii_uppercase())
    }

    /// Whether a ticket that it does not have is unknown to the system as well.
    pub fn claims(&self, id: &str) -> bool {
        let id = id.to_ascii_uppercase();
        let project = id.rsplit_once('-').map_or(id.as_str(), |(project, _)| project);
        self.projects.is_empty() || self.projects.iter().any(|own| own == project)
    }

    /// Whether it shows the tickets as they are on a day: it was made on that day or on the day before.
    pub fn is_fresh(&self, day: Date) -> bool {
        let made = self.exported_at.map(|at| Offset::UTC.to_datetime(at).date());
        made.is_some_and(|made| made <= day && day.yesterday().is_ok_and(|before| made >= before))
    }
}

#[cfg(test)]
mod tests {
    use super::{TicketExport, TicketsError};

    const HEAD: &str = r#"{"exported_at":"2026-11-24T06:00:00Z","projects":["sec"]}"#;

    #[test]
    fn tickets_are_found_in_whatever_case() {
        let line = r#"{"id":"SEC-1","status":"Done","ended":false,"url":"https://example.com"}"#;
        let export = TicketExport::read("t", &format!("{HEAD}\n{line}\n\n")).unwrap();
        assert!(export.find("sec-1").is_some_and(|ticket| !ticket.ended));
        assert!(export.claims("Sec-2") && !export.claims("OPS-1"));
        let day = jiff::civil::date(2026, 11, 24);
        assert!(export.is_fresh(day) && export.is_fresh(day.tomorrow().unwrap()));
        assert!(!export.is_fresh(day.yesterday().unwrap()));
        assert!(!export.is_fresh(jiff::civil::date(2026, 11, 26)));
    }

    #[test]
    fn what_is_no_export_is_refused() {
        let ticket = r#"{"id":"SEC-1","status":"Done","ended":false}"#;
        let refuse = |text: &str| TicketExport::read("t", text).unwrap_err();
        assert_eq!(refuse(HEAD), TicketsError::Empty);
        assert_eq!(
            refuse(r#"{"isLast":false,"issues":[]}"#),
            TicketsError::Page { line: 1, member: "isLast" }
        );
        assert_eq!(refuse(r#"{"id":"SEC-1","status":"Done"}"#), TicketsError::NotATicket { line: 1 });
        assert_eq!(refuse(&format!("{ticket}\n{HEAD}")), TicketsError::NotATicket { line: 2 });
        let again = ticket.replace("SEC", "sec");
        assert_eq!(
            refuse(&format!("{ticket}\n{again}")),
            TicketsError::Duplicate { line: 2, id: "SEC-1".into() }
        );
        assert!(matches!(refuse("{"), TicketsError::NotJson { line: 1, .. }));
        assert!(matches!(
            refuse(r#"{"id":"a","id":"b","status":"","ended":true}"#),
            TicketsError::NotJson { .. }
        ));
    }
}
