//! The names over which expressions are generated.

use terraform_values::{Number, Value};

use crate::common::Names;

/// Names, the rule of the grammar that each is of, and its value.
pub(crate) fn operands() -> Vec<(&'static str, &'static str, Value)> {
    let texts = |all: &[&str]| all.iter().map(|text| Value::from(*text)).collect::<Vec<_>>();
    let pairs = |all: &[(&'static str, &str)]| {
        all.iter().map(|(name, text)| (*name, Value::from(*text))).collect::<Vec<_>>()
    };
    let object = |a: &str, b: i64, c: &[&str]| {
        Value::object([("a", a.into()), ("b", b.into()), ("c", Value::list(texts(c)))])
    };
    let half = Value::from(Number::parse("2.5").unwrap());
    vec![
        ("var.b0", "B", true.into()),
        ("var.b1", "B", false.into()),
        ("var.n0", "N", 0_i64.into()),
        ("var.n1", "N", 12_i64.into()),
        ("var.n2", "N", half),
        ("var.n3", "N", (-4_i64).into()),
        ("var.i0", "I", 1_i64.into()),
        ("var.s0", "S", "".into()),
        ("var.s1", "S", "a".into()),
        ("var.s2", "S", "arn:aws:iam::111122223333:role/ci-deployer".into()),
        ("var.s3", "S", "b-c".into()),
        ("var.s4", "S", "10".into()),
        ("var.s5", "S", "true".into()),
        ("var.s6", "S", "a,b,,C d".into()),
        ("var.s7", "S", "  é\"\\${x}\n".into()),
        ("var.s8", "S", Value::NULL_LITERAL),
        ("var.ls0", "LS", Value::list(Vec::new())),
        ("var.ls1", "LS", Value::list(texts(&["a"]))),
        ("var.ls2", "LS", Value::list(texts(&["c", "a", "b-c", "a"]))),
        ("var.ln0", "LN", Value::list(vec![3_i64.into(), 20_i64.into(), 3_i64.into()])),
        ("var.ln1", "LN", Value::tuple(vec![1_i64.into(), 2_i64.into()])),
        ("var.ll0", "LL", Value::list(vec![Value::list(texts(&["a", "b"])), Value::list(texts(&["c"]))])),
        ("var.ss0", "SS", Value::set(texts(&["a"]))),
        ("var.ss1", "SS", Value::set(texts(&["b", "a", "é", "Z"]))),
        ("var.ms0", "MS", Value::map(pairs(&[("a", "x"), ("b", "y")]))),
        ("var.ms1", "MS", Value::map(pairs(&[("b-c", "10"), ("a", "a"), ("Name", "n")]))),
        ("var.mn0", "MN", Value::map([("a", 1_i64.into()), ("z", 2_i64.into())])),
        ("var.o0", "O", object("x", 1, &["c1", "c2"])),
        ("var.o1", "O", object("a", 12, &["a"])),
        ("var.lo0", "LO", Value::list(vec![object("a", 1, &["a", "b"]), object("q", 2, &["c"])])),
        ("var.lo1", "LO", Value::tuple(vec![object("b-c", 3, &["z"])])),
        ("var.t0", "T", Value::tuple(vec!["a".into(), 1_i64.into(), true.into()])),
        ("var.p0", "P", Value::list(vec![Value::object([("a", Value::from("a"))])])),
        ("var.p1", "P", Value::map([("k", Value::object([("b", Value::from(1_i64))]))])),
        ("var.x0", "X", Value::object([("a", "x".into()), ("zzz", Value::NULL_LITERAL)])),
    ]
}

/// The scope of these.
pub(crate) fn names(operands: &[(&str, &str, Value)]) -> Names {
    let named =
        operands.iter().map(|(name, _, value)| (name.trim_start_matches("var.").to_owned(), value.clone()));
    Names(named.collect())
}

/// The names with the rules of the grammar that they are of.
pub(crate) fn rules(operands: &[(&str, &str, Value)]) -> Vec<(String, String)> {
    operands.iter().map(|(name, rule, _)| ((*name).to_owned(), (*rule).to_owned())).collect()
}
