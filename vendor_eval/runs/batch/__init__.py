"""Many runs at once: a night of them in one folder, each in a process that ends with it."""
