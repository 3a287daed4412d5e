"""What each part of a screen shows: one pure function from a scene to plain values, one a file."""
