//! Slots on their way from one primary to another, by the server's own steps: mark at both ends, move keys, hand over.
