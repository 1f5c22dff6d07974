//! What was told, against what passed over the wires.

use super::{Defect, Judge};
use crate::{
    hosts::Told,
    oracle::Pass,
    wire::Value,
    workload::{Issued, Kind},
};

impl Judge<'_> {
    /// Each command with a token: how often it was sent, and whether what was told of it is what was seen.
    pub(super) fn wires(&mut self) {
        for issued in self.evidence.history.iter().filter(|issued| issued.token.is_some()) {
            let passes = self.passes(issued);
            if issued.kind != Kind::Idempotent {
                self.at_most_once(issued, passes);
            }
            self.asking_where_asked(issued, passes);
            self.told_as_seen(issued, passes);
        }
    }

    /// Sent again only if every earlier time it was refused, or had not left.
    fn at_most_once(&mut self, issued: &Issued, passes: &[Pass]) {
        if passes.iter().filter(|pass| pass.has_run()).count() > 1 {
            return self.find(Defect::Double, "two servers' answers say that it ran".into(), issued);
        }
        let left: Vec<&Pass> = passes.iter().filter(|pass| pass.left).collect();
        let illegal = left.windows(2).any(|pair| !pair[0].is_refused_before(pair[1].seen));
        if illegal {
            self.find(Defect::Resent, "sent again, though nobody had refused it".into(), issued);
        }
    }

    /// ASKING stands before exactly those whose own last answer was ASK.
    fn asking_where_asked(&mut self, issued: &Issued, passes: &[Pass]) {
        let left: Vec<&Pass> = passes.iter().filter(|pass| pass.left).collect();
        let mut before: Option<&Pass> = None;
        for pass in left {
            let was_asked = before.is_some_and(|pass| pass.reply.as_ref().and_then(Value::error_code) == Some("ASK"));
            if pass.asking && !was_asked {
                return self.find(Defect::Shadow, "ASKING, and nobody had said ASK".into(), issued);
            }
            before = Some(pass);
        }
    }

    fn told_as_seen(&mut self, issued: &Issued, passes: &[Pass]) {
        let was_seen =
            |reply: &Value| passes.iter().any(|pass| pass.told.is_some() && pass.reply.as_ref() == Some(reply));
        match &issued.told {
            Told::Reply(reply) if !was_seen(reply) => {
                self.find(Defect::WrongReply, "no server gave this reply to this command".into(), issued);
            }
            Told::Error(line, _) if !was_seen(&Value::Error(line.clone())) => {
                self.find(Defect::WrongReply, "no server gave this error to this command".into(), issued);
            }
            Told::NotExecuted(_) if passes.iter().any(|pass| pass.left && !pass.is_refused_before(u64::MAX)) => {
                self.find(Defect::Dishonest, "told not to have run, and it had left without a refusal".into(), issued);
            }
            Told::Reply(_)
            | Told::Error(..)
            | Told::NotExecuted(_)
            | Told::Unknown(_)
            | Told::Odd(_)
            | Told::Hanging => {}
        }
    }
}
