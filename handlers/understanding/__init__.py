"""Reading what people type: dates, names, dossiers and whole contact sentences. Pure: words come in as arguments."""
