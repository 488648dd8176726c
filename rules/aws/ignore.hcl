# What looks like a grant and is none. Nothing stands here that gives anybody access or a credential.

# Scaling, retention, caching, routing: policies that speak of no principal.

ignore {
  aws_appautoscaling_policy                         = "scales"
  aws_autoscaling_policy                            = "scales"
  aws_emr_managed_scaling_policy                    = "scales"
  aws_batch_scheduling_policy                       = "shares out computing time between jobs"
  aws_efs_backup_policy                             = "switches backups on"
  aws_resiliencehub_resiliency_policy               = "says how soon an application must be back"
  aws_cloudfront_cache_policy                       = "says what is cached"
  aws_cloudfront_origin_request_policy              = "says what is passed on to the origin"
  aws_cloudfront_response_headers_policy            = "sets headers of responses"
  aws_cloudfront_continuous_deployment_policy       = "divides traffic between distributions"
  aws_lightsail_lb_https_redirection_policy         = "redirects to HTTPS"
  aws_lb_ssl_negotiation_policy                     = "chooses ciphers"
  aws_load_balancer_backend_server_policy           = "sets how a load balancer speaks to clients and servers"
  aws_load_balancer_listener_policy                 = "sets how a load balancer speaks to clients and servers"
  aws_load_balancer_policy                          = "sets how a load balancer speaks to clients and servers"
  aws_proxy_protocol_policy                         = "sets a protocol"
  aws_networkfirewall_firewall_policy               = "filters packets"
  aws_fms_policy                                    = "applies firewalls and security groups"
  aws_networkmanager_core_network_policy_attachment = "lays out a network"
  aws_route53_traffic_policy                        = "answers DNS queries by rule"
  aws_route53_traffic_policy_instance               = "answers DNS queries by rule"
  aws_ec2_transit_gateway_policy_table              = "routes packets"
  aws_ec2_transit_gateway_policy_table_association  = "routes packets"
  aws_ec2_transit_gateway_multicast_group_member    = "routes multicast packets"
  aws_securityhub_configuration_policy              = "says which checks run"
  aws_securityhub_configuration_policy_association  = "says which checks run"
  aws_config_organization_custom_policy_rule        = "is a check of compliance"
  aws_ses_receipt_filter                            = "blocks or lets in mail by the sender's address"
  aws_cloudwatch_log_account_policy                 = "masks, forwards or indexes logs in the account's own name"
  aws_cloudwatch_log_data_protection_policy         = "masks what logs hold"
  aws_cloudwatch_log_index_policy                   = "indexes logs"
  aws_sns_topic_data_protection_policy              = "masks or blocks what messages hold"
  aws_sqs_queue_redrive_policy                      = "moves messages that failed to a queue of the same owner"
  aws_codecommit_approval_rule_template             = "asks for reviews of pull requests"

  # Principals and containers that have no access until another type gives it.
  aws_bedrockagent_agent_collaborator        = "lets an agent ask another one; each acts as its own role"
  aws_glue_user_defined_function             = "names a function of a catalogue"
  aws_iam_account_alias                      = "names the account"
  aws_iam_security_token_service_preferences = "chooses the form of session tokens"
  aws_identitystore_user                     = "has no access until a group or an assignment gives it"
  aws_ssoadmin_permission_set                = "allows nothing until policies are attached, which are types of their own"
  aws_cloudfront_origin_access_identity      = "has no access until a bucket's policy names it"
  aws_cloudfront_origin_access_control       = "signs requests; a bucket's policy says what they may do"
  aws_cleanrooms_membership                  = "joins a collaboration; what members may do is said by the collaboration"
  aws_licensemanager_grant_accepter          = "accepts a licence"
  aws_cognito_user_pool                      = "holds an application's users; they become principals by an identity pool"
  aws_cognito_user_pool_domain               = "gives a sign-in page its address"
  aws_cognito_user_pool_ui_customization     = "styles a sign-in page"
  aws_cognito_managed_user_pool_client       = "configures a client that another service made"
  aws_connect_user_hierarchy_group           = "orders agents for reports"
  aws_connect_user_hierarchy_structure       = "orders agents for reports"
  aws_verifiedaccess_instance                = "lets in nobody until an endpoint and its policy do"
  aws_verifiedpermissions_policy_store       = "holds policies, which are types of their own"
  aws_verifiedpermissions_schema             = "names the types that policies speak of"
  aws_accessanalyzer_analyzer                = "finds access"
  aws_accessanalyzer_archive_rule            = "sorts findings"
  aws_s3control_multi_region_access_point    = "lets in nobody by itself; its policy is a type of its own"
  aws_s3control_object_lambda_access_point   = "lets in nobody by itself; its policy is a type of its own"
  aws_efs_access_point                       = "lets in nobody by itself; the file system's policy does"

  # Another account that is invited: it gives, and gets nothing.
  aws_detective_member                  = "invites an account to send what it sees"
  aws_guardduty_member                  = "invites an account to send its findings"
  aws_guardduty_member_detector_feature = "switches a detector on in a member"
  aws_inspector2_member_association     = "collects findings of a member"
  aws_macie2_member                     = "invites an account to send its findings"
  aws_securityhub_member                = "invites an account to send its findings"

  # Keys and certificates that let nobody in.
  aws_acmpca_certificate_authority                       = "is an authority; who may use it is said by its policy and its permissions"
  aws_acmpca_certificate_authority_certificate           = "gives an authority its own certificate"
  aws_wafv2_api_key                                      = "goes into web pages, for everybody to see"
  aws_ebs_default_kms_key                                = "chooses the key that encrypts disks"
  aws_cloudfrontkeyvaluestore_key                        = "is data of an edge function"
  aws_paymentcryptography_key                            = "is a key that its own service guards"
  aws_route53_key_signing_key                            = "signs a zone"
  aws_worklink_website_certificate_authority_association = "says which authorities a browser trusts"
  aws_dx_macsec_key_association                          = "encrypts a line"

  # Credentials of other systems, which AWS uses; who may read them is said elsewhere.
  aws_appfabric_app_authorization               = "signs in to another service"
  aws_appfabric_app_authorization_connection    = "signs in to another service"
  aws_appflow_connector_profile                 = "signs in to another service"
  aws_appstream_directory_config                = "signs in to a directory"
  aws_cloudwatch_event_connection               = "signs in to another service"
  aws_datasync_location_fsx_ontap_file_system   = "reads files from another system"
  aws_datasync_location_fsx_windows_file_system = "reads files from another system"
  aws_datasync_location_object_storage          = "reads files from another system"
  aws_datasync_location_smb                     = "reads files from another system"
  aws_dms_endpoint                              = "reads a database"
  aws_directory_service_radius_settings         = "asks a RADIUS server for a second factor, in addition to the password"
  aws_fsx_windows_file_system                   = "joins a directory"
  aws_kms_custom_key_store                      = "signs in to a key store"
  aws_medialive_channel                         = "signs in to a receiver of video"
  aws_medialive_input                           = "signs in to a source of video"
  aws_opsworks_application                      = "reads code from a repository"
  aws_opsworks_rds_db_instance                  = "signs in to a database"
  aws_opsworks_stack                            = "reads code from a repository"
  aws_pinpoint_adm_channel                      = "signs in to a push service"
  aws_pinpoint_baidu_channel                    = "signs in to a push service"
  aws_redshift_hsm_configuration                = "signs in to a key store"
  aws_sagemaker_code_repository                 = "reads code from a repository"
  aws_ssmincidents_response_plan                = "pages people"
  aws_storagegateway_file_system_association    = "signs in to a file system"
  aws_lb_listener                               = "signs in to an identity provider, to check an application's own users"
  aws_lb_listener_rule                          = "signs in to an identity provider, to check an application's own users"
  aws_alb_listener                              = "signs in to an identity provider, to check an application's own users"
  aws_alb_listener_rule                         = "signs in to an identity provider, to check an application's own users"
  aws_secretsmanager_secret_rotation            = "changes a secret on a schedule"
  aws_db_proxy                                  = "signs in to a database with secrets that its role may read"
  aws_redshift_authentication_profile           = "sets options of a driver"

  # How applications check their own callers.
  aws_api_gateway_authorizer                        = "says how an API checks its callers"
  aws_apigatewayv2_authorizer                       = "says how an API checks its callers"
  aws_redshift_endpoint_access                      = "is a network address in one's own account"
  aws_redshiftserverless_endpoint_access            = "is a network address in one's own account"
  aws_vpclattice_access_log_subscription            = "writes logs"
  aws_verifiedaccess_instance_logging_configuration = "writes logs"
  aws_workspacesweb_ip_access_settings              = "says which networks reach a portal, on top of its sign-in"
  aws_workspacesweb_user_access_logging_settings    = "writes logs"
  aws_workspacesweb_user_settings                   = "says what may be copied out of a browser session"
}

ignore "aws_opensearchserverless_security_policy" {
  reason = "sets encryption and the networks that reach a collection; who gets in is said by an access policy"
}

ignore "aws_ram_sharing_with_organization" {
  reason = "lets shares reach the organization without an invitation; the members of a share are a type of their own"
}

ignore "aws_lb_trust_store" "aws_lb_trust_store_revocation" {
  reason = "says which client certificates a load balancer accepts, for an application of one's own"
}

ignore "aws_*_lifecycle_policy" { reason = "deletes or moves what is old" }
ignore "aws_*_stickiness_policy" { reason = "keeps a client on its server" }
