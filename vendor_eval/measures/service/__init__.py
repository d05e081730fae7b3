"""What vendors commit to: service levels, and the credits at risk when they are missed."""
