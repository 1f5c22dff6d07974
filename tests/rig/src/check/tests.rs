//! The judge finds what is planted, and nothing where nothing is wrong.

use std::time::Duration;

use super::*;
use crate::{data::Content, wire::Value, workload::Kind};

/// What a test says of a cycle.
#[derive(Default)]
struct Case {
    history: Vec<Issued>,
    passes: HashMap<Token, Vec<Pass>>,
    data: Data,
    deposed: BTreeSet<usize>,
    unproven: BTreeSet<usize>,
}

impl Case {
    /// A write of caller 1, and a pass of it over connection 7 of node 0 for each reply (`None`: it left, and no reply came).
    fn write(&mut self, kind: Kind, key: &str, told: Told, replies: &[Option<Value>]) -> Token {
        let place = self.history.len() as u64 + 1;
        let token = Token::new(place);
        for reply in replies {
            let all = self.passes.entry(token).or_default();
            let seen = place * 100 + all.len() as u64 * 10;
            all.push(Pass {
                node: 0,
                conn: 7,
                place,
                name: "TEST".into(),
                asking: false,
                left: true,
                reached: true,
                told: reply.as_ref().map(|_| seen + 5),
                reply: reply.clone(),
                seen,
                at: Duration::ZERO,
            });
        }
        let key = key.to_owned();
        self.history.push(Issued { token: Some(token), kind, key, caller: 1, place, at: Duration::ZERO, told });
        token
    }

    fn acknowledged(&mut self, kind: Kind, key: &str) -> Token {
        let reply = Value::Int(i64::try_from(self.history.len()).unwrap() + 1);
        self.write(kind, key, Told::Reply(reply.clone()), &[Some(reply)])
    }

    fn unknown(&mut self, kind: Kind, key: &str) -> Token {
        self.write(kind, key, Told::Unknown("lost".into()), &[None])
    }

    fn pop(&mut self, key: &str, element: Token) {
        let reply = Value::List(vec![Value::Text(key.into()), Value::Text(element.to_string())]);
        self.write(Kind::Pop, key, Told::Reply(reply.clone()), &[Some(reply)]);
    }

    fn holds(&mut self, key: &str, tokens: &[Token]) {
        self.data.insert(key.into(), Content::Tokens(tokens.to_vec()));
    }

    fn judgement(&self) -> Judgement {
        let Self { history, passes, data, deposed, unproven } = self;
        judge(&Evidence { history, passes, data, holds: true, deposed, unproven })
    }

    /// The defects found.
    fn defects(&self) -> Vec<Defect> {
        self.judgement().findings.iter().map(|finding| finding.defect).collect()
    }
}

fn moved() -> Option<Value> {
    Some(Value::Error("MOVED 1 127.0.0.1:1".into()))
}

#[test]
fn acknowledged_in_order_and_unknown_either_way_is_right() {
    let mut case = Case::default();
    let (a, _gone, b) =
        (case.acknowledged(Kind::List, "k"), case.unknown(Kind::List, "k"), case.acknowledged(Kind::List, "k"));
    let there = case.unknown(Kind::List, "k");
    case.holds("k", &[a, b, there]);
    assert_eq!(case.defects(), []);
}

#[test]
fn an_element_that_is_there_twice_is_a_double_execution() {
    let mut case = Case::default();
    let a = case.acknowledged(Kind::List, "k");
    case.holds("k", &[a, a]);
    assert_eq!(case.defects(), [Defect::Double]);
}

#[test]
fn elements_of_one_caller_in_another_order_are_reordered() {
    let mut case = Case::default();
    let (a, b) = (case.acknowledged(Kind::List, "k"), case.acknowledged(Kind::List, "k"));
    case.holds("k", &[b, a]);
    assert_eq!(case.defects(), [Defect::Reordered]);
}

#[test]
fn what_nobody_knows_may_run_behind_later_calls_at_a_node_that_would_not_end_its_connection() {
    let mut case = Case::default();
    let (late, a) = (case.unknown(Kind::List, "k"), case.acknowledged(Kind::List, "k"));
    let (old, b) = (case.unknown(Kind::Register, "r"), case.acknowledged(Kind::Register, "r"));
    case.holds("k", &[a, late]);
    case.holds("r", &[old]);
    let mut read = case.history[3].clone();
    (read.token, read.kind, read.place) = (None, Kind::Read, 5);
    read.told = Told::Reply(Value::Text(old.to_string()));
    case.history.push(read);
    let wrong = [Defect::Reordered, Defect::WrongReply, Defect::Lost];
    assert_eq!(case.defects(), wrong, "{b} is lost");
    case.unproven.insert(0);
    assert_eq!(case.defects(), wrong, "in one pipeline it is not allowed there either");
    for (issued, ms) in case.history.iter_mut().zip(0..) {
        issued.at = Duration::from_millis(ms);
    }
    assert_eq!(case.defects(), []);
    case.unproven = BTreeSet::from([1]);
    assert_eq!(case.defects(), wrong, "another node");
}

#[test]
fn a_write_that_was_told_not_to_have_run_must_not_be_there() {
    let mut case = Case::default();
    let a = case.write(Kind::List, "k", Told::NotExecuted("Expired".into()), &[moved()]);
    case.holds("k", &[a]);
    assert_eq!(case.defects(), [Defect::Phantom]);
}

#[test]
fn told_not_to_have_run_after_it_left_without_a_refusal_is_dishonest() {
    let mut case = Case::default();
    case.write(Kind::List, "k", Told::NotExecuted("Expired".into()), &[moved(), None]);
    case.holds("k", &[]);
    assert_eq!(case.defects(), [Defect::Dishonest]);
}

#[test]
fn a_write_is_sent_again_after_a_refusal_and_after_nothing_else() {
    let mut case = Case::default();
    let ok = Value::Int(1);
    let right = case.write(Kind::List, "k", Told::Reply(ok.clone()), &[moved(), Some(ok.clone())]);
    case.holds("k", &[right]);
    assert_eq!(case.defects(), []);
    let wrong = case.write(Kind::List, "k", Told::Reply(ok.clone()), &[None, Some(ok.clone())]);
    case.holds("k", &[right, wrong]);
    assert_eq!(case.defects(), [Defect::Resent]);
}

#[test]
fn a_write_that_may_run_twice_may_be_sent_twice() {
    let mut case = Case::default();
    let ok = Value::Text("OK".into());
    let token = case.write(Kind::Idempotent, "k", Told::Reply(ok.clone()), &[None, Some(ok)]);
    case.holds("k", &[token]);
    assert_eq!(case.defects(), []);
}

#[test]
fn asking_stands_only_behind_ask() {
    let mut case = Case::default();
    let ok = Value::Int(1);
    let token = case.write(Kind::List, "k", Told::Reply(ok.clone()), &[moved(), Some(ok)]);
    case.holds("k", &[token]);
    case.passes.get_mut(&token).unwrap()[1].asking = true;
    assert_eq!(case.defects(), [Defect::Shadow]);
    case.passes.get_mut(&token).unwrap()[0].reply = Some(Value::Error("ASK 1 127.0.0.1:1".into()));
    assert_eq!(case.defects(), []);
}

#[test]
fn a_reply_that_no_server_gave_is_wrong() {
    let mut case = Case::default();
    let token = case.write(Kind::List, "k", Told::Reply(Value::Int(2)), &[Some(Value::Int(1))]);
    case.holds("k", &[token]);
    assert_eq!(case.defects(), [Defect::WrongReply]);
}

#[test]
fn what_is_missing_is_lost_unless_its_primary_was_replaced_and_nothing_behind_it_is_there() {
    let mut case = Case::default();
    let (a, b) = (case.acknowledged(Kind::List, "k"), case.acknowledged(Kind::List, "k"));
    case.holds("k", &[a]);
    assert_eq!(case.defects(), [Defect::Lost]);
    case.deposed.insert(0);
    let judgement = case.judgement();
    assert!(judgement.findings.is_empty() && judgement.lost_tail == 1, "{judgement:?}");
    case.holds("k", &[b]);
    assert_eq!(case.defects(), [Defect::Lost]);
}

#[test]
fn what_may_have_run_twice_says_nothing_of_what_was_replicated() {
    let mut case = Case::default();
    let _lost = case.acknowledged(Kind::List, "k");
    let ok = Value::Text("OK".into());
    let twice = case.write(Kind::Idempotent, "r", Told::Reply(ok.clone()), &[None, Some(ok)]);
    case.holds("k", &[]);
    case.holds("r", &[twice]);
    case.deposed.insert(0);
    assert_eq!(case.defects(), []);
}

#[test]
fn a_counter_is_the_sum_of_what_was_acknowledged_and_of_some_of_the_unknown() {
    let mut case = Case::default();
    let [a, b] = [case.acknowledged(Kind::Counter, "k"), case.acknowledged(Kind::Counter, "k")].map(|token| token.0);
    let [x, y] = [case.unknown(Kind::Counter, "k"), case.unknown(Kind::Counter, "k")].map(|token| token.0);
    let mut of = |sum: u64| {
        case.data.insert("k".into(), Content::Number(i64::try_from(sum).unwrap()));
        case.defects()
    };
    assert_eq!(of(a + b + y), []);
    assert_eq!(of(a + b + x + y), []);
    assert_eq!(of(a + b + a), [Defect::Double]);
    assert_eq!(of(a), [Defect::Lost]);
}

#[test]
fn a_register_holds_the_last_acknowledged_value_or_a_later_unknown_one() {
    let mut case = Case::default();
    let (early, a, late) =
        (case.unknown(Kind::Register, "k"), case.acknowledged(Kind::Register, "k"), case.unknown(Kind::Register, "k"));
    for (token, expected) in [(a, vec![]), (late, vec![]), (early, vec![Defect::Lost])] {
        case.holds("k", &[token]);
        assert_eq!(case.defects(), expected);
    }
}

#[test]
fn a_caller_reads_what_it_wrote() {
    let mut case = Case::default();
    let (a, b) = (case.acknowledged(Kind::Register, "k"), case.acknowledged(Kind::Register, "k"));
    case.holds("k", &[b]);
    for (value, expected) in [(b, vec![]), (a, vec![Defect::WrongReply])] {
        let mut read = case.history[1].clone();
        (read.token, read.kind, read.place) = (None, Kind::Read, 3);
        read.told = Told::Reply(Value::Text(value.to_string()));
        case.history.truncate(2);
        case.history.push(read);
        assert_eq!(case.defects(), expected);
    }
}

#[test]
fn halves_of_a_pair_are_alike() {
    let mut case = Case::default();
    let (a, b) = (case.acknowledged(Kind::Pair, "k"), case.unknown(Kind::Pair, "k"));
    case.holds("k", &[b]);
    case.holds("k:twin", &[b]);
    assert_eq!(case.defects(), []);
    case.holds("k:twin", &[a]);
    assert_eq!(case.defects(), [Defect::Half]);
}

#[test]
fn an_element_is_handed_over_once_and_an_unknown_pop_may_have_taken_one() {
    let mut case = Case::default();
    let (a, b, _c) =
        (case.acknowledged(Kind::Queue, "q"), case.acknowledged(Kind::Queue, "q"), case.acknowledged(Kind::Queue, "q"));
    case.pop("q", a);
    case.holds("q", &[b]);
    assert_eq!(case.defects(), [Defect::Lost], "one is nowhere");
    case.unknown(Kind::Pop, "q");
    assert_eq!(case.defects(), []);
    case.pop("q", a);
    assert_eq!(case.defects(), [Defect::Double]);
}

#[test]
fn no_outcome_and_an_error_that_nobody_provoked_are_told() {
    let mut case = Case::default();
    case.write(Kind::List, "k", Told::Hanging, &[None]);
    let line = "WRONGTYPE Operation against a key".to_owned();
    case.write(Kind::List, "k", Told::Error(line.clone(), true), &[Some(Value::Error(line))]);
    case.holds("k", &[]);
    assert_eq!(case.defects(), [Defect::Hanging, Defect::Odd]);
}
