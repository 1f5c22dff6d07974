//! Reads the input ahead of the network, by so much and no more.
//!
//! One thread reads blocks, one makes chunks of them; both wait when those behind them are full. When a pipe says nothing
//! for a moment, what has come so far goes out, so that a slow writer's commands do not wait for a full chunk.

use std::{
    io::{self, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};

use slotpipe_core::{
    route::{
        command::Blocks,
        table::{Lookup, Table},
    },
    wire::request::{Args, Requests},
};
use tokio::sync::mpsc;

use crate::cli::input::{BLOCK, BadInput, Chunk, Chunker, Size};

/// Blocks read ahead.
const BLOCKS_AHEAD: usize = 2;
/// Chunks made ahead.
const CHUNKS_AHEAD: usize = 1;
/// How long a pipe may pause before its commands go out as they are.
const PAUSE: Duration = Duration::from_millis(20);

/// The chunks of an input, in order; the first error is the last item.
pub(super) struct Feed {
    chunks: mpsc::Receiver<Result<Chunk, BadInput>>,
    bytes: Arc<AtomicU64>,
}

impl Feed {
    /// Begins to read. The threads end when the input or this value does (a blocked read excepted, which ends with the
    /// process).
    pub(super) fn start(reader: Box<dyn Read + Send>, size: Size) -> Self {
        let (blocks_in, blocks) = sync_channel(BLOCKS_AHEAD);
        let (chunks_in, chunks) = mpsc::channel(CHUNKS_AHEAD);
        let bytes = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&bytes);
        thread::spawn(move || read(reader, &blocks_in, &counter));
        thread::spawn(move || cut(&blocks, &chunks_in, Chunker::new(size)));
        Self { chunks, bytes }
    }

    /// The next chunk.
    pub(super) async fn next(&mut self) -> Option<Result<Chunk, BadInput>> {
        self.chunks.recv().await
    }

    /// Bytes of the input read so far.
    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }
}

fn read(mut reader: Box<dyn Read + Send>, blocks: &SyncSender<io::Result<Vec<u8>>>, bytes: &AtomicU64) {
    loop {
        let mut block = vec![0; BLOCK];
        let outcome = match reader.read(&mut block) {
            Ok(0) => return,
            Ok(length) => {
                bytes.fetch_add(length as u64, Ordering::Relaxed);
                block.truncate(length);
                Ok(block)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => Err(error),
        };
        let failed = outcome.is_err();
        if blocks.send(outcome).is_err() || failed {
            return;
        }
    }
}

fn cut(blocks: &Receiver<io::Result<Vec<u8>>>, chunks: &mpsc::Sender<Result<Chunk, BadInput>>, mut chunker: Chunker) {
    let give = |item| chunks.blocking_send(item).is_ok();
    let table = Table::default();
    let (mut paused, mut ended) = (false, false);
    loop {
        let made = match (ended, paused) {
            (true, _) => chunker.finish(),
            (false, true) => chunker.flush(),
            (false, false) => chunker.next(),
        };
        match made {
            Ok(Some(chunk)) => {
                let checked = check(&table, chunk);
                let is_good = checked.is_ok();
                if !give(checked) || !is_good {
                    return;
                }
                continue;
            }
            Ok(None) if ended => return,
            Ok(None) => {}
            Err(bad) => {
                give(Err(bad));
                return;
            }
        }
        let block =
            if paused { blocks.recv().map_err(|_| RecvTimeoutError::Disconnected) } else { blocks.recv_timeout(PAUSE) };
        paused = false;
        match block {
            Ok(Ok(block)) => chunker.push(&block),
            Ok(Err(error)) => {
                give(Err(BadInput::Io(error)));
                return;
            }
            Err(RecvTimeoutError::Timeout) => paused = true,
            Err(RecvTimeoutError::Disconnected) => ended = true,
        }
    }
}

/// Refuses a chunk with a command that waits on the server: everything behind it would wait too, and the client would
/// give it a connection of its own, where it runs out of order.
fn check(table: &Table, chunk: Chunk) -> Result<Chunk, BadInput> {
    let mut spans = Vec::new();
    let mut requests = Requests::new(&chunk.batch, 0);
    for index in 0..chunk.len() {
        let Some(Ok(_)) = requests.next(&mut spans) else { break };
        let args = Args::new(&chunk.batch, &spans);
        let Lookup::Known(row) = table.lookup(args) else { continue };
        let row = table.row(row);
        if row.blocks(args) != Blocks::No {
            let message = format!("BLOCKING: {} waits on the server, so a load cannot have it", row.name);
            return Err(BadInput::Refused(chunk.place(index), message));
        }
    }
    Ok(chunk)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collect(reader: Box<dyn Read + Send>, commands: usize) -> (Vec<usize>, Option<String>, u64) {
        let mut feed = Feed::start(reader, Size { commands, bytes: 1 << 20 });
        let mut sizes = Vec::new();
        while let Some(chunk) = feed.chunks.blocking_recv() {
            match chunk {
                Ok(chunk) => sizes.push(chunk.len()),
                Err(bad) => return (sizes, Some(bad.to_string()), feed.bytes_read()),
            }
        }
        (sizes, None, feed.bytes_read())
    }

    #[test]
    fn every_command_comes_in_chunks_of_the_given_size() {
        let input = "PING\n".repeat(25_000);
        let (sizes, error, bytes) = collect(Box::new(io::Cursor::new(input.clone())), 10_000);
        assert_eq!((sizes, error, bytes), (vec![10_000, 10_000, 5_000], None, input.len() as u64));
    }

    #[test]
    fn a_mistake_is_the_last_word() {
        let (sizes, error, _) = collect(Box::new(io::Cursor::new("PING\nPING\nGET 'a\nPING\n")), 2);
        assert_eq!(sizes, [2]);
        assert!(error.unwrap().starts_with("line 3, column 5: unbalanced quotes"));
    }

    #[test]
    fn a_command_that_waits_is_refused_with_its_line() {
        let (sizes, error, _) = collect(Box::new(io::Cursor::new("PING\nPING\nPING\nblpop a 0\n")), 2);
        assert_eq!(sizes, [2]);
        assert_eq!(error.unwrap(), "line 4: BLOCKING: BLPOP waits on the server, so a load cannot have it");
    }

    #[test]
    fn a_pipe_that_pauses_is_not_waited_for() {
        let (reader, mut writer) = io::pipe().unwrap();
        let mut feed = Feed::start(Box::new(reader), Size::default());
        io::Write::write_all(&mut writer, b"PING\nPING\nPI").unwrap();
        assert_eq!(feed.chunks.blocking_recv().unwrap().unwrap().len(), 2);
        io::Write::write_all(&mut writer, b"NG").unwrap();
        drop(writer);
        assert_eq!(feed.chunks.blocking_recv().unwrap().unwrap().len(), 1);
        assert!(feed.chunks.blocking_recv().is_none());
    }
}
