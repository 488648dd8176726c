//! Writes expressions from a grammar: `tests/grammar.txt`.
//!
//! A rule is a name, `=`, and a production; a name may have many. In a production `<S>` stands for an expression of that
//! name, and `@S` for a new name that means a value of it from the next ` : ` on, as in `[for @S in <LS> : <S>]`.

use std::collections::BTreeMap;

/// A generator of numbers (SplitMix64), so that a failure can be seen again.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }

    pub(crate) fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }
}

/// The productions of each name: those that hold no other name, and all.
pub(crate) struct Grammar {
    rules: BTreeMap<&'static str, Vec<&'static str>>,
}

impl Grammar {
    pub(crate) fn read() -> Self {
        let mut rules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let lines = include_str!("../grammar.txt").lines();
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (name, production) = line.split_once(" = ").expect(line);
            rules.entry(name.trim()).or_default().push(production.trim());
        }
        Self { rules }
    }

    /// Every name of a function that a production calls.
    pub(crate) fn calls(&self, function: &str) -> bool {
        let call = format!("{function}(");
        self.rules.values().flatten().any(|production| {
            production.match_indices(&call).any(|(at, _)| {
                !production[..at].ends_with(|symbol: char| symbol.is_alphanumeric() || symbol == '_')
            })
        })
    }
}

/// Writes expressions over names.
pub(crate) struct Writer<'g> {
    pub(crate) grammar: &'g Grammar,
    pub(crate) random: Random,
    /// Names that mean something, and the rule that their value is of.
    pub(crate) names: Vec<(String, String)>,
    fresh: usize,
}

impl<'g> Writer<'g> {
    pub(crate) fn new(grammar: &'g Grammar, seed: u64, names: Vec<(String, String)>) -> Self {
        Self { grammar, random: Random(seed), names, fresh: 0 }
    }

    /// An expression of a rule, with productions within productions up to a depth.
    pub(crate) fn write(&mut self, rule: &str, depth: usize) -> String {
        let known: Vec<String> =
            self.names.iter().filter(|(_, of)| of == rule).map(|(name, _)| name.clone()).collect();
        let of_expression = known.iter().filter(|name| name.starts_with('v')).count();
        if !known.is_empty()
            && (depth == 0 || self.random.below(4) == 0 || (of_expression > 0 && self.random.below(2) == 0))
        {
            // The innermost names come last, and are what a production wrote its name for.
            let from =
                if of_expression > 0 && self.random.below(3) > 0 { known.len() - of_expression } else { 0 };
            let at = from + self.random.below(known.len() - from);
            return known[at].clone();
        }
        let all = self.grammar.rules.get(rule).unwrap_or_else(|| panic!("no rule {rule}"));
        let ends: Vec<&str> = all.iter().copied().filter(|production| !production.contains('<')).collect();
        let production =
            if depth == 0 && !ends.is_empty() { *self.random.pick(&ends) } else { *self.random.pick(all) };
        self.expand(production, depth.saturating_sub(1))
    }

    fn expand(&mut self, production: &str, depth: usize) -> String {
        let outer = self.names.len();
        let mut written = String::new();
        let mut bound = Vec::new();
        let mut rest = production;
        while let Some(at) = rest.find(['<', '@', ':']) {
            let (before, from) = rest.split_at(at);
            written.push_str(before);
            let after = &from[1..];
            let name_end = after.find(|symbol: char| !symbol.is_ascii_uppercase()).unwrap_or(after.len());
            let name = &after[..name_end];
            if from.starts_with('@') && !name.is_empty() {
                self.fresh += 1;
                let variable = format!("v{}", self.fresh);
                written.push_str(&variable);
                bound.push((variable, name.to_owned()));
                rest = &after[name_end..];
            } else if from.starts_with('<') && after[name_end..].starts_with('>') && !name.is_empty() {
                let inner = self.write(name, depth);
                written.push_str(&inner);
                rest = &after[name_end + 1..];
            } else {
                if from.starts_with(':') || from.starts_with('}') {
                    self.names.append(&mut bound);
                }
                written.push_str(&from[..1]);
                rest = after;
            }
        }
        written.push_str(rest);
        self.names.truncate(outer);
        written
    }
}
