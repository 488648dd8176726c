# What belongs to no provider in particular.
pack "common" {
  sources = []
  prefix  = ""
  dialect = "terraform"
  secrets = ["encrypted_secret", "password", "private_key", "secret", "value"]
}

# An attribute that no schema has blocks where its name speaks of access.
suspect {
  attributes = [
    "*access*", "*admin*", "*allow*", "*anonymous*", "*api_key*", "*assume*", "*auth*", "*credential*", "*grant*",
    "iam", "iam_*", "*_iam", "*_iam_*", "*identit*", "*impersonat*", "*member*", "*owner*", "*password*", "*permission*",
    "*polic*", "*principal*", "*privilege*", "*public*", "*role*", "*secret*", "*service_account*", "*share*",
    "*ssh_key*", "*token*", "*trust*", "*user*",
  ]
  data_sources = [
    "*action*", "*apply*", "*_call*", "*command*", "*credential*", "*decrypt*", "*exec*", "*generat*", "*invocation*", "*invoke*",
    "*issue*", "*jwt*", "*login*", "*password*", "*_request*", "*_run", "*_run_*", "*_sas", "*_sas_*", "*script*", "*_session*",
    "*shell*", "*_sign", "*_signed*", "*token*", "*trigger*", "*wallet*",
  ]
  arguments = [
    "action", "actions", "*args", "arguments", "body", "*_body", "*command*", "*exec*", "input", "interpreter", "method", "payload",
    "program", "*request*", "*script*", "shell", "sql", "*statement*", "*token*",
  ]
}
