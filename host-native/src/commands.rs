//! One method per command.

use bytes::Bytes;

use crate::{
    command::{CommandWriter, ToArg},
    from_value::FromValue,
};

/// The commands, on everything that can take them.
pub trait Commands: Sized {
    /// What a method returns.
    type Out<T: FromValue>;

    /// Takes one command.
    fn run<T: FromValue>(self, write: impl FnOnce(&mut CommandWriter<'_>)) -> Self::Out<T>;

    /// GET.
    fn get(self, key: impl ToArg) -> Self::Out<Option<Bytes>> {
        self.run(|command| {
            command.arg("GET").arg(key);
        })
    }

    /// SET.
    fn set(self, key: impl ToArg, value: impl ToArg) -> Self::Out<()> {
        self.run(|command| {
            command.arg("SET").arg(key).arg(value);
        })
    }

    /// INCR.
    fn incr(self, key: impl ToArg) -> Self::Out<i64> {
        self.run(|command| {
            command.arg("INCR").arg(key);
        })
    }
}
