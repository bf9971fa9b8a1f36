"""What is wrong or weak in a definition, told to its author. One file per rule."""
