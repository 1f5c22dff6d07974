//! Small maps and sets in one sorted vector, and an agenda.
//!
//! A B-tree is the better structure for many entries, and four kilobytes of wasm for each kind of key. What is kept
//! here has few entries (connections, nodes, held slots), comes at the ends, or is gathered first and sorted once.

use alloc::{collections::VecDeque, vec::Vec};
use core::borrow::Borrow;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SortedMap<K, V>(Vec<(K, V)>);

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.0.binary_search_by(|(own, _)| own.borrow().cmp(key))
    }

    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|place| &self.0[place].1)
    }

    pub(crate) fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|place| &mut self.0[place].1)
    }

    pub(crate) fn contains<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// Whether the key is new; otherwise its value is replaced.
    #[inline(never)]
    pub(crate) fn insert(&mut self, key: K, value: V) -> bool {
        match self.place(&key) {
            Ok(place) => {
                self.0[place].1 = value;
                false
            }
            Err(place) => {
                self.0.insert(place, (key, value));
                true
            }
        }
    }

    /// Takes many and sorts once. `join` makes one of two values of the same key, whichever of them came first.
    pub(crate) fn gather(&mut self, more: impl IntoIterator<Item = (K, V)>, join: impl Fn(V, V) -> V)
    where
        V: Copy,
    {
        self.0.extend(more);
        self.0.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        self.0.dedup_by(|(key, value), (kept, joined)| {
            let is_same = key == kept;
            if is_same {
                *joined = join(*joined, *value);
            }
            is_same
        });
    }

    #[inline(never)]
    pub(crate) fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|place| self.0.remove(place).1)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.iter().map(|(key, _)| key)
    }

    pub(crate) fn into_keys(self) -> impl Iterator<Item = K> {
        self.0.into_iter().map(|(key, _)| key)
    }

    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        self.0.retain_mut(|(key, value)| keep(key, value));
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many keys are not below this one.
    pub(crate) fn len_from(&self, key: &K) -> usize {
        self.0.len() - self.place(key).unwrap_or_else(|place| place)
    }
}

pub(crate) type SortedSet<T> = SortedMap<T, ()>;

/// What is due when, earliest first. What is noted last is mostly due last, and the first is taken: both ends are
/// cheap at any length.
#[derive(Debug)]
pub(crate) struct Agenda<T>(VecDeque<T>);

impl<T> Default for Agenda<T> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

impl<T: Copy + Ord> Agenda<T> {
    #[inline(never)]
    pub(crate) fn insert(&mut self, item: T) -> bool {
        let place =
            if self.0.back().is_none_or(|&last| last < item) { Err(self.0.len()) } else { self.0.binary_search(&item) };
        let Err(place) = place else { return false };
        self.0.insert(place, item);
        true
    }

    #[inline(never)]
    pub(crate) fn remove(&mut self, item: &T) -> bool {
        let Ok(place) = self.0.binary_search(item) else { return false };
        self.0.remove(place);
        true
    }

    pub(crate) fn first(&self) -> Option<&T> {
        self.0.front()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }

    pub(crate) fn pop_first(&mut self) -> Option<T> {
        self.0.pop_front()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

impl<T> IntoIterator for Agenda<T> {
    type Item = T;
    type IntoIter = alloc::collections::vec_deque::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_finds_what_was_put_in_and_is_ascending() {
        let mut map = SortedMap::default();
        for key in [5, 1, 9, 3, 7] {
            assert!(map.insert(key, key * 10));
        }
        assert!(!map.insert(3, 33));
        assert!(map.keys().is_sorted());
        assert_eq!((map.get(&3), map.get(&4), map.len()), (Some(&33), None, 5));
        assert_eq!((map.remove(&9), map.remove(&9), map.contains(&9)), (Some(90), None, false));
        map.retain(|&key, _| key > 3);
        assert_eq!(map.iter().collect::<Vec<_>>(), [(&5, &50), (&7, &70)]);
    }

    #[test]
    fn what_is_gathered_is_ascending_and_one_per_key() {
        let mut map = SortedMap::default();
        map.insert(3, 30);
        map.gather([(5, 1), (1, 7), (3, 31), (5, 4), (3, 2)], i32::max);
        assert_eq!(map.iter().collect::<Vec<_>>(), [(&1, &7), (&3, &31), (&5, &4)]);
        assert_eq!(map.into_keys().collect::<Vec<_>>(), [1, 3, 5]);
    }

    #[test]
    fn an_agenda_gives_the_earliest_first_and_each_once() {
        let mut agenda = Agenda::default();
        for at in [4, 2, 8, 6, 2] {
            agenda.insert(at);
        }
        assert!(agenda.remove(&6));
        assert!(!agenda.remove(&6));
        assert_eq!(core::iter::from_fn(|| agenda.pop_first()).collect::<Vec<_>>(), [2, 4, 8]);
        assert_eq!(agenda.len(), 0);
    }
}
