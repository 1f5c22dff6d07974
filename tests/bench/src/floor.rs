//! The floor: the simplest code that does the same job on raw sockets. Encodes by hand, hashes the slot, writes once per
//! node, then reads one node after the other and decodes to the replies that its peers give. No redirects, no retries.

use std::{
    io::{Read as _, Write as _},
    mem,
    net::TcpStream,
};

use crc16::{State, XMODEM};

use crate::{
    Failure,
    workload::{Command, Replies, Reply},
};

pub(crate) struct Floor {
    links: Vec<Link>,
    /// Per slot the link of its primary.
    owners: Vec<usize>,
}

struct Link {
    socket: TcpStream,
    out: Vec<u8>,
    /// What each reply is for, in order.
    places: Vec<Place>,
    bytes: Vec<u8>,
    at: usize,
    end: usize,
}

#[derive(Clone, Copy)]
enum Place {
    Command(usize),
    /// One key of an MGET whose keys lie in several slots.
    Part(usize, usize),
}

const CHUNK: usize = 64 << 10;

impl Floor {
    pub(crate) fn connect(seed: &str) -> Result<Self, Failure> {
        let mut first = Link::open(seed)?;
        encode(&mut first.out, &["CLUSTER", "SLOTS"]);
        first.flush()?;
        let Reply::List(rows) = first.reply()? else { return Err("CLUSTER SLOTS is no list".into()) };
        let mut floor = Self { links: Vec::new(), owners: vec![0; 16_384] };
        let mut addresses = Vec::new();
        for row in rows {
            let Reply::List(row) = row else { return Err("a row is no list".into()) };
            let [Reply::Int(from), Reply::Int(to), Reply::List(primary), ..] = &row[..] else {
                return Err("a row without a primary".into());
            };
            let [Reply::Text(host), Reply::Int(port), ..] = &primary[..] else {
                return Err("a primary without an address".into());
            };
            let address = format!("{host}:{port}");
            let link = addresses.iter().position(|known| *known == address).unwrap_or(addresses.len());
            if link == addresses.len() {
                floor.links.push(Link::open(&address)?);
                addresses.push(address);
            }
            floor.owners[usize::try_from(*from)?..=usize::try_from(*to)?].fill(link);
        }
        Ok(floor)
    }

    pub(crate) fn run(&mut self, batch: &[Command], texts: bool) -> Result<Replies, Failure> {
        let mut replies = vec![Reply::Null; if texts { 0 } else { batch.len() }];
        for (at, args) in batch.iter().enumerate() {
            if args[0] == "MGET" {
                replies[at] = Reply::List(vec![Reply::Null; args.len() - 1]);
                for (part, key) in args[1..].iter().enumerate() {
                    let link = self.link(key);
                    encode(&mut link.out, &["GET", key]);
                    link.places.push(Place::Part(at, part));
                }
            } else {
                let link = self.link(&args[1]);
                encode(&mut link.out, args);
                link.places.push(Place::Command(at));
            }
        }
        for link in &mut self.links {
            link.flush()?;
        }
        if texts {
            return self.texts(batch.len());
        }
        for link in &mut self.links {
            for place in mem::take(&mut link.places) {
                let reply = link.reply()?;
                match place {
                    Place::Command(at) => replies[at] = reply,
                    Place::Part(at, part) => {
                        if let Reply::List(parts) = &mut replies[at] {
                            parts[part] = reply;
                        }
                    }
                }
            }
        }
        Ok(Replies::Trees(replies))
    }

    /// Queues a command that is encoded already.
    pub(crate) fn queue(&mut self, key: &[u8], command: &[u8]) {
        let link = &mut self.links[self.owners[slot(key)]];
        link.out.extend_from_slice(command);
        link.places.push(Place::Command(0));
    }

    /// Sends what is queued; every reply has to be good.
    pub(crate) fn exchange(&mut self) -> Result<(), Failure> {
        for link in &mut self.links {
            link.flush()?;
        }
        for link in &mut self.links {
            for _ in 0..mem::take(&mut link.places).len() {
                link.reply()?;
            }
        }
        Ok(())
    }

    fn texts(&mut self, count: usize) -> Result<Replies, Failure> {
        let mut texts = vec![String::new(); count];
        for link in &mut self.links {
            for place in mem::take(&mut link.places) {
                let (Reply::Text(text), Place::Command(at)) = (link.reply()?, place) else {
                    return Err("a reply that is no text".into());
                };
                texts[at] = text;
            }
        }
        Ok(Replies::Texts(texts))
    }

    fn link(&mut self, key: &str) -> &mut Link {
        &mut self.links[self.owners[slot(key.as_bytes())]]
    }
}

impl Link {
    fn open(address: &str) -> Result<Self, Failure> {
        let socket = TcpStream::connect(address)?;
        socket.set_nodelay(true)?;
        let mut link = Self { socket, out: Vec::new(), places: Vec::new(), bytes: vec![0; CHUNK], at: 0, end: 0 };
        encode(&mut link.out, &["HELLO", "3"]);
        link.flush()?;
        link.reply()?;
        Ok(link)
    }

    fn flush(&mut self) -> Result<(), Failure> {
        self.socket.write_all(&self.out)?;
        self.out.clear();
        Ok(())
    }

    fn reply(&mut self) -> Result<Reply, Failure> {
        let line = self.line()?;
        let (mark, line) = (self.bytes[line.0], (line.0 + 1, line.1));
        let text = std::str::from_utf8(&self.bytes[line.0..line.1])?;
        match mark {
            b'+' => Ok(Reply::Text(text.to_owned())),
            b'-' => Err(text.into()),
            b':' => Ok(Reply::Int(text.parse()?)),
            b'_' => Ok(Reply::Null),
            b'$' => {
                let length = text.parse()?;
                self.text(length)
            }
            b'*' => (0..text.parse::<usize>()?).map(|_| self.reply()).collect::<Result<_, _>>().map(Reply::List),
            b'%' => {
                let mut pairs = Vec::new();
                for _ in 0..text.parse::<usize>()? {
                    let (field, value) = (self.reply()?, self.reply()?);
                    // HELLO answers values of other kinds, which nobody reads.
                    if let (Reply::Text(field), Reply::Text(value)) = (field, value) {
                        pairs.push((field, value));
                    }
                }
                Ok(Reply::Map(pairs))
            }
            _ => Err(format!("a reply that begins with {mark}").into()),
        }
    }

    /// Where the next line is, without its end.
    fn line(&mut self) -> Result<(usize, usize), Failure> {
        loop {
            if let Some(length) = memchr::memchr(b'\n', &self.bytes[self.at..self.end]) {
                let start = self.at;
                self.at = start + length + 1;
                return Ok((start, self.at - 2));
            }
            self.read(1)?;
        }
    }

    fn text(&mut self, length: usize) -> Result<Reply, Failure> {
        while self.end - self.at < length + 2 {
            self.read(length + 2)?;
        }
        let text = std::str::from_utf8(&self.bytes[self.at..self.at + length])?.to_owned();
        self.at += length + 2;
        Ok(Reply::Text(text))
    }

    /// Reads more behind what is not used up, with room for `need` bytes in all.
    fn read(&mut self, need: usize) -> Result<(), Failure> {
        self.bytes.copy_within(self.at..self.end, 0);
        (self.at, self.end) = (0, self.end - self.at);
        if self.bytes.len() < need.max(self.end + 1) {
            self.bytes.resize(need.max(2 * self.bytes.len()), 0);
        }
        let read = self.socket.read(&mut self.bytes[self.end..])?;
        if read == 0 {
            return Err("the server closed the connection".into());
        }
        self.end += read;
        Ok(())
    }
}

pub(crate) fn encode(out: &mut Vec<u8>, args: &[impl AsRef<str>]) {
    let mut digits = itoa::Buffer::new();
    let mut header = |out: &mut Vec<u8>, mark, count: usize| {
        out.push(mark);
        out.extend_from_slice(digits.format(count).as_bytes());
        out.extend_from_slice(b"\r\n");
    };
    header(out, b'*', args.len());
    for arg in args {
        let arg = arg.as_ref().as_bytes();
        header(out, b'$', arg.len());
        out.extend_from_slice(arg);
        out.extend_from_slice(b"\r\n");
    }
}

pub(crate) fn slot(key: &[u8]) -> usize {
    let tag = memchr::memchr(b'{', key).and_then(|open| {
        let rest = &key[open + 1..];
        memchr::memchr(b'}', rest).filter(|length| *length > 0).map(|length| &rest[..length])
    });
    usize::from(State::<XMODEM>::calculate(tag.unwrap_or(key)) & 0x3fff)
}
