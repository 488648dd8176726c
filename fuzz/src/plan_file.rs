//! The plan file, a zip, and the Terraform sources in it.

use countersign::commands::plan_file::unpack;

/// Unpacks a plan file. What its sources say is asked by the target `sources`.
pub fn check(data: &[u8]) {
    if let Ok(sources) = unpack(data) {
        let _ = sources.ephemeral();
    }
}
