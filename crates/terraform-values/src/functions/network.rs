//! Addresses: `cidrhost`, `cidrnetmask`, `cidrsubnet` and `cidrsubnets` of known arguments.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use super::call::{self, Answer, Call};
use super::refusal::Refusal;
use crate::value::Value;

/// A network, and its arithmetic in 128 bits.
#[derive(Clone, Copy)]
struct Network {
    /// The first address, as a number.
    first: u128,
    /// Bits of the prefix.
    prefix: u32,
    /// Bits of an address: 32 or 128.
    width: u32,
}

impl Network {
    fn parse(text: &str) -> Result<Self, Refusal> {
        let net: IpNet = text.parse().map_err(|_| refuse_spelling(text))?;
        let (first, width) = match net.network() {
            IpAddr::V4(address) => (u128::from(u32::from(address)), 32),
            IpAddr::V6(address) => (u128::from(address), 128),
        };
        Ok(Self { first, prefix: u32::from(net.prefix_len()), width })
    }

    /// The largest number of so many bits.
    fn largest(bits: u32) -> u128 {
        if bits >= 128 { u128::MAX } else { (1 << bits) - 1 }
    }

    fn last(self) -> u128 {
        self.first | Self::largest(self.width - self.prefix)
    }

    fn address(self, number: u128) -> Result<IpAddr, Refusal> {
        if self.width == 32 {
            return u32::try_from(number)
                .map(|number| IpAddr::V4(Ipv4Addr::from(number)))
                .map_err(|_| Refusal::Fails);
        }
        let address = Ipv6Addr::from(number);
        // Go writes such an address as IPv4.
        if address.to_ipv4_mapped().is_some() { Err(Refusal::Unread) } else { Ok(IpAddr::V6(address)) }
    }

    fn write(self) -> Result<String, Refusal> {
        Ok(format!("{}/{}", self.address(self.first)?, self.prefix))
    }
}

/// Terraform reads leading zeros in an IPv4 address; this crate's parser does not.
fn refuse_spelling(text: &str) -> Refusal {
    let may_have_zeros = text.split(['.', '/']).any(|part| part.len() > 1 && part.starts_with('0'));
    if may_have_zeros || text.contains("::ffff:") { Refusal::Unread } else { Refusal::Fails }
}

/// `cidrhost`.
pub(super) fn cidr_host(call: &Call<'_>) -> Answer {
    host(&call.known(0)?, call.whole(1)?).map(|address| address.as_str().into())
}

/// `cidrnetmask`.
pub(super) fn cidr_netmask(call: &Call<'_>) -> Answer {
    netmask(&call.known(0)?).map(|mask| mask.as_str().into())
}

/// `cidrsubnet`.
pub(super) fn cidr_subnet(call: &Call<'_>) -> Answer {
    subnet(&call.known(0)?, call.whole(1)?, call.whole(2)?).map(|network| network.as_str().into())
}

/// `cidrsubnets`.
pub(super) fn cidr_subnets(call: &Call<'_>) -> Answer {
    let bits = call.rest(1).iter().map(|bits| call::whole(&call.number_of(bits)?));
    let networks = subnets(&call.known(0)?, &bits.collect::<Result<Vec<_>, _>>()?)?;
    Ok(Value::list(networks.iter().map(|network| network.as_str().into()).collect()))
}

fn host(prefix: &str, number: i64) -> Result<String, Refusal> {
    let network = Network::parse(prefix)?;
    let largest = Network::largest(network.width - network.prefix);
    let distance =
        if number < 0 { u128::from((number + 1).unsigned_abs()) } else { u128::from(number.unsigned_abs()) };
    if distance > largest {
        return Err(Refusal::Fails);
    }
    let host = if number < 0 { largest - distance } else { distance };
    network.address(network.first | host).map(|address| address.to_string())
}

fn netmask(prefix: &str) -> Result<String, Refusal> {
    let network = Network::parse(prefix)?;
    if network.width != 32 {
        return Err(Refusal::Fails);
    }
    let mask = Network::largest(32) & !Network::largest(32 - network.prefix);
    network.address(mask).map(|address| address.to_string())
}

fn subnet(prefix: &str, new_bits: i64, number: i64) -> Result<String, Refusal> {
    let network = Network::parse(prefix)?;
    // Terraform's arithmetic on negative ones is an accident of its library.
    let (Ok(new_bits), Ok(number)) = (u32::try_from(new_bits), u128::try_from(number)) else {
        return Err(Refusal::Unread);
    };
    let longer = network.prefix.saturating_add(new_bits);
    if longer > network.width || number > Network::largest(new_bits) {
        return Err(Refusal::Fails);
    }
    let shift = network.width - longer;
    let first = if shift >= 128 { 0 } else { number << shift };
    Network { first: network.first | first, prefix: longer, ..network }.write()
}

fn subnets(prefix: &str, new_bits: &[i64]) -> Result<Vec<String>, Refusal> {
    let network = Network::parse(prefix)?;
    let mut written = Vec::new();
    // The next address that is free; none once the last of all addresses is taken.
    let mut next = Some(network.first);
    for bits in new_bits {
        let bits = u32::try_from(*bits).map_err(|_| Refusal::Fails)?;
        let longer = network.prefix + bits.min(256);
        if !(1..=32).contains(&bits) || longer > network.width {
            return Err(Refusal::Fails);
        }
        let block = Network::largest(network.width - longer);
        // The first block of this size that begins at or after the next free address.
        let free = next.ok_or(Refusal::Fails)?;
        let first = free.checked_add(block).ok_or(Refusal::Fails)? & !block;
        if first > network.last() {
            return Err(Refusal::Fails);
        }
        written.push(Network { first, prefix: longer, ..network }.write()?);
        next = (first | block).checked_add(1);
    }
    Ok(written)
}
