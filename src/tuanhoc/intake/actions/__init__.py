"""Files taken in: plans into campaigns, forms into registrations."""
