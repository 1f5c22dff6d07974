//! Scenario files: what they say, line by line.
//!
//! ```text
//! cluster 3+3 password=secret          the first line: primaries, replicas of all together, options;
//!                                      timeout=1500: milliseconds until a silent node is missed (else 20 s)
//! config maxmemory-policy noeviction   more lines of redis.conf
//!
//! == a sentence                        begins a scenario
//! a: SET $a1:k v                       sends to node a and reads a reply for each expectation below (one if none)
//!   +OK
//! a.x: MULTI && GET $a1 && EXEC        on a connection named x, in one write
//! a.x> BLPOP $a1 0                     sends only
//! a.x<                                 reads only
//! a.x~ GET $a1                         repeats until the reply is the expected one
//! a.x raw "*1\r\n"                     bytes
//! a.x closed | a.x quiet               the server has hung up; nothing comes
//! open a.x | open a.x 3 | close a.x    a connection before its first use (in RESP3); the client hangs up
//! begin a1 a b | carry a b $a1:k | finish a1 a b      a slot on its way
//! wait 100 | settle | crash a | restart a | restart a empty | freeze a | thaw a
//! loading ar                           a replica begins to load all that its primary has
//! busy a | misconf a                   a script that does not end; a snapshot that fails
//! give c a                             all slots of a node, at once
//! ```
//!
//! Nodes are a, b, c and their replicas ar, br, cr. `$a1` is a hash tag whose slot `%a1` is one of a's, for this scenario
//! alone; `x*2000` is a long word; `<bytes>` is the last text that came, byte for byte; `#a` is a node's id, `@a` its
//! address, `@a.host` and `@a.port` its parts. In expectations `<name>` stands for anything, and for the same in what
//! follows; a line `~ text` asks only that the text is in the reply.

use std::collections::{BTreeMap, BTreeSet};

use slotpipe_sim::model::{SLOTS, slot_of};

pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) replicas: bool,
    pub(crate) password: Option<String>,
    pub(crate) node_timeout_ms: u32,
    pub(crate) config: Vec<String>,
    pub(crate) scenarios: Vec<Scenario>,
}

pub(crate) struct Scenario {
    pub(crate) name: String,
    /// The number of its first line.
    pub(crate) line: usize,
    pub(crate) steps: Vec<Step>,
    pub(crate) tags: BTreeMap<String, String>,
}

pub(crate) struct Step {
    pub(crate) line: usize,
    pub(crate) text: String,
    pub(crate) act: Act,
    pub(crate) expected: Vec<String>,
}

pub(crate) enum Act {
    /// Commands in one write, and how many replies are read.
    Send {
        conn: String,
        commands: Vec<Vec<String>>,
        reads: bool,
    },
    Read {
        conn: String,
    },
    Poll {
        conn: String,
        command: Vec<String>,
    },
    Raw {
        conn: String,
        bytes: String,
    },
    Closed {
        conn: String,
    },
    Quiet {
        conn: String,
    },
    Open {
        conn: String,
        protocol: u8,
    },
    Close {
        conn: String,
    },
    /// A verb with its words.
    Verb(Vec<String>),
}

impl File {
    pub(crate) fn parse(name: &str, text: &str, used: &mut BTreeSet<u16>) -> Self {
        let mut file = Self {
            name: name.into(),
            replicas: false,
            password: None,
            node_timeout_ms: 20_000,
            config: Vec::new(),
            scenarios: Vec::new(),
        };
        for (index, line) in text.lines().enumerate() {
            let number = index + 1;
            let fail = |what: &str| -> ! { panic!("{name}:{number}: {what}: {line}") };
            if line.trim().is_empty() || line.starts_with("# ") {
                continue;
            }
            if let Some(options) = line.strip_prefix("cluster ") {
                file.replicas = options.starts_with("3+3");
                let timeout = options.split(' ').find_map(|word| word.strip_prefix("timeout=")?.parse().ok());
                file.node_timeout_ms = timeout.unwrap_or(file.node_timeout_ms);
                file.password = options.split(' ').find_map(|word| Some(word.strip_prefix("password=")?.into()));
            } else if let Some(config) = line.strip_prefix("config ") {
                file.config.push(config.into());
            } else if let Some(title) = line.strip_prefix("== ") {
                file.scenarios.push(Scenario {
                    name: title.into(),
                    line: number,
                    steps: Vec::new(),
                    tags: BTreeMap::new(),
                });
            } else if let Some(scenario) = file.scenarios.last_mut() {
                match line.strip_prefix("  ") {
                    Some(expected) => match scenario.steps.last_mut() {
                        Some(step) => step.expected.push(expected.into()),
                        None => fail("an expectation of nothing"),
                    },
                    None => scenario.steps.push(Step {
                        line: number,
                        text: line.into(),
                        act: Act::parse(line).unwrap_or_else(|| fail("not understood")),
                        expected: Vec::new(),
                    }),
                }
            } else {
                fail("before the first scenario");
            }
        }
        for (index, scenario) in file.scenarios.iter_mut().enumerate() {
            scenario.find_tags(&format!("{name}{index}"), used);
        }
        file
    }
}

impl Scenario {
    /// `$a1` in any of the steps: a tag with a slot of node a that nobody else uses.
    fn find_tags(&mut self, seed: &str, used: &mut BTreeSet<u16>) {
        let mut names = BTreeSet::new();
        for step in &self.steps {
            for mark in ['$', '%'] {
                for (at, _) in step.text.match_indices(mark) {
                    let name: String = step.text[at + 1..].chars().take_while(char::is_ascii_alphanumeric).collect();
                    names.insert(name);
                }
            }
            let words: Vec<_> = step.text.split(' ').collect();
            if let ["begin" | "finish", slot, ..] = words.as_slice() {
                names.insert((*slot).into());
            }
        }
        for name in names {
            let owner = match name.as_bytes() {
                [node @ b'a'..=b'c', number] if number.is_ascii_digit() => node - b'a',
                _ => continue,
            };
            let range = u16::from(owner) * (SLOTS / 3) + 10..u16::from(owner + 1) * (SLOTS / 3) - 10;
            let candidates = (0..).map(|number| format!("{seed}{name}.{number}"));
            let mut free = candidates.filter(|tag| {
                let slot = slot_of(tag.as_bytes());
                range.contains(&slot) && !used.contains(&slot)
            });
            let tag = free.next().unwrap_or_default();
            used.insert(slot_of(tag.as_bytes()));
            self.tags.insert(name, tag);
        }
    }
}

impl Act {
    fn parse(line: &str) -> Option<Self> {
        let words: Vec<String> = line.split_whitespace().map(String::from).collect();
        let first = words.first()?.as_str();
        const VERBS: [&str; 13] = [
            "begin", "carry", "finish", "give", "wait", "settle", "crash", "restart", "freeze", "thaw", "loading",
            "busy", "misconf",
        ];
        if VERBS.contains(&first) {
            return Some(Self::Verb(words));
        }
        match (first, words.get(1).map(String::as_str)) {
            ("open", Some(conn)) => {
                let protocol = words.get(2).and_then(|word| word.parse().ok()).unwrap_or(2);
                return Some(Self::Open { conn: conn.into(), protocol });
            }
            ("close", Some(conn)) => return Some(Self::Close { conn: conn.into() }),
            (conn, Some("closed")) => return Some(Self::Closed { conn: conn.into() }),
            (conn, Some("quiet")) => return Some(Self::Quiet { conn: conn.into() }),
            (conn, Some("raw")) => {
                let bytes = line.split_once(" raw ")?.1.into();
                return Some(Self::Raw { conn: conn.into(), bytes });
            }
            _ => {}
        }
        let (conn, kind) = first.split_at(first.len() - 1);
        let (conn, rest) = (conn.to_string(), line[first.len()..].trim());
        let commands = || rest.split(" && ").map(words_of).collect::<Option<Vec<_>>>();
        Some(match kind {
            ":" => Self::Send { conn, commands: commands()?, reads: true },
            ">" => Self::Send { conn, commands: commands()?, reads: false },
            "<" => Self::Read { conn },
            "~" => Self::Poll { conn, command: words_of(rest)? },
            _ => return None,
        })
    }
}

/// Words by spaces; in double quotes anything, with `\r`, `\n`, `\0`, `\"`, `\\`.
fn words_of(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(first) = chars.next() {
        let mut word = String::new();
        match first {
            ' ' => continue,
            '"' => loop {
                match chars.next()? {
                    '"' => break,
                    '\\' => word.push(unescape(chars.next()?)),
                    other => word.push(other),
                }
            },
            other => {
                word.push(other);
                while let Some(next) = chars.next_if(|next| *next != ' ') {
                    word.push(next);
                }
            }
        }
        words.push(word);
    }
    Some(words)
}

pub(crate) fn unescape(letter: char) -> char {
    match letter {
        'r' => '\r',
        'n' => '\n',
        '0' => '\0',
        other => other,
    }
}
