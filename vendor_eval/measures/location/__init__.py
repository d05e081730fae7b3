"""Where the service comes from: shores, clocks, holidays and published figures of countries."""
