"""Maps and figures put into reports: embeds, documents, one report in a command."""
