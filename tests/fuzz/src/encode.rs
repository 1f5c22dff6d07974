//! Requests: what is written is read again, and what is read could only have been written so.

use arbitrary::{Result, Unstructured};
use slotpipe_core::wire::{
    encode,
    request::{Args, Requests, Span, count},
};

use crate::reference::{self, End, Value};

/// Commands out of the input, and the input itself as a batch.
pub fn run(data: &[u8]) {
    if let Ok(commands) = commands(&mut Unstructured::new(data)) {
        written_is_read(&commands);
    }
    read_is_canonical(data);
}

type Command = Vec<Vec<u8>>;

fn commands(given: &mut Unstructured<'_>) -> Result<Vec<Command>> {
    let mut commands = Vec::new();
    while !given.is_empty() && commands.len() < 20 {
        let mut command = Command::new();
        for _ in 0..given.int_in_range(0..=120)? {
            let length =
                if given.ratio(1, 16)? { given.int_in_range(90..=1_100)? } else { given.int_in_range(0..=12)? };
            let mut arg = given.bytes(length.min(given.len()))?.to_vec();
            arg.resize(length, b'x');
            command.push(arg);
        }
        commands.push(command);
    }
    Ok(commands)
}

fn written_is_read(commands: &[Command]) {
    let (mut batch, mut plain) = (Vec::new(), Vec::new());
    for command in commands {
        encode::command(&mut batch, command);
        plain.extend_from_slice(format!("*{}\r\n", command.len()).as_bytes());
        for arg in command {
            plain.extend_from_slice(format!("${}\r\n", arg.len()).as_bytes());
            plain.extend_from_slice(arg);
            plain.extend_from_slice(b"\r\n");
        }
    }
    assert_eq!(batch, plain);
    assert_eq!(read(&batch), (commands.to_vec(), None));
}

/// What is taken as a request is the one way to write these arguments; the first byte that cannot be is within the batch
/// or at its end.
fn read_is_canonical(batch: &[u8]) {
    let (commands, stopped) = read(batch);
    assert_eq!(count(batch) as usize, commands.len());
    let mut again = Vec::new();
    commands.iter().for_each(|command| encode::command(&mut again, command));
    assert!(batch.starts_with(&again), "{}", batch.escape_ascii());
    match stopped {
        None => assert_eq!(again.len(), batch.len()),
        Some(offset) => assert!((again.len()..=batch.len()).contains(&offset), "{offset}: {}", batch.escape_ascii()),
    }
    let limits = slotpipe_core::config::Limits::default().decode;
    let (values, end) = reference::decode(&again, limits);
    assert_eq!(end, End::Between);
    let bulks = |command: Command| Value::Array(command.into_iter().map(Value::Bulk).collect());
    assert_eq!(values, commands.into_iter().map(bulks).collect::<Vec<_>>());
}

/// The commands of a batch, and where it cannot be read on.
fn read(batch: &[u8]) -> (Vec<Command>, Option<usize>) {
    let (mut requests, mut spans, mut commands) = (Requests::new(batch, 0), Vec::<Span>::new(), Vec::new());
    let mut behind = 0;
    while let Some(frame) = requests.next(&mut spans) {
        match frame {
            Ok(range) => {
                assert_eq!((range.start, range.end), (behind, requests.position()));
                behind = range.end;
                let args = Args::new(batch, &spans);
                commands.push((0..args.len()).map(|at| args.at(at).expect("an argument").to_vec()).collect());
            }
            Err(bad) => {
                assert_eq!(requests.position(), behind, "the position stays at the bad frame");
                return (commands, Some(bad.offset));
            }
        }
    }
    (commands, None)
}
