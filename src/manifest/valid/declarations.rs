//! Providers and types that give no access: their names, and a reason for each.

use std::collections::BTreeMap;

use super::{Seen, Validator, all};
use crate::manifest::declaration::{Declaration, ProviderDeclaration};
use crate::manifest::identity::is_provider_source;
use crate::manifest::raw;
use crate::source::{Place, Source, Span, Spanned};

/// The only word for what a provider or type gives: anything else needs a rule.
const NO_ACCESS: &str = "none";

impl Validator {
    pub(super) fn validate_providers(&mut self, files: &[raw::RawFile]) -> Vec<ProviderDeclaration> {
        let mut seen = Seen::new();
        let mut providers = Vec::new();
        for (source, raw) in all(files, |file| &file.providers) {
            let Some(label) = &raw.source else { continue };
            if !is_provider_source(&label.value) {
                let message = format!("`{}` is not a provider's source address", label.value);
                let help = "use `NAMESPACE/NAME`, such as `pagerduty/pagerduty`, in lower case";
                self.refuse(source, label.span, message, help);
                continue;
            }
            if !self.is_new("provider", source, label, &mut seen) {
                continue;
            }
            let whole = self.validate_declaration(source, raw.span, raw.access.as_ref(), raw.reason.as_ref());
            let mut types = BTreeMap::new();
            let mut seen = Seen::new();
            for raw in &raw.types {
                let Some(name) = &raw.name else { continue };
                let is_new = self.is_new("type", source, name, &mut seen);
                let declared =
                    self.validate_declaration(source, raw.span, raw.access.as_ref(), raw.reason.as_ref());
                types.extend(declared.filter(|_| is_new).map(|declared| (name.value.clone(), declared)));
            }
            providers.push(ProviderDeclaration { source: label.value.clone(), whole, types });
        }
        providers
    }

    fn validate_declaration(
        &mut self,
        source: &Source,
        span: Span,
        access: Option<&Spanned<String>>,
        reason: Option<&Spanned<String>>,
    ) -> Option<Declaration> {
        let access = access?;
        if access.value != NO_ACCESS {
            let message =
                format!("`{}` is not what a provider or type can be declared to give", access.value);
            let help = "write `access = \"none\"`; what gives access needs a rule: `--rules DIR`";
            self.refuse(source, access.span, message, help);
        }
        let place = Place { source: source.clone(), span };
        Some(Declaration { reason: reason?.value.clone(), place })
    }
}
