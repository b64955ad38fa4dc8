"""Several machines that share nothing but PostgreSQL, Redis and a bucket: here, processes with no folder in common."""
