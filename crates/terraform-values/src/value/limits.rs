//! How large a value may be. What is larger is *anything*.

/// Alternatives of one value. Conditionals of public modules have two to four branches; 32 leaves room for five nested
/// ones, and keeps products of several such values small.
pub const MAX_ALTERNATIVES: usize = 32;

/// Values within one value, itself included, counted as often as they are shared. The longest list of a real
/// configuration has some thousand elements; locals that list each other reach 10^10 in ten lines.
pub const MAX_SIZE: usize = 65_536;

/// Values within values, at most: a bound for the stack. Policy documents nest six deep, module inputs ten.
pub const MAX_VALUE_DEPTH: usize = 48;

/// The longest literal part of a text, in bytes. The longest policy that a cloud accepts has some ten thousand, user data
/// 16 KiB; a file that a template reads may be larger.
pub const MAX_TEXT_BYTES: usize = 1 << 20;

/// Literals and holes of one text. A document with a thousand statements has a hole in each.
pub const MAX_PARTS: usize = 4_096;

/// Members of one mapping whose names have holes, at most; they are compared with each other. A trust policy has two to
/// four.
pub(crate) const MAX_OPEN_NAMES: usize = 64;
