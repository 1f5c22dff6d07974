//! Cutting a command over slots and putting the pieces into words.
