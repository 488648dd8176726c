//! Attributes whose type Azure documents.

/// What an attribute is, and so what it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Date,
    Guid,
    Truth,
}

/// Attributes whose type is documented, and of which a request has one value at most, whatever their source
/// (<https://learn.microsoft.com/azure/role-based-access-control/conditions-authorization-actions-attributes>,
/// <https://learn.microsoft.com/azure/storage/blobs/storage-auth-abac-attributes>).
const KNOWN: [(&str, Type); 17] = [
    ("isprivatelink", Type::Truth),
    ("utcnow", Type::Date),
    ("microsoft.authorization/roleassignments:principalid", Type::Guid),
    ("microsoft.authorization/roleassignments:principaltype", Type::Text),
    ("microsoft.authorization/roleassignments:roledefinitionid", Type::Guid),
    ("microsoft.network/privateendpoints", Type::Text),
    ("microsoft.network/virtualnetworks/subnets", Type::Text),
    ("microsoft.storage/storageaccounts/blobservices/containers/blobs:iscurrentversion", Type::Truth),
    ("microsoft.storage/storageaccounts/blobservices/containers/blobs:path", Type::Text),
    ("microsoft.storage/storageaccounts/blobservices/containers/blobs:prefix", Type::Text),
    ("microsoft.storage/storageaccounts/blobservices/containers/blobs:snapshot", Type::Date),
    ("microsoft.storage/storageaccounts/blobservices/containers/blobs:versionid", Type::Date),
    ("microsoft.storage/storageaccounts/blobservices/containers:name", Type::Text),
    ("microsoft.storage/storageaccounts/encryptionscopes:name", Type::Text),
    ("microsoft.storage/storageaccounts/queueservices/queues:name", Type::Text),
    ("microsoft.storage/storageaccounts:ishnsenabled", Type::Truth),
    ("microsoft.storage/storageaccounts:name", Type::Text),
];

/// The documented type of an attribute.
pub(super) fn find_type(attribute: &str) -> Option<Type> {
    let name = attribute.split_once('[').and_then(|(_, rest)| rest.strip_suffix(']')).unwrap_or(attribute);
    KNOWN.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, is)| *is)
}

/// What an attribute may say.
pub(in crate::lower::azure) enum AttributeValues {
    Any,
    These(&'static [&'static str]),
    /// The identifier of a role.
    Roles,
}

/// What is known of what an attribute says.
pub(in crate::lower::azure) fn list_values(attribute: &str) -> AttributeValues {
    let name = attribute.rsplit_once(':').map_or("", |(_, name)| name.trim_end_matches(']'));
    match find_type(attribute) {
        Some(Type::Truth) => AttributeValues::These(&["false", "true"]),
        Some(Type::Text) if name.eq_ignore_ascii_case("principalType") => {
            AttributeValues::These(&["User", "ServicePrincipal", "Group"])
        }
        Some(Type::Guid) if name.eq_ignore_ascii_case("roleDefinitionId") => AttributeValues::Roles,
        Some(Type::Text | Type::Guid | Type::Date) | None => AttributeValues::Any,
    }
}
