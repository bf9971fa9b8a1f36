"""Files that want to break, cheat or flood a reader, each with its expected verdict."""
