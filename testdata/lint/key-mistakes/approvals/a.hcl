process_owner = "security-engineering"
serial        = 4

person "lee" {
  key "laptop" {
    ssh = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIN5dlijl/2AKn+03/mXr8JHtbQyzgK2gFccmaUkA2d5E"
  }
  key "laptop" {
    ssh   = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBAuHsIHocLf37TiqqqHa7HBOqXc293ryn7Tap5dxB2MiD5YoAOQDauiLotypzI62BV5hW6mdTq2AHQsrL8fUsJM= lee@laptop"
    state = "retried"
  }
}

person "max" {
  logins = ["max@example.com"]

  key "same" {
    ssh = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIN5dlijl/2AKn+03/mXr8JHtbQyzgK2gFccmaUkA2d5E"
  }
  key "short" {
    ssh = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7TSjXhkyv4P/8CWafyBhXAN65PcoSQtdjSPaez75REImU3j8QED5wN2vSMcuQ7HdfmYnlHBKpCEIgbaBvr9xinrRKF48sBM3WohyrXXaClfryX1h2adJv9fFetXpplu+DhLs6E4kQIlcYfTOk9bJs20S8ndSseYKkxUBEC2hiYQ=="
  }
  key "other" {
    ssh   = "ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBACqF6WlJTG0rxp955uYKahKG7aL5bSHZGOz39i8lF9awxO1q5+WRxTajpmPVNDWqKUQWRkiBLvB+6lJSdsQ7StoMAHQm6F531W5ZkArmQKDV1CYPvid7AvZ2eeGFsinYPDYkF47TRivR+PchjdBn4QwkClGV5N6XbO8mlL1XHZjnpFz/w=="
    state = "lost"
  }
  key "damaged" {
    ssh = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIN5dlijl/2AKn+03/mXr8JHtbQyzgK2gFccmaUkA"
  }
  key "none" {
    shh = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIN5dlijl/2AKn+03/mXr8JHtbQyzgK2gFccmaUkA2d5E"
  }
}

person "ana" {
}
