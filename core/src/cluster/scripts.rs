//! Scripts by their hash: EVAL goes as EVALSHA where the connection's server has been given the script.
//!
//! Which scripts that are is known per connection, for a server that was started again has forgotten them. In a batch of
//! several commands the first use of a script on a connection goes as EVAL whatever is known: somebody may have flushed the
//! scripts, and a command that is sent again may be overtaken by those behind it. What follows it there goes by hash.

use alloc::vec::Vec;

use bytes::Bytes;
use sha1_smol::Sha1;

use super::Cluster;
use crate::{
    flight::{
        JobId,
        ledger::{Facts, Job, Ledger},
    },
    port::{LinkId, Ticket},
    sorted::SortedMap,
    wire::{
        encode,
        request::{Args, Requests},
    },
};

/// Scripts remembered per connection; when there are more, all are forgotten: they are sent once more.
const REMEMBERED: usize = 1_000;

/// By hash: the batch that has sent the script last, told by its first ticket.
type Known = SortedMap<[u8; 20], Ticket>;

#[derive(Debug, Default)]
pub(super) struct Scripts(SortedMap<LinkId, Known>);

impl Scripts {
    /// The words of a job, whose script may be called by its hash, if they are to be that on this connection.
    #[inline(never)]
    pub(super) fn by_hash(&mut self, link: LinkId, id: JobId, ledger: &mut Ledger) -> Option<Bytes> {
        let &job = ledger.job(id)?;
        let batch = ledger.batch(job.batch)?;
        let (first, is_single) = (batch.first, batch.count == 1);
        let (bytes, mut spans) = (ledger.bytes(job.source), Vec::new());
        Requests::new(bytes, job.start as usize).next(&mut spans)?.ok()?;
        let args = Args::new(bytes, &spans);
        let hash = Sha1::from(args.at(1)?).digest();
        if !self.0.contains(&link) {
            self.0.insert(link, Known::default());
        }
        let known = self.0.get_mut(&link)?;
        let is_known = known.get(&hash.bytes()).is_some_and(|&by| is_single || by == first);
        if !is_known && known.len() >= REMEMBERED {
            known.clear();
        }
        let words = is_known.then(|| called_by_hash(args, hash.bytes()));
        if !is_known {
            known.insert(hash.bytes(), first);
        }
        let facts = &mut ledger.job_mut(id)?.facts;
        facts.clear(Facts::HASHED);
        if is_known {
            facts.set(Facts::HASHED);
        }
        words
    }

    /// The connection is gone, or its server has forgotten its scripts.
    pub(super) fn forget(&mut self, link: LinkId) {
        self.0.remove(&link);
    }
}

impl Cluster {
    /// NOSCRIPT: the script has not run, and is sent as it is.
    pub(super) fn not_known(&mut self, id: JobId, job: &Job) {
        self.scripts.forget(job.link);
        self.ledger_mut(id, |job| job.facts.clear(Facts::HASHED));
        self.again(id, job, 0);
    }
}

/// EVAL as EVALSHA, EVAL_RO as EVALSHA_RO.
fn called_by_hash(args: Args<'_>, hash: [u8; 20]) -> Bytes {
    let mut digits = [0; 40];
    for (pair, byte) in digits.chunks_exact_mut(2).zip(hash) {
        pair.copy_from_slice(&[byte >> 4, byte & 15].map(|digit| b"0123456789abcdef"[usize::from(digit)]));
    }
    let name: &[u8] =
        if args.at(0).is_some_and(|name| name.len() == b"EVAL".len()) { b"EVALSHA" } else { b"EVALSHA_RO" };
    let mut words = Vec::new();
    encode::header(&mut words, args.len());
    encode::bulk(&mut words, name);
    encode::bulk(&mut words, &digits);
    for arg in args.iter().skip(2) {
        encode::bulk(&mut words, arg);
    }
    Bytes::from(words)
}
