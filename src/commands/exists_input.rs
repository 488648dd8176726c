//! The inputs of `verify`, as text.
//!
//! Takes paths and returns each input as text with its name; a plan file is turned into JSON by the Terraform or OpenTofu
//! that is there. What the text says is read by [`crate::exists`].

use std::path::PathBuf;

use jiff::Timestamp;

use super::plan_file::PlanFile;
use super::plans::decode_text;
use super::terraform::Program;
use super::{Failure, input};
use crate::cli::VerifyArgs;
use crate::exists::{
    self, AsOf, DeliveredExport, DeliveredSource, ExistsFormat, NotDelivered, plan, recognise,
};
use crate::plan::Plan;

/// One input.
#[derive(Debug)]
pub(super) struct InputText {
    name: String,
    text: String,
    /// When it was made, where the user says it.
    exported_at: Option<Timestamp>,
}

/// Reads all inputs.
///
/// # Errors
///
/// The first that is no text, or no plan file that Terraform shows.
pub(super) fn read_inputs(args: &VerifyArgs) -> Result<Vec<InputText>, Failure> {
    let read = |path: &PathBuf| {
        let (name, bytes) = input::read_one(path, args.max_input_size)?;
        let bytes = match PlanFile::recognise(&name, bytes) {
            Ok((file, _)) => {
                let failure = |error| Failure::Terraform { name: name.clone(), error };
                let program = Program::find(args.terraform.as_deref()).map_err(failure)?;
                program.show(&file.bytes, args.max_input_size).map_err(failure)?
            }
            Err(bytes) => bytes,
        };
        let text = decode_text(bytes, args.max_input_size)
            .map_err(|error| Failure::Delivered { name: name.clone(), error: error.into() })?;
        Ok(InputText { name, text, exported_at: args.exported_at })
    };
    args.inputs.iter().map(read).collect()
}

impl InputText {
    /// The objects that it shows.
    ///
    /// # Errors
    ///
    /// Why it is not taken for what exists.
    pub(super) fn read(&self) -> Result<DeliveredExport<'_>, Failure> {
        let failure = |error| Failure::Delivered { name: self.name.clone(), error };
        let DeliveredExport { source, objects } = self.read_text().map_err(failure)?;
        let as_of = match (source.as_of, self.exported_at) {
            (AsOf::Unknown, Some(time)) => AsOf::At(time),
            (own, _) => own,
        };
        let name = self.name.clone();
        Ok(DeliveredExport { source: DeliveredSource { name, as_of, ..source }, objects })
    }

    fn read_text(&self) -> Result<DeliveredExport<'_>, NotDelivered> {
        let format = recognise::recognise(&self.text)?;
        if matches!(format, ExistsFormat::Plan | ExistsFormat::RefreshOnlyPlan) {
            plan::read(Plan::read(&self.text)?)
        } else {
            exists::read(&self.text)
        }
    }
}
