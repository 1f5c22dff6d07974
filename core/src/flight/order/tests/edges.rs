//! What a hold allows, case by case: who may leave beside whom, and when the slot is free again.

use super::*;

const SLOT: u16 = 5;
const BYTES: u32 = 10;
const ONE: LinkId = LinkId(1);
const OTHER: LinkId = LinkId(2);

fn waiting(jobs: u32) -> Order {
    let mut order = Order::new();
    for job in 0..jobs {
        order.join_waiting(JobId(job), SLOT, BYTES, Micros(0));
    }
    order
}

#[test]
fn those_that_wait_leave_one_behind_the_other_on_the_connection_of_the_first() {
    let mut order = waiting(4);
    for job in 0..3 {
        order.fly(JobId(job), ONE);
        assert!(order.may_fly(SLOT, ONE), "behind {job}");
        assert!(!order.may_fly(SLOT, OTHER), "behind {job}");
    }
}

#[test]
fn a_refused_one_may_leave_behind_those_before_it_that_still_fly() {
    for before in [1, 2] {
        let mut order = Order::new();
        for job in 0..=before {
            order.join_flying(JobId(job), SLOT, BYTES, ONE);
        }
        order.refuse(JobId(before), Micros(0));
        assert!(order.may_fly(SLOT, ONE), "{before} fly before it");
        assert!(!order.may_fly(SLOT, OTHER), "{before} fly before it");
    }
}

#[test]
fn a_refused_one_waits_for_those_behind_it_that_still_fly() {
    let mut order = Order::new();
    order.join_flying(JobId(0), SLOT, BYTES, ONE);
    order.join_flying(JobId(1), SLOT, BYTES, ONE);
    order.refuse(JobId(0), Micros(0));
    assert!(!order.may_fly(SLOT, ONE));
    order.complete(JobId(1), true, &mut Vec::new());
    assert!(order.may_fly(SLOT, ONE) && order.may_fly(SLOT, OTHER));
}

#[test]
fn a_hold_ends_where_all_that_flies_is_on_the_owners_connection() {
    let mut order = waiting(1);
    order.fly(JobId(0), ONE);
    order.release(SLOT, Some(OTHER));
    assert!(order.is_held(SLOT), "it flies elsewhere");
    order.release(SLOT, None);
    assert!(order.is_held(SLOT), "the owner has no connection");
    order.release(SLOT, Some(ONE));
    assert!(!order.is_held(SLOT));
}

#[test]
fn those_that_wait_can_be_told_to_wait_longer_or_no_more() {
    let mut order = waiting(1);
    for at in [7, 3] {
        order.wait_until(SLOT, Micros(at));
        assert_eq!(order.first_waiting(SLOT), Some((JobId(0), Micros(at))));
    }
}

#[test]
fn the_bytes_that_wait_are_of_those_that_wait() {
    let mut order = waiting(3);
    assert_eq!((order.waiting(), order.waiting_bytes()), (3, 30));
    order.fly(JobId(0), ONE);
    assert_eq!((order.waiting(), order.waiting_bytes()), (2, 20));
    order.complete(JobId(1), false, &mut Vec::new());
    assert_eq!((order.waiting(), order.waiting_bytes()), (1, 10));
    order.refuse(JobId(0), Micros(0));
    assert_eq!((order.waiting(), order.waiting_bytes()), (2, 20));
}

#[test]
fn members_of_a_run_take_places_without_being_listed() {
    let mut order = Order::new();
    assert_eq!(order.next_seq(), 1);
    order.skip(3);
    assert_eq!(order.next_seq(), 4);
    order.join_flying(JobId(0), SLOT, BYTES, ONE);
    assert_eq!((order.next_seq(), order.listed), (5, 1));
    // Three members, named the latest first, and what came behind them.
    for (job, seq) in [(3, 3), (2, 2), (1, 1)] {
        order.precede(JobId(job), SLOT, BYTES, ONE, seq);
    }
    assert!(order.is_busy(SLOT) && order.listed == 4);
    let mut left = Vec::new();
    for job in [1, 2, 3, 0] {
        order.complete(JobId(job), true, &mut left);
    }
    assert_eq!((left, order.listed), (vec![JobId(1), JobId(2), JobId(3), JobId(0)], 0));
    assert!(!order.is_busy(SLOT));
}
