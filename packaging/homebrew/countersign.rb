# To be set before the first release: the address of the archive and its digest, which the release workflow prints.
class Countersign < Formula
  desc "Gate between terraform plan and terraform apply: access only as approved"
  homepage "https://github.com/countersign/countersign"
  url "https://github.com/countersign/countersign/archive/refs/tags/v0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license any_of: ["MIT", "Apache-2.0"]

  depends_on "rust" => :build

  def install
    system "cargo", "install", *std_cargo_args
    generate_completions_from_executable(bin/"countersign", "completions")
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/countersign --version")
    assert_match "WIDER_ACTION", shell_output("#{bin}/countersign explain WIDER_ACTION")
  end
end
