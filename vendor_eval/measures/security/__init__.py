"""Data security: certificates, controls and the transfer of personal data."""
