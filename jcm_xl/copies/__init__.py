"""Fresh books around a participant's inputs, and two books side by side."""
