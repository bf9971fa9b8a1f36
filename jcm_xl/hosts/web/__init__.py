"""The page in the browser: its folder of files, and a server for one computer."""
