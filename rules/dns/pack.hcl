# Records in a DNS server, https://registry.terraform.io/providers/hashicorp/dns
#
# A name is no access; what proves itself by one is not seen here.
pack "dns" {
  sources = ["hashicorp/dns"]
  prefix  = "dns_"
  dialect = "terraform"
}
