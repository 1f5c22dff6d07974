//! One command as the server reads it, written straight into the batch that carries it.
//!
//! [`CommandWriter`] appends a RESP array of bulk strings to a buffer that the caller owns: no allocation per command, and
//! the number of arguments is set at the end, when it is known. [`ToArg`] is what can be written. Its companions say at
//! compile time what may stand in one place of a command: exactly one argument ([`OneArg`]), a whole number
//! ([`IntegerArg`]), a number ([`NumberArg`]), pairs or triples ([`Groups`]), members with scores ([`ScoredMembers`]), stream
//! positions ([`Streams`]). [`Args`] keeps arguments for later: options are built before their command is written.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    fmt,
    io::Write as _,
    rc::Rc,
    sync::Arc,
};

use bytes::Bytes;
use slotpipe_core::wire::encode;

/// Writes one command into a batch.
///
/// ```
/// use slotpipe::command::CommandWriter;
///
/// let mut batch = Vec::new();
/// let mut command = CommandWriter::new(&mut batch);
/// command.arg("SET").arg("answer").arg(42);
/// assert_eq!(command.finish(), Ok(3));
/// assert_eq!(batch, b"*3\r\n$3\r\nSET\r\n$6\r\nanswer\r\n$2\r\n42\r\n");
/// ```
#[derive(Debug)]
pub struct CommandWriter<'a> {
    out: &'a mut Vec<u8>,
    start: usize,
    count: usize,
    bad: Option<BadArgument>,
}

impl<'a> CommandWriter<'a> {
    /// Begins a command at the end of `out`.
    pub fn new(out: &'a mut Vec<u8>) -> Self {
        let start = out.len();
        out.extend_from_slice(HEADER);
        Self { out, start, count: 0, bad: None }
    }

    /// Appends what `arg` writes: one argument, several, or none.
    pub fn arg(&mut self, arg: impl ToArg) -> &mut Self {
        arg.write_to(self);
        self
    }

    /// Appends one argument of these bytes.
    pub fn bytes(&mut self, raw: &[u8]) -> &mut Self {
        encode::bulk(self.out, raw);
        self.count += 1;
        self
    }

    /// Appends how many groups of `size` arguments `groups` writes, and then them: `numkeys key [key ...]`.
    pub fn counted(&mut self, size: usize, groups: impl ToArg) -> &mut Self {
        let at = self.out.len();
        self.bytes(b"0");
        let before = self.count;
        groups.write_to(self);
        let written = self.count - before;
        if !written.is_multiple_of(size) {
            self.refuse(BadArgument { position: before, reason: Reason::Uneven });
        }
        match u8::try_from(written / size) {
            Ok(few @ 0..=9) => self.out[at + COUNT_DIGIT] = b'0' + few,
            _ => {
                let digits = (written / size).to_string();
                let count = format!("${}\r\n{digits}\r\n", digits.len());
                self.out.splice(at..at + COUNT.len(), count.into_bytes());
            }
        }
        self
    }

    /// How many arguments have been written, the name included.
    pub const fn argc(&self) -> usize {
        self.count
    }

    /// Ends the command: the number of its arguments, the name included. A command that cannot be is taken back from the
    /// batch, which is then as it was before.
    pub fn finish(self) -> Result<usize, BadArgument> {
        if let Some(bad) = self.bad {
            self.out.truncate(self.start);
            return Err(bad);
        }
        match u8::try_from(self.count) {
            Ok(few @ 0..=9) => self.out[self.start + HEADER_DIGIT] = b'0' + few,
            _ => {
                let header = format!("*{}\r\n", self.count);
                self.out.splice(self.start..self.start + HEADER.len(), header.into_bytes());
            }
        }
        Ok(self.count)
    }

    /// Appends a number as the server reads it: `inf`, `-inf`, an exponent where the digits would be many.
    fn float<F: Copy + Into<f64> + fmt::Display + fmt::LowerExp>(&mut self, number: F) {
        let wide: f64 = number.into();
        if wide.is_nan() {
            self.refuse(BadArgument { position: self.count, reason: Reason::NotANumber });
            return;
        }
        let plain = wide == 0.0 || wide.is_infinite() || (1e-5..1e17).contains(&wide.abs());
        let mut text = [0; 40];
        let mut free = &mut text[..];
        let fits = if plain { write!(free, "{number}") } else { write!(free, "{number:e}") };
        debug_assert!(fits.is_ok(), "17 digits, a sign, a point and either zeros or an exponent");
        let left = free.len();
        self.bytes(&text[..text.len() - left]);
    }

    /// The first mistake is the one that is told.
    fn refuse(&mut self, bad: BadArgument) {
        self.bad.get_or_insert(bad);
    }
}

/// What is written before the number of arguments is known, and where its digit stands.
const HEADER: &[u8] = b"*0\r\n";
const HEADER_DIGIT: usize = 1;
/// The same for [`CommandWriter::counted`].
const COUNT: &[u8] = b"$1\r\n0\r\n";
const COUNT_DIGIT: usize = 4;

/// An argument that no command can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadArgument {
    /// Which argument, the command's name being 0.
    pub position: usize,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What is wrong with an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// NaN.
    NotANumber,
    /// Groups of two or more of which the last is incomplete.
    Uneven,
}

impl fmt::Display for BadArgument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let position = self.position;
        match self.reason {
            Reason::NotANumber => write!(f, "argument {position} is NaN, which no command takes: pass a number"),
            Reason::Uneven => write!(f, "the groups from argument {position} on are incomplete: complete the last one"),
        }
    }
}

impl std::error::Error for BadArgument {}

/// What can be written as arguments of a command.
///
/// Texts, bytes and numbers are one argument; `Option` is one or none; slices, vectors, arrays, sets, maps and tuples are
/// as many as they hold, in order. Slices, vectors and arrays of `u8` are bytes, one argument.
pub trait ToArg {
    /// Writes the arguments.
    fn write_to(&self, out: &mut CommandWriter<'_>);

    /// Writes a slice of such values; bytes do it their own way.
    #[doc(hidden)]
    fn write_slice(items: &[Self], out: &mut CommandWriter<'_>)
    where
        Self: Sized,
    {
        for item in items {
            item.write_to(out);
        }
    }
}

/// Exactly one argument.
pub trait OneArg: ToArg {}

/// One argument that is a whole number.
pub trait IntegerArg: OneArg {
    /// The number.
    fn integer(&self) -> i128;
}

/// One argument that is a number.
pub trait NumberArg: OneArg {
    /// The number.
    fn number(&self) -> Number;
}

/// A number, whole or not, that is kept to be written later.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// Without a fraction.
    Integer(i128),
    /// With one.
    Float(f64),
}

/// Any number of groups of `N` arguments: slices, arrays and vectors of tuples, and for pairs also maps.
pub trait Groups<const N: usize>: ToArg {}

/// Members of a sorted set with their scores: `(score, member)` pairs in slices, arrays and vectors, as the server has them,
/// or maps from member to score.
pub trait ScoredMembers {
    /// Writes score, member, score, member.
    fn write_scored(&self, out: &mut CommandWriter<'_>);
}

/// Streams and the position to read each from: `(key, id)` pairs in slices, arrays and vectors, or maps.
pub trait Streams {
    /// Writes all keys, then all positions.
    fn write_streams(&self, out: &mut CommandWriter<'_>);
}

/// Arguments that are kept to be written later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Args {
    bulks: Vec<u8>,
    count: usize,
    bad: Option<BadArgument>,
}

impl Args {
    /// Keeps what `args` writes.
    pub fn of(args: impl ToArg) -> Self {
        let mut kept = Self::default();
        kept.push(args);
        kept
    }

    /// Keeps what `groups` writes, behind the number of its groups of `size` arguments.
    pub fn counted(size: usize, groups: impl ToArg) -> Self {
        Self::of(Counted(size, groups))
    }

    /// Keeps more, behind what is there.
    pub fn push(&mut self, args: impl ToArg) {
        let start = self.bulks.len();
        let mut out = CommandWriter { out: &mut self.bulks, start, count: self.count, bad: self.bad };
        args.write_to(&mut out);
        (self.count, self.bad) = (out.count, out.bad);
    }

    /// How many they are.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl ToArg for Args {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        if let Some(bad) = self.bad {
            out.refuse(BadArgument { position: out.count + bad.position, ..bad });
        }
        out.out.extend_from_slice(&self.bulks);
        out.count += self.count;
    }
}

impl ToArg for Number {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        match self {
            Self::Integer(number) => number.write_to(out),
            Self::Float(number) => number.write_to(out),
        }
    }
}

/// One of several options that exclude each other: its token and its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Picked<V>(pub(crate) &'static str, pub(crate) V);

/// Members of a sorted set as arguments.
pub(crate) struct Scored<T>(pub(crate) T);

/// Streams as arguments.
pub(crate) struct KeysThenIds<T>(pub(crate) T);

struct Counted<T>(usize, T);

impl<T: ScoredMembers> ToArg for Scored<T> {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        self.0.write_scored(out);
    }
}

impl<T: Streams> ToArg for KeysThenIds<T> {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        self.0.write_streams(out);
    }
}

impl<T: ToArg> ToArg for Counted<T> {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.counted(self.0, &self.1);
    }
}

impl<V: ToArg> ToArg for Picked<V> {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(self.0).arg(&self.1);
    }
}

/// No arguments.
impl ToArg for () {
    fn write_to(&self, _: &mut CommandWriter<'_>) {}
}

impl ToArg for str {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.bytes(self.as_bytes());
    }
}

impl ToArg for String {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.bytes(self.as_bytes());
    }
}

impl ToArg for Bytes {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.bytes(self);
    }
}

/// Decimal digits; but a slice of `u8` is bytes.
impl ToArg for u8 {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.bytes(itoa::Buffer::new().format(*self).as_bytes());
    }

    fn write_slice(items: &[Self], out: &mut CommandWriter<'_>) {
        out.bytes(items);
    }
}

impl OneArg for str {}
impl OneArg for String {}
impl OneArg for Bytes {}
impl OneArg for [u8] {}
impl OneArg for Vec<u8> {}
impl<const N: usize> OneArg for [u8; N] {}
impl OneArg for Number {}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl OneArg for $integer {}
        impl IntegerArg for $integer {
            fn integer(&self) -> i128 {
                // Lossless: 128-bit unsigned and the sizes of no known machine are not among these types.
                *self as i128
            }
        }
        impl NumberArg for $integer {
            fn number(&self) -> Number {
                Number::Integer(*self as i128)
            }
        }
    )*};
}

integers!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, usize);

macro_rules! decimal_digits {
    ($($integer:ty),*) => {$(
        impl ToArg for $integer {
            fn write_to(&self, out: &mut CommandWriter<'_>) {
                out.bytes(itoa::Buffer::new().format(*self).as_bytes());
            }
        }
    )*};
}

decimal_digits!(i8, i16, i32, i64, i128, isize, u16, u32, u64, usize);

macro_rules! floats {
    ($($float:ty),*) => {$(
        impl ToArg for $float {
            fn write_to(&self, out: &mut CommandWriter<'_>) {
                out.float(*self);
            }
        }
        impl OneArg for $float {}
        impl NumberArg for $float {
            fn number(&self) -> Number {
                Number::Float((*self).into())
            }
        }
    )*};
}

floats!(f32, f64);

/// `&T`, `Box<T>` and the like are what they point to.
macro_rules! pointers {
    ($([$($generics:tt)*] $pointer:ty;)*) => {$(
        impl<$($generics)* T: ToArg + ?Sized> ToArg for $pointer {
            fn write_to(&self, out: &mut CommandWriter<'_>) {
                (**self).write_to(out);
            }
        }
        impl<$($generics)* T: OneArg + ?Sized> OneArg for $pointer {}
        impl<$($generics)* T: IntegerArg + ?Sized> IntegerArg for $pointer {
            fn integer(&self) -> i128 {
                (**self).integer()
            }
        }
        impl<$($generics)* T: NumberArg + ?Sized> NumberArg for $pointer {
            fn number(&self) -> Number {
                (**self).number()
            }
        }
        impl<$($generics)* T: Groups<N> + ?Sized, const N: usize> Groups<N> for $pointer {}
        impl<$($generics)* T: ScoredMembers + ?Sized> ScoredMembers for $pointer {
            fn write_scored(&self, out: &mut CommandWriter<'_>) {
                (**self).write_scored(out);
            }
        }
        impl<$($generics)* T: Streams + ?Sized> Streams for $pointer {
            fn write_streams(&self, out: &mut CommandWriter<'_>) {
                (**self).write_streams(out);
            }
        }
    )*};
}

pointers! {
    ['a,] &'a T;
    [] Box<T>;
    [] Rc<T>;
    [] Arc<T>;
}

impl<T: ToArg + ToOwned + ?Sized> ToArg for Cow<'_, T> {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        (**self).write_to(out);
    }
}

impl<T: OneArg + ToOwned + ?Sized> OneArg for Cow<'_, T> {}

impl<T: ToArg> ToArg for Option<T> {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        if let Some(arg) = self {
            arg.write_to(out);
        }
    }
}

impl<T: ToArg> ToArg for [T] {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        T::write_slice(self, out);
    }
}

impl<T: ToArg, const N: usize> ToArg for [T; N] {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        T::write_slice(self, out);
    }
}

impl<T: ToArg> ToArg for Vec<T> {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        T::write_slice(self, out);
    }
}

impl<T: Groups<N>, const N: usize> Groups<N> for [T] {}
impl<T: Groups<N>, const N: usize, const LEN: usize> Groups<N> for [T; LEN] {}
impl<T: Groups<N>, const N: usize> Groups<N> for Vec<T> {}

impl<T: ToArg> ToArg for BTreeSet<T> {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        self.iter().for_each(|item| item.write_to(out));
    }
}

impl<T: ToArg, S> ToArg for HashSet<T, S> {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        self.iter().for_each(|item| item.write_to(out));
    }
}

impl<T: ToArg> ToArg for VecDeque<T> {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        self.iter().for_each(|item| item.write_to(out));
    }
}

/// Maps are pairs, in the map's order; as members with scores the score is written first.
macro_rules! maps {
    ($([$($generics:tt)*] $map:ty;)*) => {$(
        impl<K: ToArg, V: ToArg, $($generics)*> ToArg for $map {
            fn write_to(&self, out: &mut CommandWriter<'_>) {
                for (key, value) in self {
                    out.arg(key).arg(value);
                }
            }
        }
        impl<K: OneArg, V: OneArg, $($generics)*> Groups<2> for $map {}
        impl<K: OneArg, V: NumberArg, $($generics)*> ScoredMembers for $map {
            fn write_scored(&self, out: &mut CommandWriter<'_>) {
                for (member, score) in self {
                    out.arg(score).arg(member);
                }
            }
        }
        impl<K: OneArg, V: OneArg, $($generics)*> Streams for $map {
            fn write_streams(&self, out: &mut CommandWriter<'_>) {
                self.keys().for_each(|key| key.write_to(out));
                self.values().for_each(|id| id.write_to(out));
            }
        }
    )*};
}

maps! {
    [] BTreeMap<K, V>;
    [S] HashMap<K, V, S>;
}

macro_rules! tuples {
    ($($($item:ident $index:tt),*;)*) => {$(
        impl<$($item: ToArg),*> ToArg for ($($item,)*) {
            fn write_to(&self, out: &mut CommandWriter<'_>) {
                $(self.$index.write_to(out);)*
            }
        }
    )*};
}

tuples! {
    A 0;
    A 0, B 1;
    A 0, B 1, C 2;
    A 0, B 1, C 2, D 3;
    A 0, B 1, C 2, D 3, E 4;
    A 0, B 1, C 2, D 3, E 4, F 5;
}

impl<A: OneArg, B: OneArg> Groups<2> for (A, B) {}
impl<A: OneArg, B: OneArg, C: OneArg> Groups<3> for (A, B, C) {}
impl<A: OneArg, B: OneArg, C: OneArg, D: OneArg> Groups<4> for (A, B, C, D) {}

impl<S: NumberArg, M: OneArg> ScoredMembers for (S, M) {
    fn write_scored(&self, out: &mut CommandWriter<'_>) {
        self.write_to(out);
    }
}

impl<K: OneArg, I: OneArg> Streams for (K, I) {
    fn write_streams(&self, out: &mut CommandWriter<'_>) {
        self.write_to(out);
    }
}

impl<S: NumberArg, M: OneArg> ScoredMembers for [(S, M)] {
    fn write_scored(&self, out: &mut CommandWriter<'_>) {
        self.write_to(out);
    }
}

impl<K: OneArg, I: OneArg> Streams for [(K, I)] {
    fn write_streams(&self, out: &mut CommandWriter<'_>) {
        self.iter().for_each(|(key, _)| key.write_to(out));
        self.iter().for_each(|(_, id)| id.write_to(out));
    }
}

/// Vectors and arrays of pairs are slices of pairs.
macro_rules! slices {
    ($([$($generics:tt)*] $slice:ty;)*) => {$(
        impl<A: NumberArg, B: OneArg, $($generics)*> ScoredMembers for $slice {
            fn write_scored(&self, out: &mut CommandWriter<'_>) {
                self.as_slice().write_scored(out);
            }
        }
        impl<A: OneArg, B: OneArg, $($generics)*> Streams for $slice {
            fn write_streams(&self, out: &mut CommandWriter<'_>) {
                self.as_slice().write_streams(out);
            }
        }
    )*};
}

slices! {
    [] Vec<(A, B)>;
    [const N: usize] [(A, B); N];
}

#[cfg(test)]
mod tests;
