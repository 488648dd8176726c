//! When a plan file was made, by which version, and for which workspace.
//!
//! Takes the member `tfplan` of a plan file, a Protocol Buffers message, and returns its [`PlanStamp`]. Of the message
//! three fields of its top level are read, which Terraform and OpenTofu share; everything else is passed over by its length.
//! Format: `internal/plans/planproto/planfile.proto` of Terraform, <https://protobuf.dev/programming-guides/encoding/>.

/// The number of the field `terraform_version`.
const VERSION: u64 = 14;

/// The number of the field `backend`, a message of its own.
const BACKEND: u64 = 13;

/// The number of the field `workspace` in it.
const WORKSPACE: u64 = 3;

/// The number of the field `timestamp`.
const TIMESTAMP: u64 = 21;

/// What tells one plan from another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PlanStamp {
    pub(super) terraform_version: Option<String>,
    /// RFC 3339 UTC; absent before Terraform 1.5.
    pub(super) timestamp: Option<String>,
    /// The workspace that the plan was made for; absent where another version keeps it elsewhere.
    pub(super) workspace: Option<String>,
}

/// Reads the stamp of a message; none where it is no such message.
pub(super) fn read(message: &[u8]) -> Option<PlanStamp> {
    let mut stamp = PlanStamp::default();
    for_each_field(message, |number, bytes| {
        let text = || std::str::from_utf8(bytes).ok().map(str::to_owned);
        match number {
            VERSION => stamp.terraform_version = text(),
            TIMESTAMP => stamp.timestamp = text(),
            BACKEND => stamp.workspace = read_workspace(bytes),
            _ => {}
        }
    })?;
    Some(stamp)
}

fn read_workspace(backend: &[u8]) -> Option<String> {
    let mut workspace = None;
    for_each_field(backend, |number, bytes| {
        if number == WORKSPACE {
            workspace = std::str::from_utf8(bytes).ok().filter(|name| !name.is_empty()).map(str::to_owned);
        }
    })?;
    workspace
}

/// Calls a function with the number and the bytes of each field that has bytes. `None` where the message is damaged.
fn for_each_field<'m>(message: &'m [u8], mut each: impl FnMut(u64, &'m [u8])) -> Option<()> {
    let mut rest = message;
    while !rest.is_empty() {
        let tag = read_varint(&mut rest)?;
        let bytes = match tag & 7 {
            0 => {
                read_varint(&mut rest)?;
                continue;
            }
            1 => take(&mut rest, 8)?,
            2 => {
                let length = usize::try_from(read_varint(&mut rest)?).ok()?;
                take(&mut rest, length)?
            }
            5 => take(&mut rest, 4)?,
            _ => return None,
        };
        each(tag >> 3, bytes);
    }
    Some(())
}

fn take<'b>(rest: &mut &'b [u8], length: usize) -> Option<&'b [u8]> {
    let (taken, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(taken)
}

/// A number in groups of seven bits, the lowest first.
fn read_varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (first, after) = rest.split_first()?;
        *rest = after;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn fields_are_found_among_others_and_damage_is_none() {
        // version = 3, terraform_version = "1.11.4", backend = {workspace = "dev"}, a nested message, timestamp = "T".
        let mut message = vec![8, 3, 114, 6];
        message.extend(b"1.11.4");
        message.extend([106, 5, 26, 3]);
        message.extend(b"dev");
        message.extend([26, 2, 8, 1, 0xaa, 1, 1, b'T']);
        let stamp = read(&message).unwrap();
        assert_eq!(
            (stamp.terraform_version.as_deref(), stamp.timestamp.as_deref(), stamp.workspace.as_deref()),
            (Some("1.11.4"), Some("T"), Some("dev"))
        );
        assert_eq!(read(&message[..6]), None);
        assert_eq!(read(&[0xff; 12]), None);
    }
}
