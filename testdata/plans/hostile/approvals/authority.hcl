# A manifest that covers nothing: what a plan gives, it gives without an approval.
process_owner = "security-engineering"
