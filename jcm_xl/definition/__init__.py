"""From a TOML file to a frozen, completely checked methodology."""
