//! The controls that findings are evidence towards.
//!
//! The rows of codes name controls by their identifiers, and each is listed here with its framework and what it asks for, in
//! our own words. A finding is evidence towards a control. That somebody complies with it is never said.

/// A framework of controls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Framework {
    /// The AICPA's Trust Services Criteria.
    Soc2,
    /// ISO/IEC 27001:2022, Annex A.
    Iso27001,
    /// NIST SP 800-53, revision 5.
    Nist80053,
    /// NIST Cybersecurity Framework 2.0.
    NistCsf,
    /// PCI DSS 4.0.1.
    PciDss,
    /// OWASP Non-Human Identities Top 10, 2025.
    OwaspNhi,
    /// NIST AI Risk Management Framework 1.0. It is about agents, and about no other holder of access.
    NistAiRmf,
}

impl Framework {
    /// Its name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Soc2 => "SOC 2",
            Self::Iso27001 => "ISO/IEC 27001",
            Self::Nist80053 => "NIST SP 800-53",
            Self::NistCsf => "NIST CSF 2.0",
            Self::PciDss => "PCI DSS",
            Self::OwaspNhi => "OWASP NHI",
            Self::NistAiRmf => "NIST AI RMF",
        }
    }
}

/// A control of a framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Control {
    /// Its identifier, as rows of codes name it.
    pub id: &'static str,
    /// Whose it is.
    pub framework: Framework,
    /// What it asks for: a lower-case sentence without a full stop.
    pub asks: &'static str,
}

impl Control {
    /// Finds a control by its identifier.
    pub fn find(id: &str) -> Option<&'static Self> {
        CONTROLS.iter().find(|control| control.id == id)
    }

    /// Its number within its framework: a PCI requirement is a bare number there.
    pub fn number(&self) -> &'static str {
        self.id.strip_prefix("PCI ").unwrap_or(self.id)
    }
}

const fn control(framework: Framework, id: &'static str, asks: &'static str) -> Control {
    Control { id, framework, asks }
}

/// Every control that a code may name, by framework.
pub const CONTROLS: &[Control] = &[
    control(Framework::Soc2, "CC6.1", "logical access to protected assets is restricted"),
    control(
        Framework::Soc2,
        "CC6.2",
        "access is authorized before it is given, and removed when it is no longer authorized",
    ),
    control(
        Framework::Soc2,
        "CC6.3",
        "access is authorized, changed and removed by role, with least privilege and segregation of duties",
    ),
    control(Framework::Soc2, "CC8.1", "changes are authorized, documented, tested and approved"),
    control(Framework::Iso27001, "A.5.3", "conflicting duties are segregated"),
    control(Framework::Iso27001, "A.5.15", "rules of access control are set and followed"),
    control(Framework::Iso27001, "A.5.16", "identities are managed over their whole life"),
    control(Framework::Iso27001, "A.5.18", "access rights are given, reviewed, changed and removed by rule"),
    control(Framework::Iso27001, "A.8.2", "privileged access rights are restricted and managed"),
    control(
        Framework::Iso27001,
        "A.8.3",
        "access to information is restricted as the rules of access control say",
    ),
    control(Framework::Iso27001, "A.8.15", "activities are logged, and logs are protected"),
    control(Framework::Nist80053, "AC-2", "accounts are managed over their whole life"),
    control(Framework::Nist80053, "AC-2a", "which types of accounts are allowed is defined"),
    control(Framework::Nist80053, "AC-2b", "accounts have managers"),
    control(Framework::Nist80053, "AC-2c", "membership in groups and roles has conditions"),
    control(Framework::Nist80053, "AC-2d", "users, membership and privileges of each account are specified"),
    control(Framework::Nist80053, "AC-2e", "requests for accounts are approved by those entitled to"),
    control(
        Framework::Nist80053,
        "AC-2i",
        "access is given on a valid authorization and for the intended use",
    ),
    control(Framework::Nist80053, "AC-2j", "accounts are reviewed regularly"),
    control(Framework::Nist80053, "AC-2(2)", "temporary and emergency accounts end by themselves"),
    control(Framework::Nist80053, "AC-2(3)", "accounts that are expired or unused are disabled"),
    control(Framework::Nist80053, "AC-3", "approved authorizations are enforced"),
    control(Framework::Nist80053, "AC-3(2)", "what is critical needs the authorization of two persons"),
    control(
        Framework::Nist80053,
        "AC-3(10)",
        "overriding access control is possible only for some, and audited",
    ),
    control(Framework::Nist80053, "AC-5", "duties are separated between persons"),
    control(Framework::Nist80053, "AC-6", "nobody has more access than their task needs"),
    control(Framework::Nist80053, "AC-6(7)", "privileges are reviewed, and those without a need are removed"),
    control(Framework::Nist80053, "AU-3", "records say what happened, when, where, and who did it"),
    control(Framework::Nist80053, "AU-9", "audit information is protected against change"),
    control(Framework::Nist80053, "AU-10", "who did something cannot deny it"),
    control(Framework::Nist80053, "AU-10(2)", "that information comes from its author is validated"),
    control(Framework::Nist80053, "CM-3", "changes of the configuration are controlled"),
    control(
        Framework::Nist80053,
        "CM-3b",
        "changes are reviewed with their effect on security before they are approved",
    ),
    control(Framework::Nist80053, "CM-3d", "changes are made as they were approved"),
    control(Framework::Nist80053, "CM-3f", "what was changed is monitored and reviewed"),
    control(Framework::Nist80053, "CM-5", "only those entitled to can change the configuration"),
    control(Framework::Nist80053, "CM-5(4)", "some changes need the approval of two persons"),
    control(Framework::Nist80053, "SI-10", "inputs are validated"),
    control(Framework::Nist80053, "SR-3", "risks of the supply chain are controlled"),
    control(
        Framework::NistCsf,
        "PR.AA-01",
        "identities and credentials of users, services and hardware are managed",
    ),
    control(
        Framework::NistCsf,
        "PR.AA-05",
        "access permissions are defined in a policy, managed, enforced and reviewed, with least privilege and separation \
         of duties",
    ),
    control(
        Framework::NistCsf,
        "GV.RR-02",
        "roles and responsibilities for risk are established and communicated",
    ),
    control(Framework::PciDss, "PCI 7.2.2", "access follows from the task, with the least privileges"),
    control(Framework::PciDss, "PCI 7.2.3", "required privileges are approved by authorized personnel"),
    control(
        Framework::PciDss,
        "PCI 7.2.4",
        "user accounts and their privileges are reviewed every six months",
    ),
    control(Framework::PciDss, "PCI 7.2.5", "application and system accounts have the least privileges"),
    control(
        Framework::PciDss,
        "PCI 7.2.5.1",
        "access of application and system accounts is reviewed periodically",
    ),
    control(Framework::OwaspNhi, "NHI1:2025", "improper offboarding"),
    control(Framework::OwaspNhi, "NHI2:2025", "secret leakage"),
    control(Framework::OwaspNhi, "NHI3:2025", "vulnerable third-party identities"),
    control(Framework::OwaspNhi, "NHI4:2025", "insecure authentication"),
    control(Framework::OwaspNhi, "NHI5:2025", "identities with more privileges than they need"),
    control(Framework::OwaspNhi, "NHI6:2025", "insecure configuration of cloud deployments"),
    control(Framework::OwaspNhi, "NHI7:2025", "long-lived secrets"),
    control(Framework::OwaspNhi, "NHI8:2025", "environments that are not isolated"),
    control(Framework::OwaspNhi, "NHI9:2025", "one identity for several purposes"),
    control(Framework::OwaspNhi, "NHI10:2025", "use of non-human identities by humans"),
    control(Framework::NistAiRmf, "GOVERN 1.6", "AI systems are inventoried"),
    control(
        Framework::NistAiRmf,
        "GOVERN 2.1",
        "roles and lines of responsibility for AI systems are documented",
    ),
    control(
        Framework::NistAiRmf,
        "GOVERN 3.2",
        "who oversees AI systems, and how humans and they work together, is defined",
    ),
    control(Framework::NistAiRmf, "GOVERN 6.1", "risks of AI systems of third parties are addressed"),
];
