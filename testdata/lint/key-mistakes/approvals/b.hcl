serial = 5
