"""The sample Week of Ninh Thuận 2022 and its time bar; off in production. Floor 13."""
