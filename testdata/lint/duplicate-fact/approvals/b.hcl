fact "aws.account" { value = "1" }
fact "aws.account" { value = "2" }
