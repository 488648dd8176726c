//! Numbers, instants and addresses that represent all the others.
//!
//! Takes tests and returns texts to try. The values in the tests cut the line of numbers (or of instants, or of
//! addresses) into cells on which every test is constant. One value of each cell, and one text that is neither number
//! nor instant nor address, are all that need to be tried.

use std::cmp::Ordering;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::{Decimal, Order, Test};

/// A second, in nanoseconds.
const SECOND: i128 = 1_000_000_000;

/// A text that is neither number nor instant nor address.
const UNTYPED_TEXT: &str = "example";

/// The values in tests, by which the lines are cut.
#[derive(Default)]
struct Cuts<'a> {
    numbers: Vec<&'a Decimal>,
    dates: Vec<i128>,
    nets: Vec<&'a IpNet>,
}

impl<'a> Cuts<'a> {
    fn of(tests: impl Iterator<Item = &'a Test>) -> Self {
        let mut cuts = Self::default();
        for test in tests {
            match test {
                Test::Number { values, .. } => cuts.numbers.extend(values),
                Test::Date { values, .. } => {
                    cuts.dates.extend(values.iter().map(|value| value.as_nanosecond()));
                }
                Test::Address { values, .. } => cuts.nets.extend(values),
                Test::Text { .. } | Test::Present(_) | Test::Part { .. } | Test::Opaque(_) => {}
            }
        }
        cuts
    }
}

/// Lists one text of every cell, which is enough where all tests read the text as a value of the same type.
pub(super) fn list_representatives<'a>(tests: impl Iterator<Item = &'a Test>) -> Vec<String> {
    let cuts = Cuts::of(tests);
    let mut texts = list_number_cells(cuts.numbers);
    texts.extend(list_date_cells(cuts.dates));
    texts.extend(list_address_cells(&cuts.nets));
    texts.push(UNTYPED_TEXT.to_owned());
    texts
}

/// Lists one text of every cell and of every [`Reading`] that tests tell apart.
pub(super) fn list_readings<'a>(tests: impl Iterator<Item = &'a Test> + Clone) -> Vec<String> {
    let mut texts = list_representatives(tests.clone());
    let cuts = Cuts::of(tests);
    // The same numbers where they are no instants.
    let numbers = list_number_cells(cuts.numbers.clone()).into_iter();
    texts.extend(numbers.filter(|text| !text.contains(['.', 'e'])).map(|text| format!("{text}.0")));
    if !cuts.dates.is_empty() {
        texts.extend(list_second_cells(&cuts.numbers, &cuts.dates));
    }
    texts
}

/// Whether all tests read the text as a value of the same type.
pub(super) fn are_one_family<'a>(tests: impl Iterator<Item = &'a Test>) -> bool {
    let mut families: Vec<_> = tests.map(std::mem::discriminant).collect();
    families.dedup();
    families.len() <= 1
}

/// The types of value as which a text reads. Numbers, instants and addresses are disjoint but for whole numbers, which
/// are instants in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reading {
    /// A number only.
    Number,
    /// A number and an instant.
    Seconds,
    /// An instant only.
    Instant,
    /// An address only.
    Address,
    /// None of them.
    Untyped,
}

/// The characters of instants: those of the profile of ISO 8601 that the W3C recommends, which AWS refers to.
const INSTANT_ALPHABET: &str = "+-.0123456789:TZtz";

impl Reading {
    pub(super) fn of(text: &str) -> Self {
        match (Decimal::parse(text).is_some(), read_instant(text).is_some()) {
            (true, true) => Self::Seconds,
            (true, false) => Self::Number,
            (false, true) => Self::Instant,
            (false, false) if text.parse::<IpAddr>().is_ok() => Self::Address,
            (false, false) => Self::Untyped,
        }
    }

    /// The characters that every text of this reading consists of; `None` where they are not limited.
    pub(super) fn list_characters(self) -> Option<&'static str> {
        match self {
            Self::Number => Some("+-.0123456789Ee"),
            Self::Seconds => Some("-0123456789"),
            Self::Instant => Some(INSTANT_ALPHABET),
            Self::Address => Some(".0123456789:ABCDEFabcdef"),
            Self::Untyped => None,
        }
    }
}

/// Whether a text satisfies a test that reads it as a number, an instant or an address.
pub(super) fn satisfies(test: &Test, text: &str) -> bool {
    match test {
        Test::Number { order, values, negated } => {
            compares(*order, Decimal::parse(text).as_ref(), values, *negated)
        }
        Test::Date { order, values, negated } => {
            let values: Vec<i128> = values.iter().map(|value| value.as_nanosecond()).collect();
            compares(*order, read_instant(text).as_ref(), &values, *negated)
        }
        Test::Address { values, negated } => {
            let address = text.parse::<IpAddr>().ok().map(|address| address.to_canonical());
            values.iter().any(|net| address.is_some_and(|address| net.contains(&address))) != *negated
        }
        Test::Text { .. } | Test::Present(_) | Test::Part { .. } | Test::Opaque(_) => false,
    }
}

fn compares<T: Ord>(order: Order, value: Option<&T>, values: &[T], negated: bool) -> bool {
    let Some(value) = value else { return false };
    let found = values.iter().any(|other| match (order, value.cmp(other)) {
        (Order::Equal | Order::LessOrEqual | Order::GreaterOrEqual, Ordering::Equal)
        | (Order::Less | Order::LessOrEqual, Ordering::Less)
        | (Order::Greater | Order::GreaterOrEqual, Ordering::Greater) => true,
        (Order::Equal, Ordering::Less | Ordering::Greater)
        | (Order::Less, Ordering::Equal | Ordering::Greater)
        | (Order::LessOrEqual, Ordering::Greater)
        | (Order::Greater, Ordering::Equal | Ordering::Less)
        | (Order::GreaterOrEqual, Ordering::Less) => false,
    });
    found != negated
}

/// Nanoseconds since 1970 of whole seconds, or of an instant or a date in ISO 8601.
fn read_instant(text: &str) -> Option<i128> {
    if !text.chars().all(|char| INSTANT_ALPHABET.contains(char)) {
        return None;
    }
    if let Ok(seconds) = text.parse::<i64>() {
        return (!text.starts_with('+')).then_some(i128::from(seconds) * SECOND);
    }
    let midnight = |date: Date| TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok();
    let instant: Option<Timestamp> = text.parse().ok();
    instant.or_else(|| midnight(text.parse().ok()?)).map(Timestamp::as_nanosecond)
}

/// Values between two others come last, since most keys are whole numbers.
fn list_number_cells(mut values: Vec<&Decimal>) -> Vec<String> {
    values.sort();
    values.dedup();
    let beyond = |value: Option<&&Decimal>, side| value.map(|value| value.beyond(side));
    let mut cells: Vec<Decimal> = beyond(values.first(), Ordering::Less).into_iter().collect();
    cells.extend(values.iter().map(|value| (*value).clone()));
    cells.extend(beyond(values.last(), Ordering::Greater));
    cells.extend(values.windows(2).filter_map(|pair| match pair {
        [one, next] => Some(one.between(next)),
        _ => None,
    }));
    cells.iter().map(Decimal::to_string).collect()
}

/// Whole seconds of each cell into which numbers and instants cut the line together: those at a cut and next to it.
fn list_second_cells(numbers: &[&Decimal], dates: &[i128]) -> Vec<String> {
    let numbers = numbers.iter().filter_map(|number| number.floor());
    let cuts = numbers.chain(dates.iter().map(|date| date.div_euclid(SECOND)));
    let near = cuts.flat_map(|cut| [cut.saturating_sub(1), cut, cut.saturating_add(1)]);
    let ends = [i64::MIN, i64::MAX].map(i128::from);
    near.chain(ends).filter(|cut| i64::try_from(*cut).is_ok()).map(|cut| cut.to_string()).collect()
}

/// Instants are counted in nanoseconds: no request can be more precise.
fn list_date_cells(mut values: Vec<i128>) -> Vec<String> {
    values.sort_unstable();
    values.dedup();
    let mut cells = Vec::new();
    cells.extend(values.first().into_iter().flat_map(|first| [first - SECOND, first - 1]));
    for (i, value) in values.iter().enumerate() {
        let below = |instant: &i128| values.get(i + 1).is_none_or(|next| instant < next);
        cells.push(*value);
        cells.extend([value + SECOND, value + 1].into_iter().filter(below));
    }
    cells
        .iter()
        .filter_map(|cell| Timestamp::from_nanosecond(*cell).ok())
        .map(|cell| cell.to_string())
        .collect()
}

/// Every cell of addresses begins at the first address, where a network begins, or just after a network ends.
fn list_address_cells(nets: &[&IpNet]) -> Vec<String> {
    if nets.is_empty() {
        return Vec::new();
    }
    // Two addresses reserved for documentation (RFC 5737, RFC 3849), so that an example looks like one.
    let mut cells = vec!["203.0.113.10".to_owned(), "2001:db8::1".to_owned()];
    let (mut fours, mut sixes) = (vec![0], vec![0, 1 + map_to_v6(u32::MAX)]);
    for net in nets {
        match net {
            IpNet::V4(net) => {
                let first = net.network().to_bits();
                fours.extend([first.saturating_add(1).min(net.broadcast().to_bits()), first]);
                fours.extend(net.broadcast().to_bits().checked_add(1));
            }
            IpNet::V6(net) => {
                let first = net.network().to_bits();
                sixes.extend([first.saturating_add(1).min(net.broadcast().to_bits()), first]);
                sixes.extend(net.broadcast().to_bits().checked_add(1));
            }
        }
    }
    // The second address of a network is as good as its first only where no other network begins between them, so
    // both are tried, the more readable one first.
    cells.extend(fours.into_iter().map(|bits| Ipv4Addr::from_bits(bits).to_string()));
    let own = sixes.into_iter().filter(|bits| !(map_to_v6(0)..=map_to_v6(u32::MAX)).contains(bits));
    cells.extend(own.map(|bits| Ipv6Addr::from_bits(bits).to_string()));
    cells
}

/// The IPv6 form of an IPv4 address, which is read as the IPv4 address and so is not a value of its own.
fn map_to_v6(bits: u32) -> u128 {
    Ipv4Addr::from_bits(bits).to_ipv6_mapped().to_bits()
}

#[cfg(test)]
mod tests {
    use super::{list_representatives, satisfies};
    use crate::{Order, Test};

    fn date(order: Order, text: &str) -> Test {
        Test::Date { order, values: vec![text.parse().unwrap()], negated: false }
    }

    fn address(text: &str) -> Test {
        Test::Address { values: vec![text.parse().unwrap()], negated: false }
    }

    /// Whether some representative satisfies the first tests and none of the others.
    fn is_found(met: &[Test], missed: &[Test]) -> bool {
        list_representatives(met.iter().chain(missed)).iter().any(|text| {
            met.iter().all(|test| satisfies(test, text)) && !missed.iter().any(|test| satisfies(test, text))
        })
    }

    #[test]
    fn no_cell_is_left_out() {
        let (early, late) = ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000000002Z");
        assert!(
            is_found(&[date(Order::Greater, early), date(Order::Less, late)], &[]),
            "the nanosecond between"
        );
        assert!(!is_found(&[date(Order::Less, early), date(Order::Greater, early)], &[]));
        assert!(is_found(&[address("2001:db8::/32")], &[address("2001:db8::/33")]), "after a network ends");
        assert!(is_found(&[address("10.0.0.0/8")], &[address("10.0.0.0/9"), address("10.128.0.0/10")]));
        assert!(!is_found(&[address("10.0.0.0/8")], &[address("10.0.0.0/9"), address("10.128.0.0/9")]));
        assert!(is_found(&[address("::/0")], &[address("::/1")]));
        assert!(!is_found(&[address("::ffff:0:0/96")], &[]), "IPv4 within IPv6 is IPv4");
        assert!(!is_found(&[address("10.0.0.0/31")], &[address("10.0.0.0/32"), address("10.0.0.1/32")]));
    }
}
