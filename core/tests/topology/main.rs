//! The slot map, asked through its public verbs: what servers of each version say goes in as replies, owners,
//! replicas and trust come out.

mod captured;
mod hostile;
mod map;
mod merging;
mod replies;
mod tape;
