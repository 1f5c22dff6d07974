//! A blocking RESP2 client in one page: send a command, read a reply. It shares no line with the core, so that what
//! it sees can be held against what the core sees.

use std::{
    fmt,
    io::{BufRead, BufReader, ErrorKind, Read, Write},
    net::{TcpStream, ToSocketAddrs},
    time::Duration,
};

use super::{Error, Result};

/// One connection.
#[derive(Debug)]
pub struct Client {
    peer: String,
    stream: BufReader<TcpStream>,
}

/// One RESP2 value.
#[derive(Clone, PartialEq, Eq)]
pub enum Reply {
    /// `+OK`
    Simple(String),
    /// `-CODE text`, without the minus.
    Error(String),
    /// `:1`
    Int(i64),
    /// `$3 abc`
    Bulk(Vec<u8>),
    /// `$-1` and `*-1`
    Nil,
    /// `*2 …`
    Array(Vec<Reply>),
}

impl Client {
    /// Connects; reads and writes give up after ten seconds.
    pub fn connect(address: impl ToSocketAddrs + fmt::Debug) -> Result<Self> {
        let peer = format!("{address:?}");
        let stream = TcpStream::connect(&address).map_err(|e| Error::new(format!("connect to {peer}: {e}")))?;
        let mut client = Self { peer, stream: BufReader::new(stream) };
        client.set_timeout(Duration::from_secs(10))?;
        let _ = client.stream.get_mut().set_nodelay(true);
        Ok(client)
    }

    /// Another limit for each read and write.
    pub fn set_timeout(&mut self, limit: Duration) -> Result<()> {
        let stream = self.stream.get_ref();
        stream
            .set_read_timeout(Some(limit))
            .and_then(|()| stream.set_write_timeout(Some(limit)))
            .map_err(|e| self.broken("set timeout", &e))
    }

    /// Sends one command and reads its reply; an error reply is a value here.
    pub fn call<A: AsRef<[u8]>>(&mut self, args: impl IntoIterator<Item = A>) -> Result<Reply> {
        self.send(args)?;
        self.read()
    }

    /// The same, where an error reply is a failure.
    pub fn ask<A: AsRef<[u8]>>(&mut self, args: impl IntoIterator<Item = A>) -> Result<Reply> {
        let args: Vec<A> = args.into_iter().collect();
        match self.call(&args)? {
            Reply::Error(text) => {
                let command: Vec<_> = args.iter().map(|arg| String::from_utf8_lossy(arg.as_ref())).collect();
                Err(Error::new(format!("{} answered `{text}` to {}", self.peer, shorten(&command.join(" ")))))
            }
            reply @ (Reply::Simple(_) | Reply::Int(_) | Reply::Bulk(_) | Reply::Nil | Reply::Array(_)) => Ok(reply),
        }
    }

    /// Writes one command and waits for nothing.
    pub fn send<A: AsRef<[u8]>>(&mut self, args: impl IntoIterator<Item = A>) -> Result<()> {
        let bytes = encode(args);
        self.send_raw(&bytes)
    }

    /// Writes bytes as they are.
    pub fn send_raw(&mut self, bytes: &[u8]) -> Result<()> {
        self.stream.get_mut().write_all(bytes).map_err(|e| self.broken("write", &e))
    }

    /// Reads one reply.
    pub fn read(&mut self) -> Result<Reply> {
        let line = self.line()?;
        let (kind, rest) = line.split_at_checked(1).ok_or_else(|| self.odd(&line))?;
        match kind {
            "+" => Ok(Reply::Simple(rest.into())),
            "-" => Ok(Reply::Error(rest.into())),
            ":" => rest.parse().map(Reply::Int).map_err(|_| self.odd(&line)),
            "$" | "*" if rest == "-1" => Ok(Reply::Nil),
            "$" => {
                let length: usize = rest.parse().map_err(|_| self.odd(&line))?;
                self.bulk(length).map(Reply::Bulk)
            }
            "*" => {
                let length: usize = rest.parse().map_err(|_| self.odd(&line))?;
                (0..length).map(|_| self.read()).collect::<Result<_>>().map(Reply::Array)
            }
            _ => Err(self.odd(&line)),
        }
    }

    /// Whether the other side still holds the connection open, and has sent nothing that was not asked for.
    pub(super) fn is_quiet(&self) -> bool {
        let stream = self.stream.get_ref();
        if !self.stream.buffer().is_empty() || stream.set_nonblocking(true).is_err() {
            return false;
        }
        let seen = stream.peek(&mut [0]).map_err(|e| e.kind());
        stream.set_nonblocking(false).is_ok() && seen == Err(ErrorKind::WouldBlock)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line).map_err(|e| self.broken("read", &e))?;
        match line.strip_suffix("\r\n") {
            Some(content) => Ok(content.into()),
            None => Err(Error::new(format!("{} closed the connection", self.peer))),
        }
    }

    fn bulk(&mut self, length: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; length + 2];
        self.stream.read_exact(&mut bytes).map_err(|e| self.broken("read", &e))?;
        bytes.truncate(length);
        Ok(bytes)
    }

    fn broken(&self, what: &str, e: &std::io::Error) -> Error {
        Error::new(format!("{what} at {}: {e}", self.peer))
    }

    fn odd(&self, line: &str) -> Error {
        Error::new(format!("{} sent what is not RESP2: {line:?}", self.peer))
    }
}

/// One command as a RESP array.
pub fn encode<A: AsRef<[u8]>>(args: impl IntoIterator<Item = A>) -> Vec<u8> {
    let mut body = Vec::new();
    let mut count = 0;
    for arg in args {
        let arg = arg.as_ref();
        body.extend_from_slice(format!("${}\r\n", arg.len()).as_bytes());
        body.extend_from_slice(arg);
        body.extend_from_slice(b"\r\n");
        count += 1;
    }
    let mut bytes = format!("*{count}\r\n").into_bytes();
    bytes.append(&mut body);
    bytes
}

impl Reply {
    /// The text of a simple or bulk string.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Simple(text) => Some(text),
            Self::Bulk(bytes) => std::str::from_utf8(bytes).ok(),
            Self::Error(_) | Self::Int(_) | Self::Nil | Self::Array(_) => None,
        }
    }

    /// The number of an integer.
    pub fn int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            Self::Simple(_) | Self::Error(_) | Self::Bulk(_) | Self::Nil | Self::Array(_) => None,
        }
    }

    /// The first word of an error.
    pub fn error_code(&self) -> Option<&str> {
        match self {
            Self::Error(text) => text.split(' ').next(),
            Self::Simple(_) | Self::Int(_) | Self::Bulk(_) | Self::Nil | Self::Array(_) => None,
        }
    }

    /// The elements of an array.
    pub fn array(&self) -> Option<&[Reply]> {
        match self {
            Self::Array(items) => Some(items),
            Self::Simple(_) | Self::Error(_) | Self::Int(_) | Self::Bulk(_) | Self::Nil => None,
        }
    }
}

/// As redis-cli shows it, on one line.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Simple(text) => f.write_str(text),
            Self::Error(text) => write!(f, "(error) {text}"),
            Self::Int(number) => write!(f, "(integer) {number}"),
            Self::Bulk(bytes) => write!(f, "\"{}\"", bytes.escape_ascii()),
            Self::Nil => f.write_str("(nil)"),
            Self::Array(items) => f.debug_list().entries(items).finish(),
        }
    }
}

fn shorten(text: &str) -> String {
    const MOST: usize = 120;
    if text.chars().count() <= MOST {
        return text.into();
    }
    text.chars().take(MOST).chain(['…']).collect()
}
