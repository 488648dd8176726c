pack "acme" {
  sources = ["acme/widgets"]
  prefix  = "widgets_"
  dialect = "terraform"
}
