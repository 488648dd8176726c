//! Templates: the body that several rules share, with locals that each of them defines.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use spanned_hcl::{Block, Decoder, Place, Span, Spanned, did_you_mean, header};

use super::PackFile;
use super::error::LoadError;
use super::local::{ExpansionBudget, RawLocals};

/// The templates of a pack.
pub(super) struct Templates<'f> {
    templates: BTreeMap<String, Template<'f>>,
    used: RefCell<BTreeSet<String>>,
}

/// One `template` block.
pub(super) struct Template<'f> {
    pub(super) decoder: &'f Decoder,
    pub(super) block: Block<'f>,
    /// Locals that a rule must define.
    needs: Vec<String>,
}

impl<'f> Templates<'f> {
    /// Finds the `template` blocks of a pack. Their bodies are read with the rules that use them.
    pub(super) fn read(files: &'f [PackFile]) -> Self {
        let mut templates: BTreeMap<String, Template<'f>> = BTreeMap::new();
        for PackFile { decoder, document } in files {
            for block in document.blocks().filter(|block| block.ident().value == "template") {
                let Some([name]) = decoder.labels(block, ["its name"]) else { continue };
                if let Some(first) = templates.get(&name.value) {
                    let place = Place { source: first.decoder.source().clone(), span: header(first.block) };
                    let error = LoadError::SecondTemplate { name: name.value };
                    error.report_with(decoder, name.span, place, "the other one stands here");
                    continue;
                }
                let needs = super::take_values(decoder.block(block).strings("needs"));
                templates.insert(name.value, Template { decoder, block, needs });
            }
        }
        Self { templates, used: RefCell::default() }
    }

    /// The template that a rule names.
    pub(super) fn find(
        &self,
        decoder: &Decoder,
        name: &Spanned<String>,
        budget: &ExpansionBudget,
    ) -> Option<&Template<'f>> {
        let Some(template) = self.templates.get(&name.value) else {
            let similar = did_you_mean(&name.value, self.templates.keys().map(String::as_str));
            let similar = similar.map(str::to_owned);
            let error = LoadError::UnknownWord { what: "template", word: name.value.clone(), similar };
            error.report(decoder, name.span);
            return None;
        };
        self.used.borrow_mut().insert(name.value.clone());
        let Span { start, end } = template.block.span();
        if budget.spend(end.saturating_sub(start)).is_none() {
            LoadError::TemplatesTooLarge.report(decoder, name.span);
            return None;
        }
        Some(template)
    }

    /// A template that no rule uses has not been read, so nothing is known of it.
    pub(super) fn report_unused(&self) {
        let used = self.used.borrow();
        for (name, template) in &self.templates {
            if !used.contains(name) {
                let error = LoadError::UnusedTemplate { name: name.clone() };
                error.report(template.decoder, header(template.block));
            }
        }
    }
}

impl Template<'_> {
    /// Whether every local that the template needs is defined; reports those that are not where the rule names it.
    pub(super) fn has_needs(
        &self,
        decoder: &Decoder,
        name: &Spanned<String>,
        locals: &RawLocals<'_>,
    ) -> bool {
        let missing: Vec<&String> = self.needs.iter().filter(|needed| !locals.has(needed)).collect();
        for local in &missing {
            let (template, local) = (name.value.clone(), (*local).clone());
            LoadError::MissingLocal { template, local }.report(decoder, name.span);
        }
        missing.is_empty()
    }
}
