//! The ledger's books: everything opened is handed out once and its place freed when nobody holds on to it.

use alloc::vec::Vec;

use super::*;

/// A ledger with one batch of `count` commands, and a job of it.
fn ledger(count: u32) -> (Ledger, Index, Job) {
    let mut ledger = Ledger::default();
    let source = ledger.keep(Bytes::from_static(b"*1\r\n$4\r\nPING\r\n"));
    let first = ledger.number(count);
    let batch = ledger.open_batch(Batch {
        options: SubmitOptions::default(),
        source,
        first,
        count,
        admitted: 0,
        cursor: 0,
        open: 0,
        open_bytes: 0,
        any: None,
        deadlines: Vec::new(),
        cancelled: SortedSet::default(),
        unknown_keys: SortedMap::default(),
        cooking: false,
        reads: None,
    });
    let job = Job {
        ticket: first,
        deadline: Micros(0),
        batch,
        source,
        start: 0,
        len: 14,
        gather: NONE,
        part: 0,
        link: LinkId(0),
        slot: NO_SLOT,
        row: RowId::STRANGER,
        node: NodeId(0),
        asked: None,
        shape: Shape::Any,
        hops: 0,
        attempts: 0,
        facts: Facts::default(),
        last: Last::Nothing,
        adrift: None,
    };
    (ledger, batch, job)
}

fn open(ledger: &Ledger) -> [u32; 3] {
    let census = ledger.census();
    [census.jobs, census.batches, census.sources]
}

#[test]
fn tickets_count_up_without_gaps() {
    let mut ledger = Ledger::default();
    assert_eq!(ledger.number(3), Ticket(0));
    assert_eq!(ledger.number(0), Ticket(3));
    assert_eq!(ledger.number(1), Ticket(3));
    assert_eq!(ledger.number(1), Ticket(4));
}

#[test]
fn a_job_is_closed_once() {
    let (mut ledger, _, job) = ledger(1);
    let id = ledger.open_job(job);
    assert_eq!(ledger.close(id).map(|job| job.ticket), Some(Ticket(0)));
    assert!(ledger.close(id).is_none());
    assert_eq!(ledger.open_jobs_where(|_| true).len(), 0);
}

#[test]
fn a_closed_job_keeps_its_place_until_neither_link_nor_order_holds_it() {
    let (mut ledger, _, mut job) = ledger(1);
    job.facts.set(Facts::HELD | Facts::LISTED);
    let id = ledger.open_job(job);
    ledger.close(id);
    ledger.free(id);
    ledger.unhold(id, Facts::LISTED);
    assert!(ledger.job(id).is_some_and(|job| job.facts.has(Facts::CLOSED)));
    ledger.unhold(id, Facts::HELD);
    assert!(ledger.job(id).is_none());
    assert_eq!(ledger.open_job(job), id, "the place is used again");
}

#[test]
fn an_open_job_is_not_freed() {
    let (mut ledger, _, mut job) = ledger(1);
    job.facts.set(Facts::HELD);
    let id = ledger.open_job(job);
    ledger.unhold(id, Facts::HELD);
    assert_eq!(ledger.open_jobs_where(|_| true), [id]);
}

#[test]
fn bytes_are_kept_as_long_as_a_batch_or_a_job_needs_them() {
    let (mut ledger, batch, job) = ledger(1);
    let id = ledger.open_job(job);
    ledger.end_batch(batch);
    assert_eq!(ledger.bytes(job.source).len(), 14);
    assert_eq!(open(&ledger), [1, 0, 1]);
    ledger.close(id);
    ledger.free(id);
    assert_eq!(open(&ledger), [0, 0, 0]);
    assert!(ledger.bytes(job.source).is_empty());
}

#[test]
fn a_batch_is_over_when_all_of_it_was_admitted_and_nothing_is_open() {
    let (mut ledger, batch, _) = ledger(2);
    let batch = ledger.batch_mut(batch).unwrap();
    batch.admitted = 1;
    assert!(!batch.is_admitted() && !batch.is_over());
    (batch.admitted, batch.open) = (2, 1);
    assert!(batch.is_admitted() && !batch.is_over());
    batch.open = 0;
    assert!(batch.is_over());
}

#[test]
fn facts_are_bits_of_their_own() {
    let all = [
        Facts::READONLY,
        Facts::SCRIPT,
        Facts::BLOCKING,
        Facts::PINNED,
        Facts::SENT,
        Facts::LISTED,
        Facts::HELD,
        Facts::CLOSED,
        Facts::AFTER_UNKNOWN,
        Facts::UNKNOWN_KEYS,
        Facts::MAYBE_RAN,
        Facts::REAUTHENTICATED,
    ];
    let mut facts = Facts::default();
    for bit in all {
        assert!(!facts.has(bit));
        facts.set(bit);
    }
    for bit in all {
        facts.clear(bit);
        assert!(!facts.has(bit));
    }
    assert_eq!(facts, Facts::default());
}
