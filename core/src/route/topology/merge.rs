//! Several nodes' views brought together, pure: who is a member, under which address, with which role; and which
//! member owns a slot.
//!
//! Of a node, the view that knows its greatest config epoch is believed (the first such). Of a slot, the claim with
//! the greatest config epoch; where epochs tie or are unknown, what most views say; else the first view. A claim for a
//! node that was itself asked, and names another, does not count.

use alloc::{collections::BinaryHeap, vec, vec::Vec};

use super::{
    NOBODY,
    view::{Seen, Standing, View},
};
use crate::{
    port::Address,
    route::slot::{SLOTS, Slot},
    sorted::SortedMap,
};

/// The nodes of all views.
#[derive(Debug)]
pub(super) struct Merged<'v> {
    views: &'v [View],
    pub(super) members: Vec<Member<'v>>,
    /// Per view, the member behind each of its nodes.
    index: Vec<Vec<u16>>,
}

/// One node as all views together show it.
#[derive(Debug)]
pub(super) struct Member<'v> {
    /// As the most trustworthy view shows it.
    pub(super) seen: &'v Seen,
    /// Which view that is.
    view: usize,
    /// Where it is reached.
    pub(super) address: Option<&'v Address>,
    address_is_named: bool,
    /// Its other addresses in any view.
    pub(super) others: Vec<&'v Address>,
    /// The highest that any view gives it.
    pub(super) standing: Standing,
    /// Views that call it healthy, minus views that call it failing.
    health: i32,
}

impl Member<'_> {
    /// Most of the views that list it say so.
    pub(super) fn is_failing(&self) -> bool {
        self.health < 0
    }
}

impl<'v> Merged<'v> {
    /// `is_current`: the address is one that the map uses now. Where no server names a node's host, this keeps
    /// addresses from changing with the host that happened to be asked.
    pub(super) fn new(views: &'v [View], is_current: impl Fn(&Address) -> bool) -> Self {
        let mut members: Vec<Member<'v>> = Vec::new();
        let mut by_key: SortedMap<(&str, Option<&Address>), u16> = SortedMap::default();
        let mut index = Vec::with_capacity(views.len());
        for (view_number, view) in views.iter().enumerate() {
            let mut of_view = vec![NOBODY; view.nodes.len()];
            for (seen, number) in view.nodes.iter().zip(&mut of_view) {
                let key = (seen.name.as_str(), if seen.name.is_empty() { seen.address.as_ref() } else { None });
                if let Some(&known) = by_key.get(&key) {
                    *number = known;
                    members[usize::from(known)].add(seen, view_number, &is_current);
                    continue;
                }
                let Some(next) = u16::try_from(members.len()).ok().filter(|&next| next != NOBODY) else { break };
                *number = next;
                by_key.insert(key, next);
                members.push(Member::new(seen, view_number));
            }
            index.push(of_view);
        }
        Self { views, members, index }
    }

    /// The members by how much they matter: owners first.
    pub(super) fn by_standing(&self) -> Vec<usize> {
        // A heap sorts in a tenth of the code that a slice's sort brings; equals stay in their order by their number.
        let order = self.members.iter().enumerate().map(|(member, seen)| (seen.standing, member));
        order.collect::<BinaryHeap<_>>().into_sorted_vec().into_iter().map(|(_, member)| member).collect()
    }

    /// The member whose replica a member is.
    pub(super) fn primary(&self, member: &Member<'v>) -> Option<usize> {
        self.member_of(member.view, member.seen.primary?)
    }

    /// The members that SLOTS lists behind a primary.
    pub(super) fn replicas(&self, primary: &Member<'v>) -> impl Iterator<Item = usize> {
        primary.seen.replicas.iter().filter_map(|&replica| self.member_of(primary.view, replica))
    }

    /// The node that was asked in each view.
    pub(super) fn asked(&self) -> impl Iterator<Item = usize> {
        self.views.iter().enumerate().filter_map(|(view, content)| self.member_of(view, content.myself?))
    }

    /// Slots being moved, with the member that says so.
    pub(super) fn moving(&self) -> impl Iterator<Item = (Slot, usize)> {
        self.views.iter().enumerate().flat_map(move |(view, content)| {
            content.moving.iter().filter_map(move |&(slot, teller)| Some((slot, self.member_of(view, teller)?)))
        })
    }

    /// The owner of each slot among `numbers` (the map's number per member, [`NOBODY`] for those without).
    pub(super) fn owners(&self, numbers: &[u16]) -> Vec<u16> {
        let numbered: Vec<Vec<u16>> = self
            .index
            .iter()
            .map(|of_view| {
                of_view.iter().map(|&member| numbers.get(usize::from(member)).copied().unwrap_or(NOBODY)).collect()
            })
            .collect();
        // The views of nodes about themselves, by the map's numbers.
        let own: Vec<(u16, usize)> = (0..self.views.len())
            .filter_map(|view| Some((numbered[view][usize::from(self.views[view].myself?)], view)))
            .collect();
        let owner = |view: usize, slot: usize| Some(numbered[view][usize::from(self.views[view].owner(slot)?)]);
        let claim = |view: usize, slot: usize| -> Option<Claim> {
            let index = usize::from(self.views[view].owner(slot)?);
            let node = numbered[view][index];
            // Nobody owns what it says another does, whatever a third one has heard.
            let is_denied = |&(of, said): &(u16, usize)| {
                of == node && said != view && owner(said, slot).is_some_and(|named| named != node)
            };
            let counts = node != NOBODY && !own.iter().any(is_denied);
            counts.then(|| Claim { node, epoch: self.views[view].nodes[index].epoch })
        };
        // Slots come in ranges: what holds for one mostly holds for the next.
        let is_like_last =
            |slot: usize| slot > 0 && self.views.iter().all(|view| view.owner(slot) == view.owner(slot - 1));
        let mut owners: Vec<u16> = Vec::with_capacity(usize::from(SLOTS));
        for slot in 0..usize::from(SLOTS) {
            let last = owners.last().copied().filter(|_| is_like_last(slot));
            owners.push(last.unwrap_or_else(|| winner(|| (0..self.views.len()).filter_map(|view| claim(view, slot)))));
        }
        owners
    }

    /// Whether it is proven that a node in none of the views has left: NODES was read on a node that is part of a
    /// serving cluster. A node that was reset lists only itself, and proves nothing.
    pub(super) fn proves_absence(&self) -> bool {
        self.views.iter().any(|view| view.has_members && !view.owners.is_empty())
    }

    fn member_of(&self, view: usize, node: u16) -> Option<usize> {
        let member = *self.index.get(view)?.get(usize::from(node))?;
        (member != NOBODY).then_some(usize::from(member))
    }
}

impl<'v> Member<'v> {
    fn new(seen: &'v Seen, view: usize) -> Self {
        Self {
            seen,
            view,
            address: seen.address.as_ref(),
            address_is_named: seen.named,
            others: seen.others.iter().collect(),
            standing: seen.standing,
            health: health(seen),
        }
    }

    fn add(&mut self, seen: &'v Seen, view: usize, is_current: &impl Fn(&Address) -> bool) {
        if seen.epoch > self.seen.epoch {
            self.seen = seen;
            self.view = view;
        }
        self.standing = self.standing.min(seen.standing);
        self.health += health(seen);
        for other in &seen.others {
            if !self.others.contains(&other) {
                self.others.push(other);
            }
        }
        let Some(address) = seen.address.as_ref() else { return };
        let better = match self.address {
            None => true,
            Some(_) if seen.named != self.address_is_named => seen.named,
            Some(ours) => !seen.named && !is_current(ours) && is_current(address),
        };
        let loser = if better { self.address.replace(address) } else { Some(address) };
        if better {
            self.address_is_named = seen.named;
        }
        if let Some(loser) = loser
            && self.address != Some(loser)
            && !self.others.contains(&loser)
        {
            self.others.push(loser);
        }
    }
}

fn health(seen: &Seen) -> i32 {
    if seen.failing { -1 } else { 1 }
}

#[derive(Clone, Copy)]
struct Claim {
    node: u16,
    epoch: Option<u64>,
}

/// The node whose claim counts.
fn winner<I: Iterator<Item = Claim>>(claims: impl Fn() -> I) -> u16 {
    let Some(epoch) = claims().map(|claim| claim.epoch).max() else { return NOBODY };
    let newest = || claims().filter(|claim| claim.epoch == epoch);
    let mut best = (NOBODY, 0);
    for claim in newest() {
        let votes = newest().filter(|other| other.node == claim.node).count();
        if votes > best.1 {
            best = (claim.node, votes);
        }
    }
    best.0
}
