//! Every command as a method: typed arguments in, a typed reply out, on everything that implements [`Commands`].
//!
//! The rules, so that names can be guessed:
//!
//! - A method has the command's name in snake case: `SET` is [`set`](Commands::set), `CLUSTER COUNTKEYSINSLOT` is
//!   [`cluster_countkeysinslot`](Commands::cluster_countkeysinslot), `JSON.SET` is `json_set`. Where Rust keeps the word for itself
//!   an underscore follows: [`type_`](Commands::type_).
//! - What the command cannot do without is a parameter. Keys, values and the like take exactly one argument ([`OneArg`]),
//!   lists take anything that writes several ([`ToArg`]), groups take tuples in slices and vectors, or maps ([`Groups`]).
//!   Counts such as `numkeys` are counted, not asked for.
//! - What may be left out is in [`set_with`](Commands::set_with): a builder such as [`SetOptions`], or where it is one value
//!   ([`ping_with`](Commands::ping_with)) the value.
//! - A token that changes what is answered is a method: [`zrange_withscores`](Commands::zrange_withscores),
//!   [`set_get`](Commands::set_get), [`lpop_count`](Commands::lpop_count).
//! - The CLUSTER commands are also together under [`cluster`](Commands::cluster): `db.cluster().count_keys_in_slot(7)`.
//! - A reply of 0 or 1 is a `bool`; `OK` is `()`, and `OK` or null a `bool`; what may be null is an `Option`; strings are
//!   [`Bytes`](bytes::Bytes).
//!
//! The methods, their options and the replies with known names are generated from the command table. What has no method
//! (transactions, subscriptions, state of a shared connection) is listed with its reason in `tests/src/generate/methods.tsv`.
//!
//! [`OneArg`]: crate::command::OneArg
//! [`ToArg`]: crate::command::ToArg
//! [`Groups`]: crate::command::Groups

mod answers;
mod arguments;
#[rustfmt::skip]
mod choices;
#[rustfmt::skip]
mod cluster;
#[rustfmt::skip]
#[expect(clippy::too_many_arguments, clippy::type_complexity, reason = "commands have many arguments, and some replies many parts")]
mod methods;
#[rustfmt::skip]
mod options;
#[rustfmt::skip]
mod replies;

pub use answers::*;
pub use arguments::*;
pub use choices::*;
pub use cluster::ClusterCommands;
pub use methods::Commands;
pub use options::*;
pub use replies::*;
