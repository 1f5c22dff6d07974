//! Leads hosts in other languages through the cases of a folder, over standard input and output.
//!
//! First, one line `case N TITLE` (or `alone N TITLE`) for each case, and `ready`. Then `begin N` is answered by `N do ORDER`, one line of JSON
//! (see `slotpipe_tests::peer::Order`), by `N close`, by `N passed`, or by `N failed TEXT`; the host answers the first two
//! by `N OUTCOME<tab>OUTCOME...`. Any number of cases may be under way. Besides, `peer` starts a peer without a case and
//! says where; `peer DIRECTIVE` tells the last one started to behave otherwise. Everything ends with standard input.

use std::{
    collections::BTreeMap,
    io::{self, BufRead as _, Write as _},
    path::Path,
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use slotpipe_tests::peer::{Case, Host, Next, Peer, Run, cases};

fn main() -> Result<(), String> {
    let folder = std::env::args().nth(1).ok_or("usage: peer FOLDER")?;
    let cases = cases(Path::new(&folder))?;
    for (number, case) in cases.iter().enumerate() {
        let kind = if case.alone { "alone" } else { "case" };
        say(&format!("{kind} {number} {}", case.title));
    }
    say("ready");
    let mut under_way: BTreeMap<usize, Sender<Vec<String>>> = BTreeMap::new();
    let mut peers = Vec::new();
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|error| error.to_string())?;
        let (first, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let number = |text: &str| text.parse::<usize>().map_err(|_| format!("{line:?}: no number of a case"));
        match first {
            "peer" if rest.is_empty() => {
                let peer = Peer::start(1, None)?;
                say(&format!("peer {}", peer.addresses().join(" ")));
                peers.push(peer);
            }
            "peer" => {
                peers.last().ok_or("no peer was started")?.tell(rest)?;
                say("peer ok");
            }
            "begin" => {
                let number = number(rest)?;
                let case = cases.get(number).ok_or_else(|| format!("{line:?}: no such case"))?.clone();
                let (sender, answers) = channel();
                under_way.insert(number, sender);
                thread::spawn(move || lead(number, &case, &answers));
            }
            _ => {
                let outcomes = rest.split('\t').map(String::from).collect();
                let case = under_way.get(&number(first)?).ok_or_else(|| format!("{line:?}: no such case"))?;
                // A case that has failed does not listen any more.
                let _ = case.send(outcomes);
            }
        }
    }
    Ok(())
}

fn lead(number: usize, case: &Case, answers: &Receiver<Vec<String>>) {
    let ended = Run::begin(case, Host::Node).and_then(|mut run| {
        let mut outcomes = Vec::new();
        loop {
            match run.next(&outcomes)? {
                Next::Do(order) => say(&format!("{number} do {}", order.to_json())),
                Next::Close => say(&format!("{number} close")),
                Next::Passed => return Ok(()),
            }
            outcomes = answers.recv().map_err(|error| error.to_string())?;
        }
    });
    match ended {
        Ok(()) => say(&format!("{number} passed")),
        Err(text) => say(&format!("{number} failed {}", text.replace('\n', "\\n"))),
    }
}

/// One line, whole. Nobody reads any more if it fails; then standard input is about to end.
fn say(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
