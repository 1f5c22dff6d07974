//! The judge finds what is planted, and nothing where nothing is.
