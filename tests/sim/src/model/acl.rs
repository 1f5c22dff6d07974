//! Users: who may say what, by the rules of `ACL SETUSER`.

use super::{Conn, Model, Setup, data::glob, resp::Reply, spec::Spec};

/// A user of the servers, as `ACL SETUSER` describes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// `default` is who nobody else is.
    pub name: String,
    /// `on >secret ~* &* +@all -multi`; what comes later wins.
    pub rules: String,
}

/// The rules, understood.
#[derive(Clone, Debug, Default)]
pub(super) struct Rights {
    pub(super) name: String,
    pub(super) on: bool,
    pub(super) nopass: bool,
    passwords: Vec<String>,
    /// Allowed or not, and a name or `@category`.
    commands: Vec<(bool, String)>,
    /// Reads, writes, pattern.
    keys: Vec<(bool, bool, String)>,
    channels: Vec<String>,
}

pub(super) fn users(setup: &Setup) -> Vec<Rights> {
    let default = match &setup.password {
        Some(password) => format!("on >{password} ~* &* +@all"),
        None => "on nopass ~* &* +@all".into(),
    };
    let mut users = vec![User { name: "default".into(), rules: default }];
    users.extend(setup.users.iter().cloned());
    users.iter().map(Rights::of).collect()
}

impl Rights {
    pub(super) fn of(user: &User) -> Self {
        let mut rights = Self { name: user.name.clone(), ..Self::default() };
        for rule in user.rules.split_whitespace() {
            let _ = rights.apply(rule);
        }
        rights
    }

    /// One rule more.
    pub(super) fn apply(&mut self, rule: &str) -> Result<(), String> {
        let command = |word: &str| word.trim_start_matches('@').to_ascii_lowercase();
        match rule {
            "on" => self.on = true,
            "off" => self.on = false,
            "nopass" => (self.nopass, self.passwords) = (true, Vec::new()),
            "resetpass" => (self.nopass, self.passwords) = (false, Vec::new()),
            "allcommands" => self.commands = vec![(true, "@all".into())],
            "nocommands" => self.commands.clear(),
            "allkeys" => self.keys.push((true, true, "*".into())),
            "resetkeys" => self.keys.clear(),
            "allchannels" => self.channels.push("*".into()),
            "resetchannels" => self.channels.clear(),
            "reset" => *self = Self { name: std::mem::take(&mut self.name), ..Self::default() },
            _ => match rule.split_at_checked(1) {
                Some((">", password)) => {
                    self.nopass = false;
                    self.passwords.push(password.into());
                }
                Some(("<", password)) => self.passwords.retain(|known| known != password),
                Some(("~", pattern)) => self.keys.push((true, true, pattern.into())),
                Some(("&", pattern)) => self.channels.push(pattern.into()),
                Some(("%", rest)) if rest.contains('~') => {
                    let (kinds, pattern) = rest.split_once('~').unwrap_or_default();
                    self.keys.push((kinds.contains('R'), kinds.contains('W'), pattern.into()));
                }
                Some((sign @ ("+" | "-"), word)) => {
                    let at = if word.starts_with('@') { "@" } else { "" };
                    self.commands.push((sign == "+", format!("{at}{}", command(word))));
                }
                _ => return Err(format!("ERR Error in ACL SETUSER modifier '{rule}': Syntax error")),
            },
        }
        Ok(())
    }

    pub(super) fn accepts(&self, password: &str) -> bool {
        self.on && (self.nopass || self.passwords.iter().any(|known| known == password))
    }

    fn may_run(&self, spec: &Spec) -> bool {
        let covers = |rule: &str| match rule.strip_prefix('@') {
            Some("all") => true,
            Some(category) => spec.categories.split(' ').any(|own| own == category),
            None => spec.name == rule || spec.name.split('|').next() == Some(rule),
        };
        self.commands.iter().rev().find(|(_, rule)| covers(rule)).is_some_and(|(allowed, _)| *allowed)
    }

    fn may_touch(&self, key: &[u8], spec: &Spec) -> bool {
        let (reads, writes) = (spec.has('r'), spec.has('w'));
        let fits = |(may_read, may_write, pattern): &(bool, bool, String)| {
            (!reads || *may_read) && (!writes || *may_write) && glob(pattern.as_bytes(), key)
        };
        self.keys.iter().any(fits)
    }

    fn may_hear(&self, channel: &[u8], literally: bool) -> bool {
        let fits = |pattern: &String| {
            if literally { pattern.as_bytes() == channel || pattern == "*" } else { glob(pattern.as_bytes(), channel) }
        };
        self.channels.iter().any(fits)
    }
}

impl Model {
    /// NOPERM, if the user of this connection may not do this.
    pub(super) fn forbidden(&self, conn: Conn, spec: &Spec, argv: &[Vec<u8>]) -> Option<Reply> {
        let session = self.conns.get(&conn)?;
        let rights = self.node(session.node).users.iter().find(|rights| rights.name == session.user)?;
        if !spec.has('n') && !rights.may_run(spec) {
            let text = format!("NOPERM this user has no permissions to run the '{}' command", spec.name);
            return Some(Reply::error(text));
        }
        let sharded = matches!(spec.name, "ssubscribe" | "sunsubscribe" | "spublish");
        if !sharded && !spec.keys(argv).iter().all(|key| rights.may_touch(key, spec)) {
            return Some(Reply::error(
                "NOPERM this user has no permissions to access one of the keys used as arguments",
            ));
        }
        let channels = match spec.name {
            "publish" | "spublish" => &argv[1..2],
            "subscribe" | "psubscribe" | "ssubscribe" => &argv[1..],
            _ => &[],
        };
        let literally = spec.name == "psubscribe";
        let heard = channels.iter().all(|channel| rights.may_hear(channel, literally));
        (!heard).then(|| {
            Reply::error("NOPERM this user has no permissions to access one of the channels used as arguments")
        })
    }

    pub(super) fn acl_command(&mut self, conn: Conn, argv: &[Vec<u8>]) -> Reply {
        let Some(session) = self.conns.get(&conn) else {
            return Reply::Nothing;
        };
        let node = session.node;
        let words: Vec<_> = argv[1..].iter().map(|word| String::from_utf8_lossy(word).into_owned()).collect();
        match words[0].to_ascii_uppercase().as_str() {
            "WHOAMI" => Reply::bulk(&session.user),
            "SETUSER" => {
                let users = &mut self.node_mut(node).users;
                let known = users.iter().find(|rights| rights.name == words[1]).cloned();
                let mut rights = known.unwrap_or_else(|| Rights { name: words[1].clone(), ..Rights::default() });
                for rule in &words[2..] {
                    if let Err(text) = rights.apply(rule) {
                        return Reply::error(text);
                    }
                }
                users.retain(|known| known.name != rights.name);
                users.push(rights);
                Reply::ok()
            }
            _ => {
                let users = &mut self.node_mut(node).users;
                let before = users.len();
                users.retain(|rights| rights.name == "default" || !words[1..].contains(&rights.name));
                let gone = before - users.len();
                let mut theirs = self.conns.iter_mut().filter(|(_, session)| session.node == node);
                theirs.by_ref().filter(|(_, session)| words[1..].contains(&session.user)).for_each(|(_, session)| {
                    session.ending = true;
                });
                self.end_closing(node);
                Reply::count(gone)
            }
        }
    }
}
