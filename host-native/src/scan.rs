//! Everything that a scan finds, page by page: keys of a whole cluster, elements of one key.

use std::{
    fmt,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    vec,
};

use bytes::Bytes;
use futures_core::Stream;

use crate::{
    call::Call,
    cluster::Cluster,
    command::{Args, CommandWriter, OneArg, ToArg},
    commands::{Commands, HscanOptions, ScanOptions, ScanPage, SscanOptions, ZscanOptions},
    error::Error,
    from_value::FromValue,
    session::Lane,
};

/// What a scan finds, as a stream; a page is asked for when the one before has been taken. It ends behind the first error.
///
/// What SCAN promises holds: what is there throughout is found, and may be found more than once.
#[must_use = "nothing is asked for before the first element is"]
pub struct Scan<T> {
    ask: Box<dyn Fn(u64) -> Call<ScanPage<T>> + Send>,
    page: Option<Call<ScanPage<T>>>,
    found: vec::IntoIter<T>,
    is_over: bool,
}

/// A key that is written again for each page.
struct Key(Args);

impl ToArg for Key {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        self.0.write_to(out);
    }
}

impl OneArg for Key {}

impl Cluster {
    /// The keys of all primaries: SCAN on each of them, never on a replica.
    ///
    /// Every key that is there throughout is found, also when its slot moves meanwhile: a node that does not own a slot
    /// from the beginning of its part to the end is not relied on for it. A key may be found twice where SCAN itself repeats
    /// it, where its slot moves while it is read, or where the connection to its node is lost. A slot that stays half moved
    /// for longer than slow commands may take ends the scan with an error.
    pub fn scan_iter(&self, options: ScanOptions) -> Scan<Bytes> {
        let (client, submit) = self.parts();
        let lane = Arc::new(Lane::new(client));
        let mut submit = submit.clone();
        Arc::make_mut(&mut submit).lane = Some(lane.id());
        let cluster = self.with_submit(submit).on_lane(lane);
        Scan::new(move |cursor| (&cluster).scan_with(cursor, options.clone()))
    }

    /// The fields of a hash with their values.
    pub fn hscan_iter(&self, key: impl OneArg, options: HscanOptions) -> Scan<(Bytes, Bytes)> {
        let (cluster, key) = (self.clone(), Key(Args::of(key)));
        Scan::new(move |cursor| (&cluster).hscan_with(&key, cursor, options.clone()))
    }

    /// The members of a set.
    pub fn sscan_iter(&self, key: impl OneArg, options: SscanOptions) -> Scan<Bytes> {
        let (cluster, key) = (self.clone(), Key(Args::of(key)));
        Scan::new(move |cursor| (&cluster).sscan_with(&key, cursor, options.clone()))
    }

    /// The members of a sorted set with their scores.
    pub fn zscan_iter(&self, key: impl OneArg, options: ZscanOptions) -> Scan<(Bytes, f64)> {
        let (cluster, key) = (self.clone(), Key(Args::of(key)));
        Scan::new(move |cursor| (&cluster).zscan_with(&key, cursor, options.clone()))
    }
}

impl<T> Scan<T>
where
    ScanPage<T>: FromValue,
{
    fn new(ask: impl Fn(u64) -> Call<ScanPage<T>> + Send + 'static) -> Self {
        let page = None;
        Self { ask: Box::new(ask), page, found: Vec::new().into_iter(), is_over: false }
    }

    /// The next element; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>>
    where
        T: Unpin,
    {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// All that is left, in one list.
    ///
    /// # Errors
    ///
    /// The first page that did not come.
    pub async fn all(mut self) -> Result<Vec<T>, Error>
    where
        T: Unpin,
    {
        let mut all = Vec::new();
        while let Some(found) = self.next().await {
            all.push(found?);
        }
        Ok(all)
    }
}

impl<T: Unpin> Stream for Scan<T>
where
    ScanPage<T>: FromValue,
{
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let scan = self.get_mut();
        let mut cursor = 0;
        loop {
            if let Some(found) = scan.found.next() {
                return Poll::Ready(Some(Ok(found)));
            }
            if scan.is_over {
                return Poll::Ready(None);
            }
            let page = scan.page.get_or_insert_with(|| (scan.ask)(cursor));
            let result = ready!(Pin::new(page).poll(cx));
            scan.page = None;
            match result {
                Ok(page) => {
                    cursor = page.cursor;
                    scan.is_over = cursor == 0;
                    scan.found = page.items.into_iter();
                    if !scan.is_over {
                        scan.page = Some((scan.ask)(cursor));
                    }
                }
                Err(error) => {
                    scan.is_over = true;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

impl<T> fmt::Debug for Scan<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scan").field("is_over", &self.is_over).finish_non_exhaustive()
    }
}
