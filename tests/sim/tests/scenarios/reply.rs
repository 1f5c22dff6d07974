//! Replies out of bytes, and in a form for eyes and comparison: kinds of RESP stay apart, what differs from run to run is
//! named.

/// One reply, as it stood on the wire.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Reply {
    /// `+`, `-`, `:`, `,`, `#`, `(` and what followed.
    Line(char, String),
    /// `$` or `=`.
    Bulk(char, Vec<u8>),
    /// `*`, `~`, `>` or `%` (keys and values in turn).
    List(char, Vec<Reply>),
    /// `$-1`, `*-1`, `_`.
    Nil(char),
}

impl Reply {
    /// The first whole reply of a buffer, and its length.
    pub(crate) fn parse(bytes: &[u8]) -> Option<(Self, usize)> {
        let end = bytes.windows(2).position(|pair| pair == b"\r\n")?;
        let line = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let kind = line.chars().next()?;
        let rest = line[1..].to_string();
        let mut at = end + 2;
        let count = rest.parse::<usize>();
        let reply = match (kind, count) {
            ('$' | '*' | '_', Err(_)) => Self::Nil(kind),
            ('$' | '=', Ok(length)) => {
                let content = bytes.get(at..at + length)?.to_vec();
                bytes.get(at + length + 1)?;
                at += length + 2;
                Self::Bulk(kind, content)
            }
            ('*' | '~' | '>' | '%', Ok(count)) => {
                let mut items = Vec::new();
                for _ in 0..if kind == '%' { count * 2 } else { count } {
                    let (item, length) = Self::parse(&bytes[at..])?;
                    at += length;
                    items.push(item);
                }
                Self::List(kind, items)
            }
            _ => Self::Line(kind, rest),
        };
        Some((reply, at))
    }
}

/// On one line.
impl std::fmt::Display for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Line(kind, text) => write!(f, "{kind}{text}"),
            Self::Bulk(kind, bytes) => {
                let text = String::from_utf8_lossy(bytes).escape_debug().to_string();
                write!(f, "{}\"{text}\"", if *kind == '=' { "=" } else { "" })
            }
            Self::Nil('_') => f.write_str("null"),
            Self::Nil('*') => f.write_str("nil*"),
            Self::Nil(_) => f.write_str("nil"),
            Self::List('%', items) => {
                let pairs: Vec<_> = items.chunks(2).map(|pair| format!("{}: {}", pair[0], pair[1])).collect();
                write!(f, "{{{}}}", pairs.join(", "))
            }
            Self::List(kind, items) => {
                let mut items: Vec<_> = items.iter().map(ToString::to_string).collect();
                if *kind == '~' {
                    items.sort();
                }
                write!(f, "{}[{}]", if *kind == '*' { String::new() } else { kind.to_string() }, items.join(", "))
            }
        }
    }
}
