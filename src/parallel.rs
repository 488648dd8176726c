//! Work shared among the processor's cores.
//!
//! Takes items with a function for a few of them, and returns the results in the order of the items, so that nothing that
//! is written depends on which thread was faster. A panic in a thread goes on in the caller.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Calls `work` for every `size` items and returns the results in order. Each thread makes one state and keeps it.
pub fn map_chunks<I: Sync, S, T: Send>(
    items: &[I],
    size: usize,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &[I]) -> T + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let chunks: Vec<&[I]> = items.chunks(size.max(1)).collect();
    let worker = || {
        let mut done = Vec::new();
        let mut state = state();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(chunk) = chunks.get(at) else { return done };
            done.push((at, work(&mut state, chunk)));
        }
    };
    let others = thread::available_parallelism().map_or(1, NonZero::get).min(chunks.len()).saturating_sub(1);
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (0..others).map(|_| scope.spawn(worker)).collect();
        let mut done = worker();
        for other in others {
            match other.join() {
                Ok(theirs) => done.extend(theirs),
                Err(cause) => std::panic::resume_unwind(cause),
            }
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Runs two functions at the same time and returns what both give.
pub fn run_both<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        match one.join() {
            Ok(one) => (one, other),
            Err(cause) => std::panic::resume_unwind(cause),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::map_chunks;

    #[test]
    fn results_come_in_order_and_all_of_them() {
        let items: Vec<usize> = (0..1_001).collect();
        let sums = map_chunks(
            &items,
            10,
            || 0,
            |seen: &mut usize, chunk| {
                *seen += 1;
                chunk.to_vec()
            },
        );
        assert_eq!(sums.concat(), items);
        assert_eq!(map_chunks(&items[..0], 10, || (), |(), chunk| chunk.len()), Vec::<usize>::new());
    }
}
