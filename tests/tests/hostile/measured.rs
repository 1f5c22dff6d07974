//! What this process allocates.

use std::{
    alloc::System,
    sync::{Mutex, MutexGuard, PoisonError},
};

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// One test at a time: counts are of the whole process.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    static LOCK: Mutex<()> = Mutex::new(());
    LOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How many bytes `run` allocates in all: what it holds at once is no more.
pub(crate) fn allocated(run: impl FnOnce()) -> usize {
    let count = counting();
    run();
    count()
}

/// Counts from now on, in the whole process.
pub(crate) fn counting() -> impl Fn() -> usize {
    let region = Region::new(ALLOCATOR);
    move || region.change().bytes_allocated
}
