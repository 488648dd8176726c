//! Containment against the evaluator, which shares no code with it.

use access_algebra::evaluate::{Truth, judge};
use access_algebra::{Containment, Request, contains};
use arbitrary::Unstructured;

use super::access;

/// Requests that are tried on each pair that is said to be contained.
const REQUESTS: usize = 32;

/// Makes two policies and requests from the bytes. A witness must be allowed by the planned policy and refused by the
/// approved one; where the planned policy is contained, no request may be so.
pub fn check(data: &[u8]) {
    let mut bytes = Unstructured::new(data);
    let Ok((approved, planned)) = access::pair(&mut bytes) else { return };
    let exceeds =
        |request: &Request| judge(&planned, request) == Truth::Yes && judge(&approved, request) == Truth::No;
    match contains(&approved, &planned) {
        Containment::Undecided(_) => {}
        Containment::Exceeds(witness) => {
            assert!(
                exceeds(&witness.request),
                "{:?} is no witness\n{approved:#?}\n{planned:#?}",
                witness.request
            );
        }
        Containment::Contained => {
            let count = access::value_count([&approved, &planned]);
            for _ in 0..REQUESTS {
                if bytes.is_empty() {
                    return;
                }
                let Ok(request) = access::request(&mut bytes, count) else { return };
                assert!(!exceeds(&request), "{request:?} is not contained\n{approved:#?}\n{planned:#?}");
            }
        }
    }
}
