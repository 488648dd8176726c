//! A fast hash for tables that live no longer than one question.
//!
//! Takes words and returns a hash that is not safe against chosen keys: the standard hash is, and costs more than most
//! questions do. A policy that makes keys collide spends only its own budget. The mixing is that of `rustc-hash` 1.

use std::hash::{BuildHasherDefault, Hasher};

/// Builds the hasher of a table.
pub(crate) type BuildFastHasher = BuildHasherDefault<FastHasher>;

/// Rotates, adds and multiplies, one word at a time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct FastHasher(u64);

impl FastHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for FastHasher {
    fn finish(&self) -> u64 {
        // Tables use the low bits, which multiplication mixes least.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        for byte in rest {
            self.add(u64::from(*byte));
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.add(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.add(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.add(number);
    }

    fn write_usize(&mut self, number: usize) {
        self.write(&number.to_le_bytes());
    }
}
