//! EVAL, EVALSHA, SCRIPT: a few words of Lua, enough for what a client can tell apart.
//!
//! A script is a row of `redis.call(…)` and `return …`; expressions are calls, `KEYS[n]`, `ARGV[n]`, texts, numbers,
//! `{…}`, `redis.error_reply(…)` and `redis.status_reply(…)`.

use super::{
    Argv, Conn, Model, NodeId,
    data::{self, integer},
    replication::Effect,
    resp::Reply,
    spec::{Lookup, lookup, slot_of},
};

impl Model {
    pub(super) fn eval(&mut self, conn: Conn, node: NodeId, argv: &Argv) -> Reply {
        let count = match integer(&argv[2]) {
            Err(error) => return error,
            Ok(count) if count < 0 => return Reply::error("ERR Number of keys can't be negative"),
            Ok(count) => usize::try_from(count).unwrap_or(usize::MAX),
        };
        if count > argv.len() - 3 {
            return Reply::error("ERR Number of keys can't be greater than number of args");
        }
        let by_name = argv[0].eq_ignore_ascii_case(b"EVALSHA");
        let name = if by_name { argv[1].to_ascii_lowercase() } else { sha1_hex(&argv[1]) };
        let known = self.node(node).scripts.get(&name).cloned();
        let body = match known {
            Some(body) => body,
            None if by_name => return Reply::error("NOSCRIPT No matching script. Please use EVAL."),
            None => {
                self.node_mut(node).scripts.insert(name.clone(), argv[1].clone());
                argv[1].clone()
            }
        };
        let Some(program) = parse(&body) else {
            return Reply::error(format!(
                "ERR Error compiling script (new function): user_script:1: this server knows less Lua than that: {}",
                String::from_utf8_lossy(&body)
            ));
        };
        let (keys, args) = argv[3..].split_at(count);
        let call = &mut |model: &mut Self, argv: &[Vec<u8>]| model.call_of_script(conn, node, argv);
        for statement in program {
            match self.evaluate(&statement.expression, keys, args, call) {
                Err(failure) => {
                    let (text, name) = (failure.failure().unwrap_or_default(), String::from_utf8_lossy(&name));
                    return Reply::error(format!("{text} script: {name}, on @user_script:{}.", statement.line));
                }
                Ok(value) if statement.returns => return value,
                Ok(_) => {}
            }
        }
        Reply::Null
    }

    pub(super) fn script_command(&mut self, node: NodeId, argv: &Argv) -> Reply {
        let scripts = &mut self.node_mut(node).scripts;
        match argv[1].to_ascii_uppercase().as_slice() {
            b"LOAD" => {
                let name = sha1_hex(&argv[2]);
                scripts.insert(name.clone(), argv[2].clone());
                Reply::Bulk(name)
            }
            b"EXISTS" => {
                let known = |name: &Vec<u8>| Reply::Int(scripts.contains_key(&name.to_ascii_lowercase()).into());
                Reply::Array(argv[2..].iter().map(known).collect())
            }
            _ => {
                scripts.clear();
                Reply::ok()
            }
        }
    }

    fn evaluate(
        &mut self,
        expression: &Expression,
        keys: &[Vec<u8>],
        args: &[Vec<u8>],
        call: &mut dyn FnMut(&mut Self, &[Vec<u8>]) -> Reply,
    ) -> Result<Reply, Reply> {
        let mut all = |model: &mut Self, items: &[Expression]| {
            items.iter().map(|item| model.evaluate(item, keys, args, call)).collect::<Result<Vec<_>, _>>()
        };
        let at = |list: &[Vec<u8>], index: usize| list.get(index.wrapping_sub(1)).map_or(Reply::Null, Reply::bulk);
        Ok(match expression {
            Expression::Key(index) => at(keys, *index),
            Expression::Arg(index) => at(args, *index),
            Expression::Text(text) => Reply::bulk(text),
            Expression::Number(number) => Reply::Int(*number),
            Expression::Nil => Reply::Null,
            Expression::Table(items) => Reply::Array(all(self, items)?),
            Expression::Status(text) => Reply::Simple(text_of(&all(self, std::slice::from_ref(text))?[0])),
            // The value of a call, not a failure: the script goes on, and its caller sees the text as it is.
            Expression::Failure(text) => Reply::Error(text_of(&all(self, std::slice::from_ref(text))?[0])),
            Expression::Call(words) => {
                let words: Argv = all(self, words)?.iter().map(|word| text_of(word).into_bytes()).collect();
                let reply = flat(call(self, &words));
                if reply.failure().is_some() {
                    return Err(reply);
                }
                reply
            }
        })
    }

    fn call_of_script(&mut self, conn: Conn, node: NodeId, argv: &[Vec<u8>]) -> Reply {
        let spec = match argv.first().map(|_| lookup(argv)) {
            Some(Lookup::Found(spec)) => spec,
            _ => return Reply::error("ERR Unknown Redis command called from script"),
        };
        if !spec.fits(argv.len()) {
            return Reply::error("ERR Wrong number of args calling Redis command from script");
        }
        if spec.has('o') {
            return Reply::error("ERR This Redis command is not allowed from script");
        }
        if let Some(Reply::Error(text)) = self.forbidden(conn, spec, argv) {
            return Reply::error(if text.contains("keys") {
                "ERR The user executing the script can't access at least one of the keys mentioned in the command arguments"
            } else {
                "ERR The user executing the script can't run this command or subcommand"
            });
        }
        match spec.name {
            "ping" => return Reply::Simple("PONG".into()),
            "echo" => return Reply::bulk(&argv[1]),
            _ => {}
        }
        if spec.has('w') && self.node(node).primary().is_some() {
            return Reply::error("READONLY You can't write against a read only replica.");
        }
        if spec.has('m') && self.node(node).out_of_memory {
            return Reply::error("OOM command not allowed when used memory > 'maxmemory'.");
        }
        let here = |key: &&[u8]| self.node(node).view.owner(slot_of(key)) == Some(node);
        let asked = self.conns.get(&conn).is_some_and(|session| session.asking);
        if self.node(node).primary().is_none() && !asked && !spec.keys(argv).iter().all(here) {
            return Reply::error("ERR Script attempted to access a non local key in a cluster node");
        }
        let name = spec.name;
        let now = self.now;
        let db = &mut self.node_mut(node).db;
        let touched = db.touched.len();
        let reply = data::run(db, name, argv, now);
        if db.touched.len() > touched {
            self.node_mut(node).effects.push(Effect::Run(argv.to_vec()));
        }
        reply.unwrap_or_else(|| Reply::error("ERR This Redis command is not allowed from script"))
    }
}

fn text_of(value: &Reply) -> String {
    if let Reply::Bulk(bytes) = value {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    if let Reply::Int(number) = value {
        return number.to_string();
    }
    if let Reply::Simple(text) | Reply::Error(text) = value { text.clone() } else { String::new() }
}

/// A reply as a script sees it: in RESP2.
fn flat(reply: Reply) -> Reply {
    match reply {
        Reply::Set(items) => Reply::Array(items),
        Reply::Map(pairs) | Reply::Pairs(pairs) => {
            Reply::Array(pairs.into_iter().flat_map(|(key, value)| [key, flat(value)]).collect())
        }
        Reply::Double(number) => Reply::bulk(number.to_string()),
        Reply::NullArray => Reply::Null,
        Reply::Simple(_)
        | Reply::Error(_)
        | Reply::Int(_)
        | Reply::Bulk(_)
        | Reply::Null
        | Reply::Array(_)
        | Reply::Verbatim(_)
        | Reply::Keyed(_)
        | Reply::Push(_)
        | Reply::Nothing => reply,
    }
}

struct Statement {
    line: usize,
    returns: bool,
    expression: Expression,
}

enum Expression {
    Key(usize),
    Arg(usize),
    Text(Vec<u8>),
    Number(i64),
    Nil,
    Table(Vec<Expression>),
    Call(Vec<Expression>),
    Status(Box<Expression>),
    Failure(Box<Expression>),
}

fn parse(body: &[u8]) -> Option<Vec<Statement>> {
    let mut reader = Reader { rest: std::str::from_utf8(body).ok()?, line: 1 };
    let mut program = Vec::new();
    reader.skip();
    while !reader.rest.is_empty() {
        let line = reader.line;
        let returns = reader.eat("return");
        program.push(Statement { line, returns, expression: reader.expression()? });
        while reader.eat(";") {}
    }
    Some(program)
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
}

impl Reader<'_> {
    fn skip(&mut self) {
        while let Some(first) = self.rest.chars().next().filter(|first| first.is_whitespace()) {
            self.line += usize::from(first == '\n');
            self.rest = &self.rest[first.len_utf8()..];
        }
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.rest.strip_prefix(word);
        self.rest = found.unwrap_or(self.rest);
        if found.is_some() {
            self.skip();
        }
        found.is_some()
    }

    fn expression(&mut self) -> Option<Expression> {
        for (word, index) in [("KEYS[", true), ("ARGV[", false)] {
            if self.eat(word) {
                let at = usize::try_from(self.number()?).ok()?;
                return self.eat("]").then_some(if index { Expression::Key(at) } else { Expression::Arg(at) });
            }
        }
        if self.eat("redis.call(") {
            return Some(Expression::Call(self.list(")")?));
        }
        if self.eat("redis.error_reply(") {
            return Some(Expression::Failure(Box::new(self.list(")")?.pop()?)));
        }
        if self.eat("redis.status_reply(") {
            return Some(Expression::Status(Box::new(self.list(")")?.pop()?)));
        }
        if self.eat("{") {
            return Some(Expression::Table(self.list("}")?));
        }
        if self.eat("nil") || self.eat("false") {
            return Some(Expression::Nil);
        }
        match self.rest.chars().next()? {
            quote @ ('\'' | '"') => {
                let end = self.rest[1..].find(quote)?;
                let text = self.rest.as_bytes()[1..=end].to_vec();
                self.rest = &self.rest[end + 2..];
                self.skip();
                Some(Expression::Text(text))
            }
            _ => self.number().map(Expression::Number),
        }
    }

    fn list(&mut self, end: &str) -> Option<Vec<Expression>> {
        let mut items = Vec::new();
        while !self.eat(end) {
            items.push(self.expression()?);
            if !self.eat(",") && !self.rest.starts_with(end) {
                return None;
            }
        }
        Some(items)
    }

    fn number(&mut self) -> Option<i64> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(self.rest.len());
        let number = self.rest[..end].parse().ok()?;
        self.rest = &self.rest[end..];
        self.skip();
        Some(number)
    }
}

/// The name of a script.
fn sha1_hex(bytes: &[u8]) -> Vec<u8> {
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    padded.extend_from_slice(&(bytes.len() as u64 * 8).to_be_bytes());
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    for block in padded.chunks(64) {
        let mut words = [0_u32; 80];
        for (word, bytes) in words.iter_mut().zip(block.chunks(4)) {
            *word = bytes.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
        }
        for at in 16..80 {
            words[at] = (words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16]).rotate_left(1);
        }
        let [mut a, mut b, mut c, mut d, mut e] = state;
        for (at, word) in words.into_iter().enumerate() {
            let (mix, constant) = match at {
                0..20 => (b & c | !b & d, 0x5a82_7999),
                20..40 => (b ^ c ^ d, 0x6ed9_eba1),
                40..60 => (b & c | b & d | c & d, 0x8f1b_bcdc_u32),
                _ => (b ^ c ^ d, 0xca62_c1d6),
            };
            let sum = a.rotate_left(5).wrapping_add(mix).wrapping_add(e).wrapping_add(constant).wrapping_add(word);
            (a, b, c, d, e) = (sum, a, b.rotate_left(30), c, d);
        }
        for (word, part) in state.iter_mut().zip([a, b, c, d, e]) {
            *word = word.wrapping_add(part);
        }
    }
    state.iter().map(|word| format!("{word:08x}")).collect::<String>().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_scripts_are_their_sha1() {
        assert_eq!(sha1_hex(b""), b"da39a3ee5e6b4b0d3255bfef95601890afd80709");
        assert_eq!(sha1_hex(b"return 1"), b"e0e1f9fabfc9d4800c877a703b823ac0578ff8db");
        assert_eq!(sha1_hex(&[b'a'; 120]), b"f34c1488385346a55709ba056ddd08280dd4c6d6");
    }
}
