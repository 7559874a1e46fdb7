"""Reports: numbers first, then documents. What they will count is already kept: events, deliveries, links, evidence."""
