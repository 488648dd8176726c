process_owner = "other"
