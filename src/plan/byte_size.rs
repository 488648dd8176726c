//! How many bytes an input may have, as people write it: `512MiB`.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ByteSize(u64);

/// Units, the largest first.
const UNITS: [(&str, u64); 3] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];

/// Why a text is no size.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ByteSizeError {
    /// What stands before the unit.
    #[error("expected a number of bytes, or one with `KiB`, `MiB` or `GiB`, for example `2GiB`")]
    Number(#[from] ParseIntError),
    /// More than a number of bytes can be, or none.
    #[error("the size is zero or too large")]
    Range,
}

impl ByteSize {
    /// What a plan may have unless somebody says otherwise. All of it is held in memory, so that a larger one is no accident.
    pub const OF_PLAN: Self = Self(1 << 30);

    /// What any other input may have.
    pub const OF_INPUT: Self = Self(256 << 20);

    /// What a line may have that holds a plan, so that a stream of them needs little memory. The plan of 10,000 grants that
    /// limits are measured by has 22 MB, and is to be named by its path.
    pub const OF_LINE: Self = Self(16 << 20);

    /// The number of bytes.
    pub const fn bytes(self) -> u64 {
        self.0
    }

    /// Whether an input of so many bytes has more.
    pub fn is_exceeded_by(self, bytes: &[u8]) -> bool {
        u64::try_from(bytes.len()).map_or(true, |length| length > self.0)
    }
}

impl FromStr for ByteSize {
    type Err = ByteSizeError;

    fn from_str(text: &str) -> Result<Self, ByteSizeError> {
        let of_unit = |(unit, size): &(&str, u64)| Some((text.strip_suffix(unit)?, *size));
        let (number, unit) = UNITS.iter().find_map(of_unit).unwrap_or((text, 1));
        let size = number.trim_end().parse::<u64>()?.checked_mul(unit);
        // One byte more is read than the size, to see that there is more.
        size.filter(|size| *size > 0 && *size < u64::MAX).map(Self).ok_or(ByteSizeError::Range)
    }
}

impl fmt::Display for ByteSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match UNITS.iter().find(|(_, size)| self.0.is_multiple_of(*size)) {
            Some((unit, size)) => write!(f, "{} {unit}", self.0 / size),
            None => write!(f, "{} bytes", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ByteSize;

    #[test]
    fn sizes_are_read_and_shown() {
        let show = |text: &str| text.parse::<ByteSize>().map(|size| size.to_string());
        for (text, shown) in [
            ("1", "1 bytes"),
            ("1024", "1 KiB"),
            ("512MiB", "512 MiB"),
            ("2 GiB", "2 GiB"),
            ("1536MiB", "1536 MiB"),
        ] {
            assert_eq!(show(text).unwrap(), shown);
        }
        for wrong in ["", "0", "-1", "1GB", "GiB", "1.5GiB", "18446744073709551615", "99999999999GiB"] {
            assert!(show(wrong).is_err(), "{wrong}");
        }
        assert!(ByteSize(2).is_exceeded_by(b"abc") && !ByteSize(3).is_exceeded_by(b"abc"));
    }
}
