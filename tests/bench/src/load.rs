//! Mass insertion: the file that it is measured with, and the floor: commands cut out of RESP by hand, grouped by node,
//! written and their replies looked at, a megabyte at a time.

use std::{
    fs::File,
    io::{BufWriter, Read as _, Write as _},
    time::Instant,
};

use serde_json::json;

use crate::{
    Failure, cpu_micros,
    floor::{self, Floor},
    workload::value,
};

/// Writes `count` SETs of 32 bytes as RESP; `below`: only keys of slots below it, so that one node has them all.
pub(crate) fn make(path: &str, count: usize, below: usize) -> Result<(), Failure> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut command = Vec::new();
    let keys = (0..).map(|at| format!("load:{at}")).filter(|key| floor::slot(key.as_bytes()) < below);
    for (at, key) in keys.take(count).enumerate() {
        command.clear();
        floor::encode(&mut command, &["SET", &key, &value(at, 32)]);
        file.write_all(&command)?;
    }
    Ok(file.flush()?)
}

/// Sends the file.
pub(crate) fn floor(path: &str, seed: &str) -> Result<(), Failure> {
    const CHUNK: usize = 1 << 20;
    let mut floor = Floor::connect(seed)?;
    let mut file = File::open(path)?;
    let (cpu, start, mut commands) = (cpu_micros(), Instant::now(), 0);
    let mut bytes = Vec::new();
    loop {
        let read = (&mut file).take(CHUNK as u64).read_to_end(&mut bytes)?;
        let mut rest = &bytes[..];
        while let Some((command, key)) = cut(rest)? {
            floor.queue(key, command);
            rest = &rest[command.len()..];
            commands += 1;
        }
        let used = bytes.len() - rest.len();
        floor.exchange()?;
        bytes.drain(..used);
        if read == 0 {
            break;
        }
    }
    if !bytes.is_empty() {
        return Err("the file ends within a command".into());
    }
    let (wall, cpu) = (start.elapsed().as_secs_f64() * 1e6, cpu_micros() - cpu);
    println!("{}", json!({ "commands": commands, "wall": wall, "cpu": cpu }));
    Ok(())
}

/// A command and its key.
type Cut<'a> = (&'a [u8], &'a [u8]);

/// The first command and its key; nothing if it is not whole.
fn cut(bytes: &[u8]) -> Result<Option<Cut<'_>>, Failure> {
    let Some((args, mut at)) = count(bytes, 0, b'*')? else { return Ok(None) };
    let mut key = &bytes[..0];
    for arg in 0..args {
        let Some((length, start)) = count(bytes, at, b'$')? else { return Ok(None) };
        at = start + length + 2;
        if at > bytes.len() {
            return Ok(None);
        }
        if arg == 1 {
            key = &bytes[start..start + length];
        }
    }
    Ok(Some((&bytes[..at], key)))
}

/// The number on the line at `at` that begins with `mark`, and where the next one begins.
fn count(bytes: &[u8], at: usize, mark: u8) -> Result<Option<(usize, usize)>, Failure> {
    let Some(length) = memchr::memchr(b'\n', &bytes[at..]) else { return Ok(None) };
    let line = &bytes[at..at + length];
    let [first, digits @ .., b'\r'] = line else { return Err("not RESP".into()) };
    if *first != mark {
        return Err("not RESP".into());
    }
    Ok(Some((std::str::from_utf8(digits)?.parse()?, at + length + 1)))
}
