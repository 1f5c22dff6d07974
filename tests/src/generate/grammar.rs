//! The `arguments` column of the command table, read into a tree.
//!
//! ```text
//! sequence = item { " " item }
//! choice   = sequence { "|" sequence }
//! item     = ( token | name ":" kind | "(" choice ")" | "[" choice "]" ) [ "..." | "+..." ]
//! token    = NX | km | = | ~ | * | $ | "text"
//! kind     = key | string | pattern | integer | double | unix-time | a type's name, capitalised
//! ```
//!
//! `x...` is one or more of x. Behind a group that begins with a token, `...` repeats what follows the token
//! (`(WEIGHTS weight:integer)...` is `WEIGHTS 1 2 3`) and `+...` repeats the token as well (`(GET pattern:pattern)+...` is
//! `GET a GET b`). The tree says that by structure alone: a token is inside [`Arg::Repeat`] or before it.

#![expect(clippy::wildcard_enum_match_arm, reason = "a rule is about one form of a tree, whatever others there are")]

use std::fmt;

/// One node of an argument tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// A word that is written as it stands.
    Token(String),
    /// A value of the caller's.
    Value {
        /// Its name in the server's documentation.
        name: String,
        /// What it may be.
        kind: Kind,
    },
    /// All of these, in order; never nested directly, never of length one.
    Sequence(Vec<Arg>),
    /// Exactly one of these.
    Choice(Vec<Arg>),
    /// This or nothing.
    Optional(Box<Arg>),
    /// One or more of these.
    Repeat(Box<Arg>),
}

/// What a value may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A key: it decides the slot.
    Key,
    /// Any bytes.
    String,
    /// A glob pattern.
    Pattern,
    /// A whole number.
    Integer,
    /// A number, or a bound of a range such as `(1` and `+inf`.
    Double,
    /// A point in time since 1970, in the unit that its name says.
    UnixTime,
    /// A type that the hosts have for it, which may be several arguments.
    Named(String),
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadCell {
    /// The whole cell.
    pub cell: String,
    /// Offset of the byte that cannot be.
    pub offset: usize,
    /// What was expected there.
    pub expected: &'static str,
}

impl fmt::Display for BadCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {} expected at byte {}", self.cell, self.expected, self.offset)
    }
}

impl std::error::Error for BadCell {}

/// Reads one cell: the items of its top-level sequence. An empty cell is no arguments.
pub fn arguments(cell: &str) -> Result<Vec<Arg>, BadCell> {
    if cell.is_empty() {
        return Ok(Vec::new());
    }
    let mut reader = Reader::new(cell);
    let items = reader.sequence()?;
    reader.end()?;
    Ok(items)
}

/// The tree as the server's documentation prints it: `SET key value [NX | XX] [EX seconds | PX milliseconds]`.
impl fmt::Display for Arg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token(word) if word.is_empty() => f.write_str("\"\""),
            Self::Token(word) => f.write_str(word),
            Self::Value { name, .. } => f.write_str(name),
            Self::Sequence(items) => f.write_str(&join(items, " ")),
            Self::Choice(items) => write!(f, "<{}>", join(items, " | ")),
            Self::Optional(item) => match &**item {
                Self::Choice(items) => write!(f, "[{}]", join(items, " | ")),
                other => write!(f, "[{other}]"),
            },
            Self::Repeat(item) => {
                let item = item.to_string();
                write!(f, "{item} [{item} ...]")
            }
        }
    }
}

/// Several trees, with something between them.
pub fn join(items: &[Arg], between: &str) -> String {
    items.iter().map(Arg::to_string).collect::<Vec<_>>().join(between)
}

/// Reads a cell from left to right; shared with the reply column.
pub(super) struct Reader<'a> {
    cell: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(cell: &'a str) -> Self {
        Self { cell, at: 0 }
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.cell[self.at..]
    }

    /// Skips `word` if it is next.
    pub(super) fn skip(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    pub(super) fn expect(&mut self, word: &'static str) -> Result<(), BadCell> {
        if self.skip(word) { Ok(()) } else { Err(self.bad(word)) }
    }

    /// The longest run of bytes for which `belongs` is true.
    pub(super) fn word(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let word = &rest[..rest.find(|c| !belongs(c)).unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    /// The text of a `"…"`, whose opening quote has been skipped.
    pub(super) fn quoted(&mut self) -> Result<&'a str, BadCell> {
        let text = self.word(|c| c != '"');
        self.expect("\"")?;
        Ok(text)
    }

    pub(super) fn end(&self) -> Result<(), BadCell> {
        if self.rest().is_empty() { Ok(()) } else { Err(self.bad("the end")) }
    }

    pub(super) fn bad(&self, expected: &'static str) -> BadCell {
        BadCell { cell: self.cell.to_owned(), offset: self.at, expected }
    }

    fn choice(&mut self) -> Result<Arg, BadCell> {
        let mut alternatives = vec![one(self.sequence()?)];
        while self.skip("|") {
            alternatives.push(one(self.sequence()?));
        }
        let several = alternatives.len() > 1;
        Ok(if several { Arg::Choice(alternatives) } else { alternatives.remove(0) })
    }

    fn sequence(&mut self) -> Result<Vec<Arg>, BadCell> {
        let mut items = Vec::new();
        loop {
            match self.item()? {
                Arg::Sequence(inner) => items.extend(inner),
                item => items.push(item),
            }
            if !self.skip(" ") {
                return Ok(items);
            }
        }
    }

    fn item(&mut self) -> Result<Arg, BadCell> {
        let item = self.simple()?;
        if self.skip("+...") {
            return Ok(Arg::Repeat(Box::new(item)));
        }
        if !self.skip("...") {
            return Ok(item);
        }
        match item {
            Arg::Sequence(mut items) if matches!(items[0], Arg::Token(_)) => {
                let repeated = one(items.split_off(1));
                Ok(Arg::Sequence(vec![items.remove(0), Arg::Repeat(Box::new(repeated))]))
            }
            item => Ok(Arg::Repeat(Box::new(item))),
        }
    }

    fn simple(&mut self) -> Result<Arg, BadCell> {
        if self.skip("(") {
            let inner = self.choice()?;
            self.expect(")")?;
            return Ok(inner);
        }
        if self.skip("[") {
            let inner = self.choice()?;
            self.expect("]")?;
            return Ok(Arg::Optional(Box::new(inner)));
        }
        if self.skip("\"") {
            return Ok(Arg::Token(self.quoted()?.to_owned()));
        }
        let name = self.word(|c| c.is_ascii_alphanumeric() || "-_=~*$#".contains(c));
        if name.is_empty() {
            return Err(self.bad("a token, a value, `(` or `[`"));
        }
        if !self.skip(":") {
            return Ok(Arg::Token(name.to_owned()));
        }
        Ok(Arg::Value { name: name.to_owned(), kind: self.kind()? })
    }

    fn kind(&mut self) -> Result<Kind, BadCell> {
        let start = self.at;
        match self.word(|c| c.is_ascii_alphanumeric() || c == '-') {
            "key" => Ok(Kind::Key),
            "string" => Ok(Kind::String),
            "pattern" => Ok(Kind::Pattern),
            "integer" => Ok(Kind::Integer),
            "double" => Ok(Kind::Double),
            "unix-time" => Ok(Kind::UnixTime),
            name if name.starts_with(|c: char| c.is_ascii_uppercase()) => Ok(Kind::Named(name.to_owned())),
            _ => {
                self.at = start;
                Err(self.bad("key, string, pattern, integer, double, unix-time or a type's name"))
            }
        }
    }
}

fn one(mut items: Vec<Arg>) -> Arg {
    if items.len() == 1 { items.remove(0) } else { Arg::Sequence(items) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(word: &str) -> Arg {
        Arg::Token(word.into())
    }

    fn value(name: &str, kind: Kind) -> Arg {
        Arg::Value { name: name.into(), kind }
    }

    fn repeat(item: Arg) -> Arg {
        Arg::Repeat(Box::new(item))
    }

    fn optional(item: Arg) -> Arg {
        Arg::Optional(Box::new(item))
    }

    #[test]
    fn an_empty_cell_is_no_arguments() {
        assert_eq!(arguments(""), Ok(vec![]));
    }

    #[test]
    fn values_and_tokens_stand_in_order() {
        let expected = vec![token("STREAMS"), value("key", Kind::Key), value("ID", Kind::String)];
        assert_eq!(arguments("STREAMS key:key ID:string"), Ok(expected));
    }

    #[test]
    fn every_kind_is_read() {
        let cell = "a:key b:string c:pattern d:integer e:double f:unix-time g:Side";
        let side = Kind::Named("Side".into());
        let kinds = [Kind::Key, Kind::String, Kind::Pattern, Kind::Integer, Kind::Double, Kind::UnixTime, side];
        let names = ["a", "b", "c", "d", "e", "f", "g"];
        assert_eq!(arguments(cell), Ok(names.iter().zip(kinds).map(|(name, kind)| value(name, kind)).collect()));
    }

    #[test]
    fn an_optional_choice_holds_sequences() {
        let ex = Arg::Sequence(vec![token("EX"), value("seconds", Kind::Integer)]);
        let expected = vec![optional(Arg::Choice(vec![ex, token("KEEPTTL")]))];
        assert_eq!(arguments("[(EX seconds:integer|KEEPTTL)]"), Ok(expected));
    }

    #[test]
    fn dots_behind_a_value_repeat_it() {
        assert_eq!(arguments("key:key..."), Ok(vec![repeat(value("key", Kind::Key))]));
    }

    #[test]
    fn dots_behind_a_group_repeat_the_group() {
        let pair = Arg::Sequence(vec![value("key", Kind::Key), value("value", Kind::String)]);
        assert_eq!(arguments("(key:key value:string)..."), Ok(vec![repeat(pair)]));
    }

    #[test]
    fn dots_behind_a_token_and_a_value_repeat_the_value_alone() {
        let weights = Arg::Sequence(vec![token("WEIGHTS"), repeat(value("weight", Kind::Integer))]);
        assert_eq!(arguments("[(WEIGHTS weight:integer)...]"), Ok(vec![optional(weights)]));
    }

    #[test]
    fn plus_dots_repeat_the_token_too() {
        let get = Arg::Sequence(vec![token("GET"), value("pattern", Kind::Pattern)]);
        assert_eq!(arguments("[(GET pattern:pattern)+...]"), Ok(vec![optional(repeat(get))]));
    }

    #[test]
    fn dots_behind_a_choice_repeat_the_choice() {
        let choice = Arg::Choice(vec![token("A"), token("B")]);
        assert_eq!(arguments("(A|B)..."), Ok(vec![repeat(choice)]));
    }

    #[test]
    fn nested_groups_become_one_sequence() {
        let expected = Arg::Sequence(vec![token("COUNT"), value("count", Kind::Integer), optional(token("ANY"))]);
        assert_eq!(arguments("[(COUNT (count:integer [ANY]))]"), Ok(vec![optional(expected)]));
    }

    #[test]
    fn symbols_and_the_empty_text_are_tokens() {
        let expected = vec![
            Arg::Choice(vec![token("="), token("~")]),
            Arg::Choice(vec![token("*"), value("id", Kind::String)]),
            Arg::Choice(vec![value("key", Kind::Key), token("")]),
            token("$"),
        ];
        assert_eq!(arguments("(=|~) (*|id:string) (key:key|\"\") $"), Ok(expected));
    }

    #[test]
    fn a_bad_cell_says_where_and_what() {
        let bad = arguments("key:key [NX").unwrap_err();
        assert_eq!((bad.offset, bad.expected), (11, "]"));
        let bad = arguments("key:banana").unwrap_err();
        assert_eq!(bad.offset, 4);
        let bad = arguments("key:key )").unwrap_err();
        assert_eq!((bad.offset, bad.expected), (8, "a token, a value, `(` or `[`"));
    }

    #[test]
    fn the_usage_line_reads_as_in_the_documentation() {
        let cell = "key:key (LEFT|RIGHT) [(NX|XX)] [COUNT count:integer] [(WEIGHTS weight:integer)...]";
        let usage = "key <LEFT | RIGHT> [NX | XX] [COUNT count] [WEIGHTS weight [weight ...]]";
        assert_eq!(join(&arguments(cell).unwrap(), " "), usage);
    }
}
