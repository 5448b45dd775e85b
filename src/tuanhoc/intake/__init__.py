"""Mail into forms, Word and Excel into proposed rows, plans into campaigns: what files mean. Floor 10."""
