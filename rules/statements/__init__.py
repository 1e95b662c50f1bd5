"""Rules of the family STM: identities that hold between the accounts whatever the union did."""
