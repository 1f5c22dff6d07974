//! The driver against engines that lie, trap, fill up or keep silent. None of them has a network.

use std::{
    collections::VecDeque,
    future::{Future, poll_fn},
    ops::Range,
    pin::Pin,
    sync::{Arc, Mutex},
    task::Poll,
    time::Duration,
};

use bytes::Bytes;
use slotpipe_core::{
    port::{
        Answers, Configure, Explained, Input, LaneId, Micros, Misuse, Note, Output, Outputs, Refused, Stats,
        SubmitOptions, Submitted, Ticket,
    },
    wire::tape::tag,
};
use tokio::time::timeout;

use crate::{
    CallOptions, Cluster, Commands, Outcome, Topology, Value,
    engine::{Broken, Engine, Make},
    replies::nth_name,
};

/// What an engine does with what it is given.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mood {
    /// Answers each command with its ticket.
    Honest,
    /// Answers nothing.
    Silent,
    /// Is full for so many submits, then says that there is room.
    Full(u32),
    /// Has never room for a command named CROWDED.
    Crowded,
    TrapsAtSubmit,
    TrapsAtPoll,
    /// Answers the first of a batch, then traps.
    TrapsHalfWay,
    AnswersStrangers,
    AnswersTwice,
    PointsOutside,
    TearsItsTape,
    NestsForEver,
    GivesTooFewTickets,
    GivesTicketsAgain,
}

const LIES: [Mood; 9] = [
    Mood::TrapsAtSubmit,
    Mood::TrapsAtPoll,
    Mood::AnswersStrangers,
    Mood::AnswersTwice,
    Mood::PointsOutside,
    Mood::TearsItsTape,
    Mood::NestsForEver,
    Mood::GivesTooFewTickets,
    Mood::GivesTicketsAgain,
];

#[derive(Default)]
struct Log {
    submitted: Vec<String>,
    cancelled: Vec<Range<u64>>,
    engines: usize,
}

struct Maker {
    moods: VecDeque<Mood>,
    log: Arc<Mutex<Log>>,
}

struct Fake {
    mood: Mood,
    next: u64,
    open: VecDeque<u64>,
    log: Arc<Mutex<Log>>,
}

impl Make for Maker {
    type Engine = Fake;

    fn make(&mut self, _: Micros) -> Result<Fake, Broken> {
        self.log.lock().unwrap().engines += 1;
        let mood = if self.moods.len() > 1 { self.moods.pop_front() } else { self.moods.front().copied() };
        Ok(Fake { mood: mood.unwrap(), next: 0, open: VecDeque::new(), log: Arc::clone(&self.log) })
    }
}

impl Engine for Fake {
    fn submit(&mut self, _: Micros, batch: Bytes, _: &SubmitOptions) -> Result<Result<Submitted, Refused>, Broken> {
        if self.mood == Mood::TrapsAtSubmit {
            return Err(Broken::new("trap"));
        }
        if let Mood::Full(left @ 1..) = self.mood {
            self.mood = Mood::Full(left - 1);
            return Ok(Err(Refused::Full));
        }
        if self.mood == Mood::Crowded && batch.windows(7).any(|name| name == b"CROWDED") {
            return Ok(Err(Refused::Full));
        }
        let mut count = 0;
        loop {
            let name = nth_name(&batch, count);
            if name.is_empty() {
                break;
            }
            self.log.lock().unwrap().submitted.push(name);
            count += 1;
        }
        let first = Ticket(self.next);
        self.open.extend(first.0..first.0 + count as u64);
        if self.mood != Mood::GivesTicketsAgain {
            self.next += count as u64;
        }
        let lost = u32::from(self.mood == Mood::GivesTooFewTickets);
        Ok(Ok(Submitted { first, count: u32::try_from(count).unwrap() - lost }))
    }

    fn handle(&mut self, _: Micros, _: Input) -> Result<(), Broken> {
        Ok(())
    }

    fn poll(&mut self, _: Micros, out: &mut Outputs) -> Result<(), Broken> {
        out.clear();
        if let Mood::Full(_) = self.mood {
            out.actions.push(Output::Note(Note::Room));
        }
        if self.open.is_empty() {
            return Ok(());
        }
        let buffer = Bytes::from_static(b"four");
        match self.mood {
            Mood::TrapsAtPoll => return Err(Broken::new("trap")),
            Mood::TrapsHalfWay if self.next == u64::MAX => return Err(Broken::new("trap")),
            Mood::TrapsHalfWay => {
                answer(&mut out.answers, self.open[0], &[tag::INT, 7, 0]);
                self.next = u64::MAX;
                out.actions.push(Output::Wait { until: Some(Micros(0)) });
            }
            Mood::Silent | Mood::GivesTicketsAgain => {}
            Mood::AnswersStrangers => answer(&mut out.answers, 999, &[tag::NULL]),
            Mood::AnswersTwice => (0..2).for_each(|_| answer(&mut out.answers, self.open[0], &[tag::NULL])),
            Mood::PointsOutside => {
                out.answers.buffers.push(buffer);
                answer(&mut out.answers, self.open[0], &[tag::BULK, 0, 2, 3]);
            }
            Mood::TearsItsTape => {
                answer(&mut out.answers, self.open[0], &[tag::INT, 7, 0]);
                out.answers.tape.truncate(6);
            }
            Mood::NestsForEver => {
                let mut body = vec![tag::ARRAY; 2_000];
                (1..2_000).step_by(2).for_each(|at| body[at] = 1);
                body.push(tag::NULL);
                answer(&mut out.answers, self.open[0], &body);
            }
            Mood::Honest | Mood::Full(_) | Mood::Crowded | Mood::GivesTooFewTickets | Mood::TrapsAtSubmit => {
                for ticket in self.open.drain(..) {
                    let low = u32::try_from(ticket).unwrap();
                    answer(&mut out.answers, ticket, &[tag::INT, low, 0]);
                }
            }
        }
        Ok(())
    }

    fn cancel(&mut self, _: Micros, tickets: Range<Ticket>) -> Result<(), Broken> {
        self.log.lock().unwrap().cancelled.push(tickets.start.0..tickets.end.0);
        Ok(())
    }

    fn release(&mut self, _: Micros, _: LaneId) -> Result<(), Broken> {
        Ok(())
    }

    fn configure(&mut self, _: Micros, _: Configure) -> Result<(), Broken> {
        Ok(())
    }

    fn explain(&mut self, _: &Bytes, _: &SubmitOptions) -> Result<Result<Vec<Explained>, Misuse>, Broken> {
        Ok(Ok(Vec::new()))
    }

    fn topology(&mut self) -> Result<Topology, Broken> {
        Ok(Topology::default())
    }

    fn stats(&mut self) -> Result<Stats, Broken> {
        Ok(Stats::default())
    }
}

fn answer(answers: &mut Answers, ticket: u64, body: &[u32]) {
    let low = u32::try_from(ticket).unwrap();
    answers.tape.extend([low, 0, 0, u32::try_from(body.len()).unwrap()]);
    answers.tape.extend(body);
}

/// A client whose engines have these moods, one after the other; the last one for ever.
async fn client(moods: &[Mood]) -> (Cluster, Arc<Mutex<Log>>) {
    let log = Arc::new(Mutex::new(Log::default()));
    let maker = Maker { moods: moods.iter().copied().collect(), log: Arc::clone(&log) };
    let db = Cluster::builder("h:1").lazy().connect_with(|_| maker).await.expect("lazy");
    (db, log)
}

async fn poll_once<F: Future + Unpin>(future: &mut F) -> bool {
    poll_fn(|cx| Poll::Ready(Pin::new(&mut *future).poll(cx).is_ready())).await
}

async fn let_the_driver_run() {
    tokio::time::sleep(Duration::from_millis(20)).await;
}

#[tokio::test]
async fn a_lying_engine_ends_what_is_open_as_unknown_and_the_next_call_gets_a_fresh_one() {
    for lie in LIES {
        let (db, log) = client(&[lie, Mood::Honest]).await;
        let (one, two) = timeout(Duration::from_secs(5), async {
            let mut pipe = db.pipeline();
            pipe.cmd("GET").arg("a");
            tokio::join!(db.incr("a"), async { pipe.execute_settled().await })
        })
        .await
        .expect("an outcome");
        // Its first answer was an answer.
        assert!(lie == Mood::AnswersTwice || one.is_err_and(|error| error.is_uncertain()), "{lie:?}");
        // What was not submitted yet is the fresh engine's.
        let outcomes = two.expect("outcomes");
        let lost = outcomes.iter().all(Outcome::is_uncertain);
        assert_eq!(lost, !matches!(lie, Mood::TrapsAtSubmit | Mood::GivesTooFewTickets), "{lie:?}: {outcomes:?}");
        assert!(db.cmd("GET").arg("b").await.is_ok());
        assert_eq!(log.lock().unwrap().engines, 2);
    }
}

#[tokio::test]
async fn what_was_answered_before_the_engine_broke_stays_answered() {
    let (db, _) = client(&[Mood::TrapsHalfWay, Mood::Honest]).await;
    let mut pipe = db.pipeline();
    pipe.cmd("GET").arg("a");
    pipe.cmd("GET").arg("b");
    let outcomes = pipe.execute_settled().await.expect("outcomes");
    assert_eq!(outcomes[0], Outcome::Reply(Value::Int(7)));
    assert!(matches!(&outcomes[1], Outcome::Unknown(unknown) if unknown.cause.contains("trap")), "{outcomes:?}");
}

#[tokio::test]
async fn engines_that_always_break_close_the_client() {
    let (db, log) = client(&[Mood::TrapsAtPoll]).await;
    let mut last = String::new();
    for _ in 0..10 {
        last = db.incr("a").await.expect_err("no engine works").code().to_owned();
    }
    assert_eq!(last, "CLOSED");
    assert!(log.lock().unwrap().engines < 10);
}

#[tokio::test]
async fn a_full_engine_is_asked_again_in_order() {
    let (db, log) = client(&[Mood::Full(3)]).await;
    let (a, b, c) = tokio::join!(db.cmd("A").into_future(), db.cmd("B").into_future(), db.cmd("C").into_future());
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    assert_eq!(log.lock().unwrap().submitted, ["A", "B", "C"]);
}

#[tokio::test]
async fn a_crowd_at_one_node_holds_up_nothing_that_goes_elsewhere_and_waits_no_longer_than_its_deadline() {
    let (db, log) = client(&[Mood::Crowded]).await;
    let db = db.with(CallOptions::new().deadline(Duration::from_millis(50)));
    let call = || {
        (&db).run::<Value>(|command| {
            command.arg("CROWDED");
        })
    };
    let mut pipe = db.pipeline();
    pipe.cmd("CROWDED");
    pipe.cmd("OTHER");
    let (first, one, second, two, outcomes) =
        tokio::join!(db.incr("a"), call(), db.incr("b"), call(), async { pipe.execute_settled().await });
    assert!(first.is_ok() && second.is_ok());
    for crowded in [one, two] {
        assert_eq!(crowded.expect_err("no room").code(), "OVERLOADED");
    }
    let outcomes = outcomes.expect("outcomes");
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::NotExecuted(_))), "{outcomes:?}");
    assert_eq!(outcomes.len(), 2);
    assert_eq!(log.lock().unwrap().submitted, ["INCR", "INCR"]);
}

#[tokio::test]
async fn dropped_calls_and_pipelines_are_cancelled_by_their_tickets() {
    let (db, log) = client(&[Mood::Silent]).await;
    let mut kept = db.incr("kept");
    let mut dropped = db.incr("dropped");
    assert!(!poll_once(&mut kept).await && !poll_once(&mut dropped).await);
    let mut pipe = db.pipeline();
    pipe.cmd("A");
    pipe.cmd("B");
    let mut running = Box::pin(pipe.execute());
    assert!(!poll_once(&mut running).await);
    let_the_driver_run().await;
    drop(dropped);
    drop(running);
    let_the_driver_run().await;
    assert_eq!(log.lock().unwrap().cancelled, [1..2, 2..4]);
}

#[tokio::test]
async fn what_is_dropped_before_it_was_submitted_is_not_submitted() {
    let (db, log) = client(&[Mood::Honest]).await;
    let (mut a, mut b, mut c) = (db.get("a"), db.incr("b"), db.get("c"));
    assert!(!poll_once(&mut a).await && !poll_once(&mut b).await && !poll_once(&mut c).await);
    drop(b);
    let (a, c) = (a.into_type::<i64>().await, c.into_type::<i64>().await);
    assert_eq!((a.ok(), c.ok()), (Some(0), Some(1)));
    assert_eq!(log.lock().unwrap().submitted, ["GET", "GET"]);
}

#[test]
fn calls_end_when_their_runtime_does() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let (db, mut open) = runtime.block_on(async {
        let (db, _) = client(&[Mood::Silent]).await;
        let mut open = db.incr("a");
        assert!(!poll_once(&mut open).await);
        let_the_driver_run().await;
        (db, open)
    });
    drop(runtime);
    let other = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    assert!(other.block_on(&mut open).is_err_and(|error| error.is_uncertain()));
    assert_eq!(other.block_on(db.incr("b")).expect_err("no driver").code(), "CLOSED");
}

#[tokio::test]
async fn abandoned_clients_stop_their_driver() {
    let (db, log) = client(&[Mood::Silent]).await;
    let_the_driver_run().await;
    drop(db);
    let_the_driver_run().await;
    assert_eq!(Arc::strong_count(&log), 1, "the engine is gone");
}
