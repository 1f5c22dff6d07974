//! The callers' vocabulary: commands that carry a token of their own wherever they go, so that whoever sees one, on a
//! wire or in a server's log, knows whose it is.
//!
//! A value carries its token as `~17~`. A read of one key carries it in a range's end that is far behind any value's, a
//! command of many keys as a further key of the same slot, `{a}~17~`.

use super::{
    day::PartKey,
    fans::{merge, spelled},
    many::is_of_sets,
    random::Random,
    recipes::is_recipe,
};
use crate::model::slot_of;

/// Numbers above this are tokens in disguise.
const FAR: u64 = 1_000_000_000;

/// One command to be.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) words: Vec<Vec<u8>>,
    pub(super) writes: bool,
    pub(super) blocks: Option<u64>,
}

/// What kinds of commands there are, and how often each is drawn.
const KINDS: [(Kind, u64); 17] = [
    (Kind::Append, 30),
    (Kind::GetRange, 12),
    (Kind::Push, 8),
    (Kind::Range, 5),
    (Kind::SetGet, 8),
    (Kind::SetMany, 5),
    (Kind::SetAcross, 6),
    (Kind::GetMany, 3),
    (Kind::GetAcross, 5),
    (Kind::DeleteAcross, 3),
    (Kind::CountAcross, 3),
    (Kind::Script, 5),
    (Kind::Pop, 3),
    (Kind::Echo, 4),
    (Kind::PingAll, 2),
    (Kind::WrongType, 1),
    (Kind::Large, 1),
];

#[derive(Clone, Copy, Debug)]
enum Kind {
    Append,
    GetRange,
    Push,
    Range,
    SetGet,
    SetMany,
    SetAcross,
    GetMany,
    GetAcross,
    DeleteAcross,
    CountAcross,
    Script,
    Pop,
    Echo,
    PingAll,
    WrongType,
    Large,
}

/// A command over these hash tags, mostly the first.
pub(super) fn draw(random: &mut Random, token: u64, tags: &[&str]) -> Request {
    let total = KINDS.iter().map(|(_, weight)| weight).sum();
    let mut at = random.below(total);
    let kind = KINDS.iter().find(|(_, weight)| {
        let found = at < *weight;
        at = at.saturating_sub(*weight);
        found
    });
    make(kind.map_or(Kind::Echo, |(kind, _)| *kind), random, token, tags)
}

/// A command that may stand in a unit: with keys, all of them in one slot. EXEC lets nothing wait.
pub(super) fn draw_for_unit(random: &mut Random, token: u64, tag: &str) -> Request {
    loop {
        let request = draw(random, token, &[tag]);
        if request.blocks.is_none() && !keys_of(&request.words).is_empty() {
            return request;
        }
    }
}

/// What a listener says: it carries no token, for the core says it in words of its own.
pub(super) fn listen(words: Vec<Vec<u8>>) -> Request {
    read(words)
}

/// `PUBLISH` or `SPUBLISH`.
pub(super) fn publish(token: u64, name: &str, channel: &str) -> Request {
    write(vec![name.as_bytes().to_vec(), channel.as_bytes().to_vec(), mark(token)])
}

/// `WATCH` of one or two keys of a tag.
pub(super) fn watch(random: &mut Random, token: u64, tag: &str) -> Request {
    let mut words = vec![b"WATCH".to_vec(), format!("{{{tag}}}s{}", random.below(3)).into_bytes()];
    if random.one_in(2) {
        words.push(format!("{{{tag}}}v{}", random.below(2)).into_bytes());
    }
    words.push(own_key(tag, token));
    read(words)
}

/// `APPEND` to a key of a tag.
pub(super) fn append(token: u64, tag: &str, key: u64) -> Request {
    write(vec![b"APPEND".to_vec(), format!("{{{tag}}}s{key}").into_bytes(), mark(token)])
}

/// The whole of a string.
pub(super) fn get_range(token: u64, tag: &str, key: u64) -> Request {
    read(words(["GETRANGE", &format!("{{{tag}}}s{key}"), "0", &(FAR + token).to_string()]))
}

/// `SCAN` for a page of some keys, all of them: those that begin with neither `~` nor a digit.
pub(super) fn page(token: u64, count: u64) -> Request {
    read(words(["SCAN", "0", "COUNT", &count.to_string(), "MATCH", &format!("[^~{token}~]*")]))
}

/// Some keys of a tag, and nothing takes them away again.
pub(super) fn fill(token: u64, tag: &str, count: u64) -> Request {
    let pairs = (0..count).flat_map(|key| [format!("{{{tag}}}x{key}").into_bytes(), mark(token)]);
    write(std::iter::once(b"MSET".to_vec()).chain(pairs).collect())
}

/// Whether a key, once written, is there to the end: nobody deletes it, and nobody takes the last out of it.
pub(super) fn is_lasting(key: &[u8]) -> bool {
    key.iter().position(|&byte| byte == b'}').is_some_and(|end| b"slvx".contains(&key[end + 1]))
}

/// A key of what a command moves step by step: it names that command, so that whoever sees a step knows whose it is.
pub(super) fn moved_key(tag: &str, side: &str, token: u64) -> Vec<u8> {
    format!("{{{tag}}}{side}={token}=").into_bytes()
}

/// `SET`, `SETNX`, `RPUSH` or `SADD` of something that can be told from everything else.
pub(super) fn filled(name: &str, token: u64, key: &[u8], count: u64) -> Request {
    let contents = (0..count).map(|number| content(token, number));
    write([name.as_bytes().to_vec(), key.to_vec()].into_iter().chain(contents).collect())
}

/// One of the things that [`filled`] puts there.
pub(super) fn content(token: u64, number: u64) -> Vec<u8> {
    format!("~{token}~{number}").into_bytes()
}

/// All that [`filled`] puts there: what stands behind its name and the key.
pub(super) fn content_of(words: &[Vec<u8>]) -> Vec<&[u8]> {
    words.iter().skip(2).map(Vec::as_slice).collect()
}

/// `PEXPIRE`, after days: how many milliseconds says whose it is.
pub(super) fn ending(token: u64, key: &[u8]) -> Request {
    write(vec![b"PEXPIRE".to_vec(), key.to_vec(), (FAR + token).to_string().into_bytes()])
}

/// The key beside which a recipe has put a copy of another; of any other key, that key.
pub(super) fn original_of(key: &[u8]) -> &[u8] {
    let copied = key.windows(COPY.len()).position(|part| part == COPY);
    &key[..copied.unwrap_or(key.len())]
}

/// What stands in the name of a copy behind that of a key in whose slot it is.
const COPY: &[u8] = b":slotpipe:";

/// `ECHO`.
pub(super) fn echo(token: u64) -> Request {
    read(vec![b"ECHO".to_vec(), mark(token)])
}

/// Without arguments.
pub(super) fn bare(words: Vec<Vec<u8>>, writes: bool) -> Request {
    Request { words, writes, blocks: None }
}

/// Without keys: behind its name this, with the token in it, and then the rest.
pub(super) fn keyless(token: u64, name: &[&str], marked: &str, rest: &[&str]) -> Request {
    let marked = marked.replace("TOKEN", &format!("~{token}~"));
    let all = name.iter().copied().chain([marked.as_str()]).chain(rest.iter().copied());
    read(all.map(|word| word.as_bytes().to_vec()).collect())
}

/// `WAIT` for nobody, which is answered at once. How long it might have waited says whose it is.
pub(super) fn wait(token: u64) -> Request {
    let words = words(["WAIT", "0", &(FAR + token).to_string()]);
    Request { words, writes: false, blocks: Some(FAR + token) }
}

/// `BLPOP` of a key that somebody may push to.
pub(super) fn pop(random: &mut Random, token: u64, tag: &str) -> Request {
    make(Kind::Pop, random, token, &[tag])
}

/// Under a name that no server knows.
pub(super) fn stranger(token: u64, tag: &str) -> Request {
    write(vec![b"SIM.NOSUCH".to_vec(), format!("{{{tag}}}s0").into_bytes(), mark(token)])
}

fn make(kind: Kind, random: &mut Random, token: u64, tags: &[&str]) -> Request {
    let tag = tags[0];
    let mark = mark(token);
    let key = |family: char, number: u64| format!("{{{tag}}}{family}{number}").into_bytes();
    let name = |name: &str| name.as_bytes().to_vec();
    let far = (FAR + token).to_string().into_bytes();
    match kind {
        Kind::Append => append(token, tag, random.below(3)),
        Kind::GetRange => get_range(token, tag, random.below(3)),
        Kind::Push => write(vec![name("RPUSH"), key(random.pick(&['l', 'l', 'q']), random.below(2)), mark]),
        Kind::Range => read(vec![name("LRANGE"), key('l', random.below(2)), name("0"), far]),
        Kind::SetGet => write(vec![name("SET"), key('v', random.below(2)), mark, name("GET")]),
        Kind::SetMany => {
            write(vec![name("MSET"), key('v', 0), mark.clone(), key('v', 1), mark.clone(), key('d', 0), mark])
        }
        Kind::SetAcross => {
            let mut words = vec![name("MSET")];
            for tag in tags {
                words.extend([format!("{{{tag}}}v{}", random.below(2)).into_bytes(), mark.clone()]);
            }
            write(words)
        }
        Kind::GetMany => read(vec![name("MGET"), key('v', 0), key('v', 1), own_key(tag, token)]),
        Kind::GetAcross => across("MGET", 'v', token, tags, false),
        Kind::DeleteAcross => across("DEL", 'd', token, tags, true),
        Kind::CountAcross => across("EXISTS", 'd', token, tags, false),
        Kind::Script => write(vec![name("EVAL"), name("return ARGV[1]"), name("1"), key('s', random.below(3)), mark]),
        Kind::Pop => {
            let ms = random.pick(&[20, 100, 400]);
            let timeout = format!("{}.{ms:03}", ms / 1000).into_bytes();
            Request {
                words: vec![name("BLPOP"), key('q', random.below(2)), own_key(tag, token), timeout],
                writes: true,
                blocks: Some(ms),
            }
        }
        Kind::Echo => echo(token),
        Kind::PingAll => read(vec![name("PING"), mark]),
        Kind::WrongType => write(vec![name("RPUSH"), key('v', random.below(2)), mark]),
        Kind::Large => {
            let mut value = mark;
            value.resize(17_000 + random.index(30_000), b'.');
            write(vec![name("SET"), key('v', random.below(2)), value, name("GET")])
        }
    }
}

/// The keys of one slot do not stand together: what is put together from several replies has to be sorted again.
fn across(name: &str, family: char, token: u64, tags: &[&str], writes: bool) -> Request {
    let mut words = vec![name.as_bytes().to_vec()];
    words.extend(tags.iter().map(|tag| format!("{{{tag}}}{family}0").into_bytes()));
    words.extend(tags.iter().map(|tag| own_key(tag, token)));
    Request { words, writes, blocks: None }
}

fn mark(token: u64) -> Vec<u8> {
    format!("~{token}~").into_bytes()
}

fn own_key(tag: &str, token: u64) -> Vec<u8> {
    format!("{{{tag}}}~{token}~").into_bytes()
}

fn write(words: Vec<Vec<u8>>) -> Request {
    Request { words, writes: true, blocks: None }
}

fn read(words: Vec<Vec<u8>>) -> Request {
    Request { words, writes: false, blocks: None }
}

fn words<const N: usize>(words: [&str; N]) -> Vec<Vec<u8>> {
    words.iter().map(|word| word.as_bytes().to_vec()).collect()
}

/// Whose a request is, if it is a caller's.
pub(super) fn token_of(words: &[Vec<u8>]) -> Option<u64> {
    if let Some(token) = mover_of(words) {
        return Some(token);
    }
    if let Some(token) = spelled(words) {
        return Some(token);
    }
    if matches!(words[0].as_slice(), b"GETRANGE" | b"LRANGE" | b"PEXPIRE" | b"WAIT") {
        let end: u64 = std::str::from_utf8(words.last()?).ok()?.parse().ok()?;
        return end.checked_sub(FAR);
    }
    words.iter().skip(1).find_map(|word| marked(word))
}

/// Whose a request is, if it moves something or is a step of that. What fills its keys is none.
fn mover_of(words: &[Vec<u8>]) -> Option<u64> {
    let key = std::str::from_utf8(original_of(words.get(1)?)).ok()?;
    let (side, token) = key.strip_suffix('=')?.split_once('=')?;
    let is_filling = match words[0].as_slice() {
        b"SET" | b"SETNX" | b"PEXPIRE" => true,
        b"RPUSH" | b"SADD" => !side.ends_with("}to"),
        _ => false,
    };
    if is_filling { None } else { token.parse().ok() }
}

fn marked(word: &[u8]) -> Option<u64> {
    let from = word.iter().position(|&byte| byte == b'~')? + 1;
    let len = word[from..].iter().position(|&byte| byte == b'~')?;
    std::str::from_utf8(&word[from..from + len]).ok()?.parse().ok()
}

/// The tokens in a value, in order.
pub(super) fn tokens_in(value: &[u8]) -> impl Iterator<Item = u64> + '_ {
    value.split(|&byte| byte == b'~').filter_map(|text| std::str::from_utf8(text).ok()?.parse().ok())
}

/// The keys of a request of this vocabulary.
pub(super) fn keys_of(words: &[Vec<u8>]) -> Vec<&[u8]> {
    let all = || words.iter().map(Vec::as_slice);
    match words[0].as_slice() {
        b"ECHO" | b"SCAN" | b"WAIT" => Vec::new(),
        _ if merge(words).is_some() => Vec::new(),
        b"MSET" | b"MSETNX" => all().skip(1).step_by(2).collect(),
        b"MGET" | b"DEL" | b"EXISTS" | b"WATCH" => all().skip(1).collect(),
        b"BLPOP" => all().skip(1).take(words.len() - 2).collect(),
        _ if is_of_sets(words) => all().skip(1).collect(),
        // Where from, and where to.
        _ if is_recipe(words) => all().skip(1).take(2).collect(),
        b"EVAL" | b"EVALSHA" => all().skip(3).take(1).collect(),
        _ => all().skip(1).take(1).collect(),
    }
}

/// The slots of keys, each once, in the order in which they first appear.
pub(super) fn slots_of(keys: &[&[u8]]) -> Vec<u16> {
    let mut slots = Vec::new();
    for key in keys {
        let slot = slot_of(key);
        if !slots.contains(&slot) {
            slots.push(slot);
        }
    }
    slots
}

/// The parts that a command with these keys has when it goes by its keys.
pub(super) fn parts_of(keys: &[&[u8]]) -> Vec<PartKey> {
    let slots = slots_of(keys);
    if slots.is_empty() { vec![PartKey::Any] } else { slots.into_iter().map(PartKey::Slot).collect() }
}

/// RESP arrays of bulk strings, back to back.
pub(super) fn encode<'w>(requests: impl Iterator<Item = &'w [Vec<u8>]>) -> Vec<u8> {
    let mut out = Vec::new();
    for words in requests {
        out.extend_from_slice(format!("*{}\r\n", words.len()).as_bytes());
        for word in words {
            out.extend_from_slice(format!("${}\r\n", word.len()).as_bytes());
            out.extend_from_slice(word);
            out.extend_from_slice(b"\r\n");
        }
    }
    out
}
