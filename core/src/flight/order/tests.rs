//! [`Order`] against a model that is obviously right: per slot a plain list of jobs, looked through each time.

use alloc::{vec, vec::Vec};

use super::*;

mod edges;

const SLOTS_USED: u16 = 3;
const LINKS: u32 = 3;

/// A job of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Is {
    Flying(u32),
    Waiting,
    Ran,
    Gone,
}

/// What [`Order`] promises, by looking at everything.
#[derive(Debug, Default)]
struct Model {
    lists: [Vec<(u32, Is)>; SLOTS_USED as usize],
    held: [bool; SLOTS_USED as usize],
}

impl Model {
    fn list(&self, slot: u16) -> &[(u32, Is)] {
        &self.lists[usize::from(slot)]
    }

    fn set(&mut self, slot: u16, job: u32, is: Is) {
        let entry = self.lists[usize::from(slot)].iter_mut().find(|(known, _)| *known == job);
        entry.unwrap().1 = is;
    }

    fn first_waiting(&self, slot: u16) -> Option<usize> {
        self.list(slot).iter().position(|(_, is)| *is == Is::Waiting)
    }

    fn flying(&self, slot: u16) -> Vec<u32> {
        self.list(slot)
            .iter()
            .filter_map(|(_, is)| if let Is::Flying(link) = is { Some(*link) } else { None })
            .collect()
    }

    /// Nothing flies elsewhere, and nothing behind the first waiting one flies.
    fn may_fly(&self, slot: u16, link: u32) -> bool {
        let first = self.first_waiting(slot).unwrap_or(usize::MAX);
        let behind = self.list(slot).iter().skip(first).any(|(_, is)| matches!(is, Is::Flying(_)));
        self.flying(slot).iter().all(|&other| other == link) && !behind
    }

    /// The head of the list leaves as long as it is settled.
    fn trim(&mut self, slot: u16) -> Vec<u32> {
        let list = &mut self.lists[usize::from(slot)];
        let settled = list.iter().take_while(|(_, is)| matches!(is, Is::Ran | Is::Gone)).count();
        list.drain(..settled).map(|(job, _)| job).collect()
    }

    fn ran(&self, slot: u16) -> Vec<u32> {
        self.list(slot).iter().filter(|(_, is)| *is == Is::Ran).map(|(job, _)| *job).collect()
    }
}

struct Random(u64);

impl Random {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from((self.0 >> 33) % u64::from(bound)).unwrap()
    }
}

/// Both, and the jobs that are free to be used again.
struct Pair {
    order: Order,
    model: Model,
    free: Vec<u32>,
    next: u32,
    random: Random,
    now: Micros,
}

impl Pair {
    fn new(seed: u64) -> Self {
        let random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        Self { order: Order::new(), model: Model::default(), free: Vec::new(), next: 0, random, now: Micros(0) }
    }

    fn new_job(&mut self) -> u32 {
        self.free.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        })
    }

    fn pick(&mut self, slot: u16, wanted: impl Fn(Is) -> bool) -> Option<u32> {
        let found: Vec<u32> = self.model.list(slot).iter().filter(|(_, is)| wanted(*is)).map(|(job, _)| *job).collect();
        let count = u32::try_from(found.len()).unwrap();
        (count > 0).then(|| found[self.random.below(count) as usize])
    }

    fn step(&mut self) {
        let slot = u16::try_from(self.random.below(u32::from(SLOTS_USED))).unwrap();
        self.now = Micros(self.now.0 + 1);
        match self.random.below(10) {
            0..=2 => self.join(slot),
            3 | 4 => self.refuse(slot),
            5 | 6 => self.complete(slot),
            7 | 8 => self.drain(slot),
            _ => self.release(slot),
        }
        self.compare(slot);
    }

    /// As `Cluster::place` does it.
    fn join(&mut self, slot: u16) {
        let (job, link) = (self.new_job(), self.random.below(LINKS));
        let waits = self.order.is_held(slot) || self.order.flies_elsewhere(slot, LinkId(link));
        assert_eq!(waits, self.model.held[usize::from(slot)] || self.model.flying(slot).iter().any(|&on| on != link));
        if waits {
            self.order.join_waiting(JobId(job), slot, 1, self.now);
            self.model.held[usize::from(slot)] = true;
        } else {
            self.order.join_flying(JobId(job), slot, 1, LinkId(link));
        }
        let is = if waits { Is::Waiting } else { Is::Flying(link) };
        self.model.lists[usize::from(slot)].push((job, is));
    }

    fn refuse(&mut self, slot: u16) {
        let Some(job) = self.pick(slot, |is| matches!(is, Is::Flying(_))) else { return };
        let first = self.model.first_waiting(slot);
        self.order.refuse(JobId(job), self.now);
        self.model.set(slot, job, Is::Waiting);
        self.model.held[usize::from(slot)] = true;
        // The instant is that of the first waiting one.
        if self.model.first_waiting(slot) != first {
            assert_eq!(self.order.first_waiting(slot), Some((JobId(job), self.now)));
        }
    }

    fn complete(&mut self, slot: u16) {
        let Some(job) = self.pick(slot, |is| matches!(is, Is::Flying(_) | Is::Waiting)) else { return };
        let ran = self.random.below(2) == 0;
        let mut left = Vec::new();
        self.order.complete(JobId(job), ran, &mut left);
        self.model.set(slot, job, if ran { Is::Ran } else { Is::Gone });
        let expected = self.model.trim(slot);
        assert_eq!(left.iter().map(|job| job.0).collect::<Vec<_>>(), expected);
        self.free.extend(expected);
    }

    /// As `Cluster::drain` does it.
    fn drain(&mut self, slot: u16) {
        let link = self.random.below(LINKS);
        let Some(at) = self.model.first_waiting(slot) else { return };
        let job = self.model.list(slot)[at].0;
        assert_eq!(self.order.first_waiting(slot).map(|(first, _)| first), Some(JobId(job)));
        let may_fly = self.order.may_fly(slot, LinkId(link));
        assert!(!may_fly || self.model.may_fly(slot, link), "{:?} may not leave {:?}", job, self.model.list(slot));
        if may_fly {
            self.order.fly(JobId(job), LinkId(link));
            self.model.set(slot, job, Is::Flying(link));
        }
    }

    fn release(&mut self, slot: u16) {
        let owner = LinkId(self.random.below(LINKS));
        self.order.release(slot, Some(owner));
        let is_over = self.model.first_waiting(slot).is_none();
        // Where everything has landed nothing may keep the slot, and what waits must.
        if is_over && self.model.flying(slot).is_empty() {
            assert!(!self.order.is_held(slot));
        }
        assert!(is_over || self.order.is_held(slot));
        self.model.held[usize::from(slot)] = self.order.is_held(slot);
    }

    fn compare(&mut self, slot: u16) {
        let (order, model) = (&self.order, &self.model);
        assert_eq!(order.is_held(slot), model.held[usize::from(slot)]);
        let first = model.first_waiting(slot).map(|at| JobId(model.list(slot)[at].0));
        assert_eq!(order.first_waiting(slot).map(|(job, _)| job), first);
        if order.is_held(slot) {
            assert_eq!(order.has_flying(slot), !model.flying(slot).is_empty());
        }
        let waiting = model.lists.iter().flatten().filter(|(_, is)| *is == Is::Waiting).count();
        assert_eq!(order.waiting(), waiting);
        let open: Vec<u32> = order.open_in(slot).map(|job| job.0).collect();
        let expected = model.list(slot).iter().filter(|(_, is)| matches!(is, Is::Flying(_) | Is::Waiting));
        assert_eq!(open, expected.map(|(job, _)| *job).collect::<Vec<_>>());
        let ran: Vec<u32> = order.ran_in(slot).map(|job| job.0).collect();
        assert_eq!(ran, model.ran(slot));
        if order.is_held(slot) {
            assert_eq!(order.ran(slot) as usize, ran.len());
        }
        assert!(model.list(slot).is_sorted_by_key(|(job, _)| order.place_of(JobId(*job))));
        for &(job, is) in model.list(slot) {
            let is_flying = matches!(is, Is::Flying(_));
            let waits_before = model.first_waiting(slot).is_some_and(|at| {
                model.list(slot).iter().position(|(known, _)| *known == job).is_some_and(|own| at < own)
            });
            assert_eq!(order.must_wait(JobId(job)), is_flying && waits_before);
        }
    }

    /// Everything that is open leaves and lands, one by one.
    fn wind_up(&mut self) {
        for slot in 0..SLOTS_USED {
            while let Some(job) = self.pick(slot, |is| matches!(is, Is::Flying(_))) {
                let mut left = Vec::new();
                self.order.complete(JobId(job), true, &mut left);
                self.model.set(slot, job, Is::Ran);
                self.model.trim(slot);
                self.compare(slot);
            }
            while let Some((job, _)) = self.order.first_waiting(slot) {
                assert!(self.order.may_fly(slot, LinkId(7)), "nothing flies, so the first may leave");
                self.order.fly(job, LinkId(7));
                let mut left = Vec::new();
                self.order.complete(job, true, &mut left);
                self.model.set(slot, job.0, Is::Ran);
                self.model.trim(slot);
                self.compare(slot);
            }
            self.order.release(slot, None);
            assert!(!self.order.is_held(slot), "nothing is open, so nothing is held");
            assert!(self.model.list(slot).is_empty());
        }
    }
}

#[test]
fn whatever_happens_the_order_is_that_of_a_plain_list() {
    for seed in 0..200 {
        let mut pair = Pair::new(seed);
        for _ in 0..300 {
            pair.step();
        }
        pair.wind_up();
    }
}

fn settled(order: &mut Order, job: u32, ran: bool) -> Vec<u32> {
    let mut left = Vec::new();
    order.complete(JobId(job), ran, &mut left);
    left.into_iter().map(|job| job.0).collect()
}

#[test]
fn what_has_run_stays_listed_as_evidence_while_an_earlier_one_is_open() {
    let mut order = Order::new();
    for job in 0..3 {
        order.join_flying(JobId(job), 5, 1, LinkId(0));
    }
    assert_eq!(settled(&mut order, 1, true), vec![]);
    order.refuse(JobId(0), Micros(0));
    assert_eq!(order.ran_in(5).collect::<Vec<_>>(), [JobId(1)]);
    assert!(order.place_of(JobId(0)) < order.place_of(JobId(1)));
    assert_eq!(settled(&mut order, 0, false), vec![0, 1]);
    assert_eq!(settled(&mut order, 2, true), vec![2]);
}

#[test]
fn what_never_ran_is_no_evidence() {
    let mut order = Order::new();
    order.join_flying(JobId(0), 5, 1, LinkId(0));
    order.join_flying(JobId(1), 5, 1, LinkId(0));
    settled(&mut order, 1, false);
    order.refuse(JobId(0), Micros(0));
    assert_eq!(order.ran(5), 0);
}

#[test]
fn slots_do_not_know_each_other() {
    let mut order = Order::new();
    order.join_flying(JobId(0), 5, 1, LinkId(0));
    order.join_flying(JobId(1), 6, 1, LinkId(0));
    order.refuse(JobId(0), Micros(9));
    assert!(order.is_held(5) && !order.is_held(6));
    assert_eq!(order.first_waiting(5), Some((JobId(0), Micros(9))));
    assert_eq!(settled(&mut order, 1, true), vec![1]);
}

#[test]
fn what_was_a_member_of_a_run_stands_before_all_that_is_listed() {
    let mut order = Order::new();
    let (first, link) = (order.next_seq(), LinkId(7));
    order.skip(2);
    assert!(!order.is_busy(1), "members are not listed");
    order.join_flying(JobId(0), 1, 1, link);
    assert!(order.is_busy(1) && !order.is_busy(2));
    order.precede(JobId(4), 1, 1, link, first + 1);
    order.precede(JobId(2), 1, 1, link, first);
    assert_eq!(order.open_in(1).collect::<Vec<_>>(), [JobId(2), JobId(4), JobId(0)]);
    assert!(order.place_of(JobId(2)) < order.place_of(JobId(4)) && order.place_of(JobId(4)) < order.place_of(JobId(0)));
    for job in [2, 4, 0] {
        assert_eq!(settled(&mut order, job, true), [job]);
    }
    assert!(!order.is_busy(1));
}

#[test]
fn a_member_alone_in_its_slot_becomes_head_and_tail() {
    let mut order = Order::new();
    order.skip(1);
    order.precede(JobId(3), 5, 1, LinkId(1), 1);
    order.join_flying(JobId(1), 5, 1, LinkId(1));
    assert_eq!(order.open_in(5).collect::<Vec<_>>(), [JobId(3), JobId(1)]);
}
