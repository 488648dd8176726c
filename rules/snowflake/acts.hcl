acts "snowflake_system_generate_scim_access_token" { reason = "makes a token while planning" }
