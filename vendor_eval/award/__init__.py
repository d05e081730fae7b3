"""The award: which vendor is recommended, how sure that is, and everything it rests on."""
