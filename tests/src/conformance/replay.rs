//! Plays recorded calls to an engine of the native host, and writes what it says.

use slotpipe::engine::{Engine, Make};
use slotpipe_core::{
    config::Config,
    port::{Outputs, Ticket},
};

use super::{
    inputs::{self, Call},
    outputs,
};

/// Makes an engine for each day.
pub trait Players {
    /// What makes it.
    type Maker: Make;

    /// The maker of a day with this configuration.
    fn maker(&self, config: Config) -> Self::Maker;
}

impl<M: Make, F: Fn(Config) -> M> Players for F {
    type Maker = M;

    fn maker(&self, config: Config) -> M {
        self(config)
    }
}

/// Plays every `>` line of `days` and returns them with what was said to each; `<` lines are not looked at.
///
/// # Errors
/// A line that cannot be read, or an engine that broke, with the number of the line.
pub fn replay(days: &str, players: &impl Players) -> Result<String, String> {
    let mut player = None;
    let mut trace = String::with_capacity(days.len());
    let mut said = Outputs::default();
    for (number, line) in (1..).zip(days.lines()) {
        if line.starts_with("< ") {
            continue;
        }
        trace.push_str(line);
        trace.push('\n');
        if line.starts_with("== ") {
            player = None;
            continue;
        }
        play(line, players, &mut player, &mut said, &mut trace).map_err(|error| format!("line {number}: {error}"))?;
    }
    Ok(trace)
}

fn play<P: Players>(
    line: &str,
    players: &P,
    player: &mut Option<<P::Maker as Make>::Engine>,
    said: &mut Outputs,
    trace: &mut String,
) -> Result<(), String> {
    let broken = |error: slotpipe::engine::Broken| error.to_string();
    let (now, call) = inputs::read(line)?;
    if let Call::New(config) = call {
        *player = Some(players.maker(*config).make(now).map_err(broken)?);
        return Ok(());
    }
    let core = player.as_mut().ok_or("a day that does not begin with `new`")?;
    match call {
        Call::New(_) => {}
        Call::Submit { batch, options } => {
            outputs::submitted(trace, &core.submit(now, batch.into(), &options).map_err(broken)?);
        }
        Call::Handle(input) => core.handle(now, input).map_err(broken)?,
        Call::Release(lane) => core.release(now, lane).map_err(broken)?,
        Call::Cancel { first, end } => core.cancel(now, Ticket(first)..Ticket(end)).map_err(broken)?,
        Call::Configure(change) => core.configure(now, change).map_err(broken)?,
        Call::Poll => {
            core.poll(now, said).map_err(broken)?;
            outputs::polled(trace, said);
        }
        Call::Explain { batch, options } => {
            outputs::explained(trace, &core.explain(&batch.into(), &options).map_err(broken)?);
        }
        Call::Stats => outputs::stats(trace, &core.stats().map_err(broken)?),
        Call::Topology => outputs::topology(trace, &core.topology().map_err(broken)?),
    }
    Ok(())
}
