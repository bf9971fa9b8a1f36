"""Books in the layouts of many hands, by a writer that shares no code with ours."""
