# What looks like a grant and is none. Nothing stands here that gives anybody access or a credential.

# Scaling, retention, caching, routing: policies that speak of no principal.

ignore "aws_appautoscaling_policy" {
  reason = "scales"
}

ignore "aws_autoscaling_policy" {
  reason = "scales"
}

ignore "aws_emr_managed_scaling_policy" {
  reason = "scales"
}

ignore "aws_batch_scheduling_policy" {
  reason = "shares out computing time between jobs"
}

ignore "aws_*_lifecycle_policy" {
  reason = "deletes or moves what is old"
}

ignore "aws_efs_backup_policy" {
  reason = "switches backups on"
}

ignore "aws_resiliencehub_resiliency_policy" {
  reason = "says how soon an application must be back"
}

ignore "aws_cloudfront_cache_policy" {
  reason = "says what is cached"
}

ignore "aws_cloudfront_origin_request_policy" {
  reason = "says what is passed on to the origin"
}

ignore "aws_cloudfront_response_headers_policy" {
  reason = "sets headers of responses"
}

ignore "aws_cloudfront_continuous_deployment_policy" {
  reason = "divides traffic between distributions"
}

ignore "aws_*_stickiness_policy" {
  reason = "keeps a client on its server"
}

ignore "aws_lightsail_lb_https_redirection_policy" {
  reason = "redirects to HTTPS"
}

ignore "aws_lb_ssl_negotiation_policy" {
  reason = "chooses ciphers"
}

ignore "aws_load_balancer_backend_server_policy" {
  reason = "sets how a load balancer speaks to clients and servers"
}

ignore "aws_load_balancer_listener_policy" {
  reason = "sets how a load balancer speaks to clients and servers"
}

ignore "aws_load_balancer_policy" {
  reason = "sets how a load balancer speaks to clients and servers"
}

ignore "aws_proxy_protocol_policy" {
  reason = "sets a protocol"
}

ignore "aws_networkfirewall_firewall_policy" {
  reason = "filters packets"
}

ignore "aws_fms_policy" {
  reason = "applies firewalls and security groups"
}

ignore "aws_networkmanager_core_network_policy_attachment" {
  reason = "lays out a network"
}

ignore "aws_route53_traffic_policy" {
  reason = "answers DNS queries by rule"
}

ignore "aws_route53_traffic_policy_instance" {
  reason = "answers DNS queries by rule"
}

ignore "aws_ec2_transit_gateway_policy_table" {
  reason = "routes packets"
}

ignore "aws_ec2_transit_gateway_policy_table_association" {
  reason = "routes packets"
}

ignore "aws_ec2_transit_gateway_multicast_group_member" {
  reason = "routes multicast packets"
}

ignore "aws_securityhub_configuration_policy" {
  reason = "says which checks run"
}

ignore "aws_securityhub_configuration_policy_association" {
  reason = "says which checks run"
}

ignore "aws_config_organization_custom_policy_rule" {
  reason = "is a check of compliance"
}

ignore "aws_ses_receipt_filter" {
  reason = "blocks or lets in mail by the sender's address"
}

ignore "aws_cloudwatch_log_account_policy" {
  reason = "masks, forwards or indexes logs in the account's own name"
}

ignore "aws_cloudwatch_log_data_protection_policy" {
  reason = "masks what logs hold"
}

ignore "aws_cloudwatch_log_index_policy" {
  reason = "indexes logs"
}

ignore "aws_sns_topic_data_protection_policy" {
  reason = "masks or blocks what messages hold"
}

ignore "aws_sqs_queue_redrive_policy" {
  reason = "moves messages that failed to a queue of the same owner"
}

ignore "aws_opensearchserverless_security_policy" {
  reason = "sets encryption and the networks that reach a collection; who gets in is said by an access policy"
}

ignore "aws_codecommit_approval_rule_template" {
  reason = "asks for reviews of pull requests"
}

# Principals and containers that have no access until another type gives it.

ignore "aws_bedrockagent_agent_collaborator" {
  reason = "lets an agent ask another one; each acts as its own role"
}

ignore "aws_ram_sharing_with_organization" {
  reason = "lets shares reach the organization without an invitation; the members of a share are a type of their own"
}

ignore "aws_glue_user_defined_function" {
  reason = "names a function of a catalogue"
}

ignore "aws_iam_account_alias" {
  reason = "names the account"
}

ignore "aws_iam_security_token_service_preferences" {
  reason = "chooses the form of session tokens"
}

ignore "aws_identitystore_user" {
  reason = "has no access until a group or an assignment gives it"
}

ignore "aws_ssoadmin_permission_set" {
  reason = "allows nothing until policies are attached, which are types of their own"
}

ignore "aws_cloudfront_origin_access_identity" {
  reason = "has no access until a bucket's policy names it"
}

ignore "aws_cloudfront_origin_access_control" {
  reason = "signs requests; a bucket's policy says what they may do"
}

ignore "aws_cleanrooms_membership" {
  reason = "joins a collaboration; what members may do is said by the collaboration"
}

ignore "aws_licensemanager_grant_accepter" {
  reason = "accepts a licence"
}

ignore "aws_cognito_user_pool" {
  reason = "holds an application's users; they become principals by an identity pool"
}

ignore "aws_cognito_user_pool_domain" {
  reason = "gives a sign-in page its address"
}

ignore "aws_cognito_user_pool_ui_customization" {
  reason = "styles a sign-in page"
}

ignore "aws_cognito_managed_user_pool_client" {
  reason = "configures a client that another service made"
}

ignore "aws_connect_user_hierarchy_group" {
  reason = "orders agents for reports"
}

ignore "aws_connect_user_hierarchy_structure" {
  reason = "orders agents for reports"
}

ignore "aws_verifiedaccess_instance" {
  reason = "lets in nobody until an endpoint and its policy do"
}

ignore "aws_verifiedpermissions_policy_store" {
  reason = "holds policies, which are types of their own"
}

ignore "aws_verifiedpermissions_schema" {
  reason = "names the types that policies speak of"
}

ignore "aws_accessanalyzer_analyzer" {
  reason = "finds access"
}

ignore "aws_accessanalyzer_archive_rule" {
  reason = "sorts findings"
}

ignore "aws_s3control_multi_region_access_point" {
  reason = "lets in nobody by itself; its policy is a type of its own"
}

ignore "aws_s3control_object_lambda_access_point" {
  reason = "lets in nobody by itself; its policy is a type of its own"
}

ignore "aws_efs_access_point" {
  reason = "lets in nobody by itself; the file system's policy does"
}

# Another account that is invited: it gives, and gets nothing.

ignore "aws_detective_member" {
  reason = "invites an account to send what it sees"
}

ignore "aws_guardduty_member" {
  reason = "invites an account to send its findings"
}

ignore "aws_guardduty_member_detector_feature" {
  reason = "switches a detector on in a member"
}

ignore "aws_inspector2_member_association" {
  reason = "collects findings of a member"
}

ignore "aws_macie2_member" {
  reason = "invites an account to send its findings"
}

ignore "aws_securityhub_member" {
  reason = "invites an account to send its findings"
}

# Keys and certificates that let nobody in.

ignore "aws_acmpca_certificate_authority" {
  reason = "is an authority; who may use it is said by its policy and its permissions"
}

ignore "aws_acmpca_certificate_authority_certificate" {
  reason = "gives an authority its own certificate"
}

ignore "aws_wafv2_api_key" {
  reason = "goes into web pages, for everybody to see"
}

ignore "aws_ebs_default_kms_key" {
  reason = "chooses the key that encrypts disks"
}

ignore "aws_cloudfrontkeyvaluestore_key" {
  reason = "is data of an edge function"
}

ignore "aws_paymentcryptography_key" {
  reason = "is a key that its own service guards"
}

ignore "aws_route53_key_signing_key" {
  reason = "signs a zone"
}

ignore "aws_lb_trust_store" {
  reason = "says which client certificates a load balancer accepts, for an application of one's own"
}

ignore "aws_lb_trust_store_revocation" {
  reason = "says which client certificates a load balancer accepts, for an application of one's own"
}

ignore "aws_worklink_website_certificate_authority_association" {
  reason = "says which authorities a browser trusts"
}

ignore "aws_dx_macsec_key_association" {
  reason = "encrypts a line"
}

# Credentials of other systems, which AWS uses; who may read them is said elsewhere.

ignore "aws_appfabric_app_authorization" {
  reason = "signs in to another service"
}

ignore "aws_appfabric_app_authorization_connection" {
  reason = "signs in to another service"
}

ignore "aws_appflow_connector_profile" {
  reason = "signs in to another service"
}

ignore "aws_appstream_directory_config" {
  reason = "signs in to a directory"
}

ignore "aws_cloudwatch_event_connection" {
  reason = "signs in to another service"
}

ignore "aws_datasync_location_fsx_ontap_file_system" {
  reason = "reads files from another system"
}

ignore "aws_datasync_location_fsx_windows_file_system" {
  reason = "reads files from another system"
}

ignore "aws_datasync_location_object_storage" {
  reason = "reads files from another system"
}

ignore "aws_datasync_location_smb" {
  reason = "reads files from another system"
}

ignore "aws_dms_endpoint" {
  reason = "reads a database"
}

ignore "aws_directory_service_radius_settings" {
  reason = "asks a RADIUS server for a second factor, in addition to the password"
}

ignore "aws_fsx_windows_file_system" {
  reason = "joins a directory"
}

ignore "aws_kms_custom_key_store" {
  reason = "signs in to a key store"
}

ignore "aws_medialive_channel" {
  reason = "signs in to a receiver of video"
}

ignore "aws_medialive_input" {
  reason = "signs in to a source of video"
}

ignore "aws_opsworks_application" {
  reason = "reads code from a repository"
}

ignore "aws_opsworks_rds_db_instance" {
  reason = "signs in to a database"
}

ignore "aws_opsworks_stack" {
  reason = "reads code from a repository"
}

ignore "aws_pinpoint_adm_channel" {
  reason = "signs in to a push service"
}

ignore "aws_pinpoint_baidu_channel" {
  reason = "signs in to a push service"
}

ignore "aws_redshift_hsm_configuration" {
  reason = "signs in to a key store"
}

ignore "aws_sagemaker_code_repository" {
  reason = "reads code from a repository"
}

ignore "aws_ssmincidents_response_plan" {
  reason = "pages people"
}

ignore "aws_storagegateway_file_system_association" {
  reason = "signs in to a file system"
}

ignore "aws_lb_listener" {
  reason = "signs in to an identity provider, to check an application's own users"
}

ignore "aws_lb_listener_rule" {
  reason = "signs in to an identity provider, to check an application's own users"
}

ignore "aws_alb_listener" {
  reason = "signs in to an identity provider, to check an application's own users"
}

ignore "aws_alb_listener_rule" {
  reason = "signs in to an identity provider, to check an application's own users"
}

ignore "aws_secretsmanager_secret_rotation" {
  reason = "changes a secret on a schedule"
}

ignore "aws_db_proxy" {
  reason = "signs in to a database with secrets that its role may read"
}

ignore "aws_redshift_authentication_profile" {
  reason = "sets options of a driver"
}

# How applications check their own callers.

ignore "aws_api_gateway_authorizer" {
  reason = "says how an API checks its callers"
}

ignore "aws_apigatewayv2_authorizer" {
  reason = "says how an API checks its callers"
}

ignore "aws_redshift_endpoint_access" {
  reason = "is a network address in one's own account"
}

ignore "aws_redshiftserverless_endpoint_access" {
  reason = "is a network address in one's own account"
}

ignore "aws_vpclattice_access_log_subscription" {
  reason = "writes logs"
}

ignore "aws_verifiedaccess_instance_logging_configuration" {
  reason = "writes logs"
}

ignore "aws_workspacesweb_ip_access_settings" {
  reason = "says which networks reach a portal, on top of its sign-in"
}

ignore "aws_workspacesweb_user_access_logging_settings" {
  reason = "writes logs"
}

ignore "aws_workspacesweb_user_settings" {
  reason = "says what may be copied out of a browser session"
}
