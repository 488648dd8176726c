# An archive where no program looks for a configuration or an approval.

rule "archive_file" {
  grant "opaque" {
    when = !(
      endswith(lower(output_path), ".zip") || endswith(lower(output_path), ".tar.gz") || endswith(lower(output_path), ".tgz")
      || endswith(lower(output_path), ".jar")
    )
    reason = "writes a file on the machine that applies"
  }
}
