//! Waiting for what comes when it comes: looked for again and again, and missed aloud.

use std::time::{Duration, Instant};

use slotpipe::Cluster;
use tokio::time::sleep;

const LIMIT: Duration = Duration::from_secs(10);

/// Asks until it holds.
///
/// # Panics
/// It has not held within ten seconds.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let began = Instant::now();
    while !holds().await {
        assert!(began.elapsed() < LIMIT, "waited in vain until {what}");
        sleep(Duration::from_millis(10)).await;
    }
}

/// Waits until nothing is open inside the core.
///
/// # Panics
/// Something still is after ten seconds.
pub async fn settled(db: &Cluster) {
    until("nothing is open", async || db.stats().await.unwrap().open.is_empty()).await;
}
