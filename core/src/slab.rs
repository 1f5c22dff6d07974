//! Things with a small number for a name: stored in one vector, places used again.

use alloc::vec::Vec;

#[derive(Debug)]
pub(crate) struct Slab<T> {
    places: Vec<Option<T>>,
    free: Vec<u32>,
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Self { places: Vec::new(), free: Vec::new() }
    }
}

impl<T> Slab<T> {
    /// # Panics
    /// At 2^32 things at once; every kind of thing kept here is bounded far below that.
    // A thing that is put together here is written where it stays, not copied there.
    #[inline]
    pub(crate) fn insert(&mut self, thing: T) -> u32 {
        if let Some(index) = self.free.pop() {
            self.places[index as usize] = Some(thing);
            return index;
        }
        let index = u32::try_from(self.places.len()).expect("slabs are bounded by the limits");
        self.places.push(Some(thing));
        index
    }

    #[inline(never)]
    pub(crate) fn remove(&mut self, index: u32) -> Option<T> {
        let thing = self.places.get_mut(index as usize)?.take()?;
        self.free.push(index);
        Some(thing)
    }

    /// [`Slab::remove`] for those who do not want it any more: nothing is moved.
    pub(crate) fn discard(&mut self, index: u32) {
        if let Some(place @ Some(_)) = self.places.get_mut(index as usize) {
            *place = None;
            self.free.push(index);
        }
    }

    #[inline]
    pub(crate) fn get(&self, index: u32) -> Option<&T> {
        self.places.get(index as usize)?.as_ref()
    }

    #[inline]
    pub(crate) fn get_mut(&mut self, index: u32) -> Option<&mut T> {
        self.places.get_mut(index as usize)?.as_mut()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.places.iter_mut().flatten()
    }

    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.places.len() - self.free.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        (0u32..).zip(&self.places).filter_map(|(index, place)| Some((index, place.as_ref()?)))
    }
}
