//! What bytes that no server sends may cost: memory beside the input, and work per byte. `tests/adapter/hostile.txt` shows
//! how calls end that meet such bytes; here the core is fed alone, linked in and as the component, and measured: by a
//! counting allocator, by what the instance asks of its linear memory, and by fuel.

mod engines;
mod hosts;
mod measured;

use engines::{InCore, InWasm, Machine, chunked};

const MIB: usize = 1 << 20;
/// As much as any host reads at once.
const READ: usize = 256 << 10;

/// A reply of nested arrays, maps, strings and numbers, of about so many bytes.
fn nested(bytes: usize) -> Vec<u8> {
    let inner = "*4\r\n$5\r\nhello\r\n:12345\r\n%1\r\n+k\r\n,1.5\r\n*2\r\n_\r\n$40\r\n0123456789012345678901234567890123456789\r\n";
    let count = bytes / inner.len();
    format!("*{count}\r\n{}", inner.repeat(count)).into_bytes()
}

/// The bytes that the issue of this project names, and some of their kin.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let repeated = |what: &str, count: usize| what.repeat(count).into_bytes();
    vec![
        ("100,000 nested arrays", repeated("*1\r\n", 100_000)),
        ("100,000 nested sets", repeated("~1\r\n", 100_000)),
        ("100,000 nested maps", repeated("%1\r\n", 100_000)),
        ("100,000 nested attributes", repeated("|1\r\n", 100_000)),
        ("100,000 attributes in a row", repeated("|1\r\n+a\r\n+b\r\n", 100_000)),
        ("100,000 nested pushes", repeated(">1\r\n", 100_000)),
        ("%4294967295", b"%4294967295\r\n".to_vec()),
        ("$9223372036854775807", b"$9223372036854775807\r\n".to_vec()),
        ("$4294967299", b"$4294967299\r\n".to_vec()),
        ("$4294967299 and what a cast would read", b"$4294967299\r\nabc\r\n+OK\r\n".to_vec()),
        ("=4294967299", b"=4294967299\r\n".to_vec()),
        ("!4294967299", b"!4294967299\r\n".to_vec()),
        ("*2147483647", b"*2147483647\r\n".to_vec()),
        ("~4294967295", b"~4294967295\r\n".to_vec()),
        (">4294967295", b">4294967295\r\n".to_vec()),
        ("|4294967295", b"|4294967295\r\n".to_vec()),
        ("*4294967297", b"*4294967297\r\n+OK\r\n".to_vec()),
        ("a line of 10 MB without an end", [b"+".as_slice(), &repeated("x", 10_000_000)].concat()),
        ("an error of 10 MB without an end", [b"-".as_slice(), &repeated("x", 10_000_000)].concat()),
        ("a number of 10 MB without an end", [b":".as_slice(), &repeated("1", 10_000_000)].concat()),
        ("a length of 10 MB without an end", [b"$".as_slice(), &repeated("1", 10_000_000)].concat()),
        ("a line of 10 MB with an end", [b"+".as_slice(), &repeated("x", 10_000_000), b"\r\n"].concat()),
        ("a streamed string", b"$?\r\n;4\r\n".to_vec()),
        ("a million replies that nobody asked for", repeated(":1\r\n", 1_000_000)),
    ]
}

/// The error that the call got, and what the core took beside the input that it was lent, at most.
fn cost(machine: &mut impl Machine, bytes: &[u8], chunk: usize) -> (String, usize) {
    machine.begin();
    for piece in chunked(bytes, chunk) {
        machine.received(piece);
        if machine.hung_up() {
            break;
        }
    }
    (machine.ended(), machine.taken())
}

fn stays_small(mut machine: impl Machine) {
    let mut report = String::new();
    let mut failures = Vec::new();
    for (what, bytes) in hostile() {
        for chunk in [READ, usize::MAX] {
            let (ended, taken) = cost(&mut machine, &bytes, chunk);
            report += &format!("{what}, {} bytes in chunks of {}: {taken}\n", bytes.len(), chunk.min(bytes.len()));
            // The first of the million is a reply.
            let expected = if what.starts_with("a million") { "a reply" } else { "the reply is no RESP: " };
            if !machine.hung_up() || !ended.contains(expected) || taken >= MIB {
                failures.push(format!("{what} in chunks of {chunk}: {taken} bytes beside the input; {ended}"));
            }
        }
    }
    // For whoever wants the figures: `--nocapture`.
    println!("{report}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn hostile_bytes_end_the_connection_within_a_mebibyte_beside_the_input_in_process() {
    let _alone = measured::alone();
    stays_small(InCore::default());
}

#[test]
fn hostile_bytes_end_the_connection_within_a_mebibyte_beside_the_input_in_the_sandbox() {
    let _alone = measured::alone();
    stays_small(InWasm::new());
}

#[test]
fn what_a_byte_costs_does_not_depend_on_how_many_came_before_it() {
    let _alone = measured::alone();
    for chunk in [1, 1_000, usize::MAX] {
        let per_byte = |bytes: usize| {
            let mut machine = InWasm::new();
            machine.begin();
            let reply = nested(bytes);
            let before = machine.burnt();
            for piece in chunked(&reply, chunk) {
                machine.received(piece);
            }
            assert_eq!(machine.ended(), "a reply");
            // A thousandth of a unit: fuel is whole.
            (machine.burnt() - before) * 1000 / reply.len() as u64
        };
        let (small, large) = (per_byte(8 << 10), per_byte(128 << 10));
        println!("chunks of {chunk}: {small} and {large} thousandths of an instruction for each byte");
        assert!(
            large * 10 < small * 13,
            "chunks of {chunk}: {small} thousandths per byte, and {large} where 16 times as many come"
        );
    }
}
