//! The `reply` column of the command table, read into a tree.
//!
//! ```text
//! union = item { "|" item }
//! item  = string | integer | number | boolean | null | any | "text" | -1
//!       | array<union> | set<union> | map<union,union> | "[" union { "," union } "]" | "{" field { "," field } "}"
//!       | Type [ "<" union ">" ]
//! field = name [ "?" ] ":" union
//! ```
//!
//! `[a,b]` is an array of exactly those; `{name:a}` is a map with those names, of which `name?` may be missing.
//! `Type` is a type that the hosts have for it.

use super::grammar::{BadCell, Reader};

/// What a command answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Bytes or a line.
    String,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Number,
    /// True or false.
    Boolean,
    /// Nothing.
    Null,
    /// What the script or the module decides.
    Any,
    /// This very text.
    Text(String),
    /// This very number.
    Exactly(i64),
    /// Any number of these.
    Array(Box<Reply>),
    /// Any number of these, each once.
    Set(Box<Reply>),
    /// From these to those.
    Map(Box<Reply>, Box<Reply>),
    /// An array of these, in order.
    Tuple(Vec<Reply>),
    /// A map with these names.
    Struct(Vec<Field>),
    /// A type that the hosts have for it, perhaps of these.
    Named(String, Option<Box<Reply>>),
    /// One of these; never nested directly, never of length one.
    Union(Vec<Reply>),
}

/// One entry of a [`Reply::Struct`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// As the server spells it.
    pub name: String,
    /// Whether some servers, or some calls, leave it out.
    pub optional: bool,
    /// What stands there.
    pub reply: Reply,
}

/// Reads one cell.
pub fn reply(cell: &str) -> Result<Reply, BadCell> {
    let mut reader = Reader::new(cell);
    let reply = reader.union()?;
    reader.end()?;
    Ok(reply)
}

impl Reader<'_> {
    fn union(&mut self) -> Result<Reply, BadCell> {
        let mut alternatives = vec![self.reply_item()?];
        while self.skip("|") {
            alternatives.push(self.reply_item()?);
        }
        let several = alternatives.len() > 1;
        Ok(if several { Reply::Union(alternatives) } else { alternatives.remove(0) })
    }

    fn reply_item(&mut self) -> Result<Reply, BadCell> {
        if self.skip("\"") {
            return Ok(Reply::Text(self.quoted()?.to_owned()));
        }
        if self.skip("[") {
            let mut items = vec![self.union()?];
            while self.skip(",") {
                items.push(self.union()?);
            }
            self.expect("]")?;
            return Ok(Reply::Tuple(items));
        }
        if self.skip("{") {
            let mut fields = vec![self.field()?];
            while self.skip(",") {
                fields.push(self.field()?);
            }
            self.expect("}")?;
            return Ok(Reply::Struct(fields));
        }
        if self.rest().starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            let digits = self.word(|c| c == '-' || c.is_ascii_digit());
            return digits.parse().map(Reply::Exactly).map_err(|_| self.bad("a whole number"));
        }
        let before = self.bad("a reply type");
        match self.word(|c| c.is_ascii_alphanumeric()) {
            "string" => Ok(Reply::String),
            "integer" => Ok(Reply::Integer),
            "number" => Ok(Reply::Number),
            "boolean" => Ok(Reply::Boolean),
            "null" => Ok(Reply::Null),
            "any" => Ok(Reply::Any),
            "array" => Ok(Reply::Array(Box::new(self.element()?))),
            "set" => Ok(Reply::Set(Box::new(self.element()?))),
            "map" => {
                self.expect("<")?;
                let key = self.union()?;
                self.expect(",")?;
                let value = self.union()?;
                self.expect(">")?;
                Ok(Reply::Map(Box::new(key), Box::new(value)))
            }
            name if name.starts_with(|c: char| c.is_ascii_uppercase()) => {
                let of = if self.rest().starts_with('<') { Some(Box::new(self.element()?)) } else { None };
                Ok(Reply::Named(name.to_owned(), of))
            }
            _ => Err(before),
        }
    }

    fn element(&mut self) -> Result<Reply, BadCell> {
        self.expect("<")?;
        let element = self.union()?;
        self.expect(">")?;
        Ok(element)
    }

    fn field(&mut self) -> Result<Field, BadCell> {
        let name = self.word(|c| !":?,}".contains(c));
        if name.is_empty() {
            return Err(self.bad("a field's name"));
        }
        let optional = self.skip("?");
        self.expect(":")?;
        Ok(Field { name: name.to_owned(), optional, reply: self.union()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn array(element: Reply) -> Reply {
        Reply::Array(Box::new(element))
    }

    #[test]
    fn every_plain_type_is_read() {
        let cell = "string|integer|number|boolean|null|any";
        let all = [Reply::String, Reply::Integer, Reply::Number, Reply::Boolean, Reply::Null, Reply::Any];
        assert_eq!(reply(cell), Ok(Reply::Union(all.to_vec())));
    }

    #[test]
    fn literals_are_texts_and_numbers() {
        let expected = Reply::Union(vec![Reply::Text("OK".into()), Reply::Exactly(0), Reply::Exactly(-1)]);
        assert_eq!(reply("\"OK\"|0|-1"), Ok(expected));
    }

    #[test]
    fn arrays_sets_and_maps_nest() {
        let map = Reply::Map(Box::new(Reply::String), Box::new(array(Reply::Union(vec![Reply::String, Reply::Null]))));
        assert_eq!(reply("map<string,array<string|null>>"), Ok(map));
        assert_eq!(reply("set<integer>"), Ok(Reply::Set(Box::new(Reply::Integer))));
    }

    #[test]
    fn brackets_are_arrays_of_known_length() {
        let expected = array(Reply::Tuple(vec![Reply::String, Reply::Union(vec![Reply::Number, Reply::Null])]));
        assert_eq!(reply("array<[string,number|null]>"), Ok(expected));
    }

    #[test]
    fn braces_are_maps_with_known_names() {
        let field = |name: &str, optional, reply| Field { name: name.into(), optional, reply };
        let expected = Reply::Struct(vec![
            field("peak.allocated", false, Reply::Integer),
            field("flags", false, array(Reply::Union(vec![Reply::Text("on".into()), Reply::Text("off".into())]))),
            field("inactive", true, Reply::Integer),
        ]);
        let cell = "{peak.allocated:integer,flags:array<\"on\"|\"off\">,inactive?:integer}";
        assert_eq!(reply(cell), Ok(expected));
    }

    #[test]
    fn capitalised_names_are_types_of_the_hosts() {
        let pairs = Reply::Tuple(vec![Reply::String, Reply::Number]);
        assert_eq!(reply("ScanPage<[string,number]>"), Ok(Reply::Named("ScanPage".into(), Some(Box::new(pairs)))));
        assert_eq!(reply("array<StreamEntry>"), Ok(array(Reply::Named("StreamEntry".into(), None))));
    }

    #[test]
    fn a_bad_cell_says_where_and_what() {
        let bad = reply("array<banana>").unwrap_err();
        assert_eq!((bad.offset, bad.expected), (6, "a reply type"));
        let bad = reply("[string").unwrap_err();
        assert_eq!((bad.offset, bad.expected), (7, "]"));
        assert_eq!(reply("?").unwrap_err().offset, 0);
    }
}
