"""What a vendor costs over the term of the contract, on one basis for every pricing model."""
