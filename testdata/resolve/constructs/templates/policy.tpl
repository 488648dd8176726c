%{ for arn in arns ~}
- ${arn}
%{ endfor ~}
