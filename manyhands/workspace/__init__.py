"""Pages and buttons: what people see of a team's acts, and how they add to them."""
