//! How AWS spells its actions.
//!
//! Takes an action or a pattern of actions in any case, such as `s3:getobject` or `s3:get*`, and returns it as AWS's own
//! documents have it. Nothing is returned where the catalogue does not know the spelling: an action that is newer than
//! the catalogue, or a pattern that holds more than one wildcard.

use super::actions::{self, CatalogAction};

/// Spells an action, or a pattern with one `*`, as AWS does.
pub fn spell_action(written: &str) -> Option<String> {
    let (prefix, name) = written.split_once(':')?;
    let service = actions::find_service(prefix)?;
    let Some((begin, end)) = name.split_once('*') else {
        return Some(format!("{}:{}", service.prefix, service.find_action(name)?.name));
    };
    if name == "*" {
        return Some(format!("{}:*", service.prefix));
    }
    let spelled = |action: &CatalogAction| {
        let (first, rest) = action.name.split_at_checked(begin.len())?;
        let (_, last) = rest.split_at_checked(rest.len().checked_sub(end.len())?)?;
        let is_alike = first.eq_ignore_ascii_case(begin) && last.eq_ignore_ascii_case(end);
        is_alike.then(|| format!("{}:{first}*{last}", service.prefix))
    };
    service.actions_from(begin).find_map(spelled)
}

#[cfg(test)]
mod tests {
    use super::spell_action;

    #[test]
    fn actions_are_spelled_as_aws_does() {
        let cases = [
            ("s3:getobject", Some("s3:GetObject")),
            ("STS:assumerolewithwebidentity", Some("sts:AssumeRoleWithWebIdentity")),
            ("s3:getobject*", Some("s3:GetObject*")),
            ("s3:put*acl", Some("s3:Put*Acl")),
            ("s3:*", Some("s3:*")),
            ("s3:*object", Some("s3:*Object")),
            ("s3:nosuchaction", None),
            ("s3:nosuch*", None),
            ("s3:*get*", None),
            ("nosuchservice:get", None),
            ("*", None),
        ];
        for (written, expected) in cases {
            assert_eq!(spell_action(written).as_deref(), expected, "{written}");
        }
    }
}
