//! What is said once means what it means written out: locals, templates, several types a rule, lists.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should stop"
)]

use rule_language::{DataSourceMatch, Rule, RuleMatch, Rules, load};
use spanned_hcl::{Palette, Source, render};

fn compile(text: &str) -> Rules {
    let head = "pack \"x\" {\n  dialect = \"aws\"\n}\n";
    load(vec![Source::new("x/x.hcl", &format!("{head}{text}"))])
        .unwrap_or_else(|problems| panic!("{}", render(&problems, Palette::Plain)))
}

fn find<'r>(rules: &'r Rules, type_name: &str) -> &'r Rule {
    let RuleMatch::Rule(_, rule) = rules.find(type_name, "registry.terraform.io/x/x") else {
        panic!("no rule reads {type_name}")
    };
    rule
}

/// Asserts that a type is read alike in two packs; where its rule stands does not count.
#[track_caller]
fn assert_same(one: &str, other: &str, type_name: &str) {
    let (one, other) = (compile(one), compile(other));
    let (one, other) = (find(&one, type_name), find(&other, type_name));
    let placeless = |rule: &Rule| Rule { types: Vec::new(), line: 0, ..rule.clone() };
    assert_eq!(placeless(one), placeless(other));
}

#[test]
fn a_local_means_what_it_is_defined_as() {
    assert_same(
        r#"
        locals { place = "${region}:${fact.account}" }
        rule "a" {
          locals {
            arn   = "arn:${local.place}:${local.name}"
            name  = coalesce(name, local.none)
            none  = "-"
            first = entries[0]
          }
          grant "additive" {
            principals = [local.arn, local.first.user]
            resources  = ["a-${local.none}-b"]
          }
        }"#,
        r#"
        rule "a" {
          grant "additive" {
            principals = ["arn:${region}:${fact.account}:${coalesce(name, "-")}", entries[0].user]
            resources  = ["a---b"]
          }
        }"#,
        "a",
    );
}

#[test]
fn a_step_after_a_local_with_a_splat_is_taken_of_the_list() {
    // Written out without parentheses, the index would be taken of every element.
    assert_same(
        r#"rule "a" {
          locals { names = entries[*].name }
          owner = local.names[0]
        }"#,
        r#"rule "a" { owner = (entries[*].name)[0] }"#,
        "a",
    );
    let inside = compile(r#"rule "a" { owner = entries[*].name[0] }"#);
    let around = compile(r#"rule "a" { owner = (entries[*].name)[0] }"#);
    assert_ne!(find(&inside, "a").owner, find(&around, "a").owner);
}

#[test]
fn a_template_stands_before_the_rule_that_uses_it() {
    assert_same(
        r#"
        template "where" {
          needs = ["name"]
          locals { resource = "//x/${local.name}" }
        }
        template "binding" {
          needs = ["resource"]
          grant "additive" {
            principals = [member]
            resources  = [local.resource]
          }
          mentions = [title]
        }
        rule "a" {
          templates = ["binding", "where"]
          locals { name = bucket }
          grant "credential" { principals = [local.resource] }
          mentions = [description]
        }"#,
        r#"
        rule "a" {
          grant "additive" {
            principals = [member]
            resources  = ["//x/${bucket}"]
          }
          grant "credential" { principals = ["//x/${bucket}"] }
          mentions = [description]
        }"#,
        "a",
    );
}

#[test]
fn a_rule_of_several_types_reads_each_of_them() {
    let several = r#"rule "a" "b_*" { owner = name }"#;
    assert_same(several, r#"rule "a" { owner = name }"#, "a");
    assert_same(several, r#"rule "b_*" { owner = name }"#, "b_c");
}

#[test]
fn a_list_means_one_block_for_each_type() {
    let acts = compile(r#"acts { a = "why" }"#);
    assert_eq!(acts, compile(r#"acts "a" { reason = "why" }"#));
    assert!(matches!(acts.find_data_source("a", None), DataSourceMatch::Acts(rule) if rule.reason == "why"));
}
