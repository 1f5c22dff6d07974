//! Where to begin: `host:port`, `[::1]:7000`, or a URL with user, password and several hosts.
//!
//! `redis://user:password@host:port,host2:port2/0`, `rediss://` for TLS, `unix:///path` for a single server.
//! User and password are percent-decoded. A text that is none of these is refused with a reason that never repeats
//! what may be a password.

use std::{fmt, net::Ipv6Addr};

use slotpipe_core::port::{Address, Credentials};

use crate::error::Error;

/// The port of a server that names none.
const DEFAULT_PORT: u16 = 6379;

/// One or several places to begin: texts, [`Address`]es, or lists of them.
#[derive(Clone)]
pub struct Seeds(Vec<Seed>);

#[derive(Clone)]
enum Seed {
    Text(String),
    Address(Address),
}

/// What seeds say all together.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Parsed {
    pub(crate) addresses: Vec<Address>,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) tls: bool,
    pub(crate) database: u16,
}

impl Seeds {
    pub(crate) fn parse(&self) -> Result<Parsed, Error> {
        let mut all = Parsed::default();
        let mut first = true;
        for seed in &self.0 {
            let one = match seed {
                Seed::Text(text) => parse(text).map_err(|reason| Error::misuse("URL", reason))?,
                Seed::Address(address) => Parsed { addresses: vec![address.clone()], ..Parsed::default() },
            };
            if !first && (one.credentials.is_some() || one.tls != all.tls || one.database != all.database) {
                let reason = "seeds of one client must agree: give user, TLS and database once, by the first seed";
                return Err(Error::misuse("URL", reason));
            }
            let known = std::mem::take(&mut all.addresses);
            all = if first { one } else { Parsed { addresses: [known, one.addresses].concat(), ..all } };
            first = false;
        }
        if all.addresses.is_empty() {
            return Err(Error::misuse("URL", "no seed was given: at least one host:port is needed"));
        }
        Ok(all)
    }
}

/// Texts may hold passwords.
impl fmt::Debug for Seeds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Seeds({})", self.0.len())
    }
}

impl From<&str> for Seeds {
    fn from(text: &str) -> Self {
        Self(vec![Seed::Text(text.to_owned())])
    }
}

impl From<String> for Seeds {
    fn from(text: String) -> Self {
        Self(vec![Seed::Text(text)])
    }
}

impl From<&String> for Seeds {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<Address> for Seeds {
    fn from(address: Address) -> Self {
        Self(vec![Seed::Address(address)])
    }
}

impl From<(&str, u16)> for Seeds {
    fn from((host, port): (&str, u16)) -> Self {
        Address::new(host, port).into()
    }
}

impl<T: Into<Seeds>> From<Vec<T>> for Seeds {
    fn from(list: Vec<T>) -> Self {
        Self(list.into_iter().flat_map(|seed| seed.into().0).collect())
    }
}

impl<T: Into<Seeds>, const N: usize> From<[T; N]> for Seeds {
    fn from(list: [T; N]) -> Self {
        Self(list.into_iter().flat_map(|seed| seed.into().0).collect())
    }
}

impl<T: Clone + Into<Seeds>> From<&[T]> for Seeds {
    fn from(list: &[T]) -> Self {
        list.to_vec().into()
    }
}

fn parse(text: &str) -> Result<Parsed, String> {
    let text = text.trim();
    let Some((scheme, rest)) = text.split_once("://") else {
        return Ok(Parsed { addresses: hosts(text)?, ..Parsed::default() });
    };
    let tls = match scheme {
        "redis" | "valkey" | "unix" | "redis+unix" => false,
        "rediss" | "valkeys" => true,
        _ => return Err("the URL's scheme must be redis, rediss, valkey, valkeys or unix".into()),
    };
    let (user_info, rest) = match rest.rsplit_once('@') {
        Some((user_info, rest)) => (Some(user_info), rest),
        None => (None, rest),
    };
    if rest.contains(['?', '#']) {
        return Err(
            "the URL has a query or fragment; options belong to the builder (and `?`, `#` and `@` of a password \
                    are written %3F, %23 and %40)"
                .into(),
        );
    }
    let credentials = user_info.map(credentials).transpose()?;
    if scheme.ends_with("unix") {
        if !rest.starts_with('/') {
            return Err("a unix URL needs an absolute path: unix:///run/redis.sock".into());
        }
        return Ok(Parsed { addresses: vec![Address::new(rest, 0)], credentials, tls, database: 0 });
    }
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let database = match path {
        "" => 0,
        number => number.parse().map_err(|_| format!("the URL's path must be a database number, not {number:?}"))?,
    };
    Ok(Parsed { addresses: hosts(authority)?, credentials, tls, database })
}

fn credentials(user_info: &str) -> Result<Credentials, String> {
    let Some((user, password)) = user_info.split_once(':') else {
        return Err("the URL names a user without a password: write user:password@ or :password@".into());
    };
    let username = Some(decode(user)?).filter(|user| !user.is_empty());
    Ok(Credentials { username, password: decode(password)? })
}

fn decode(text: &str) -> Result<String, String> {
    let bad =
        || "the URL's user or password has a % that is not followed by two hexadecimal digits of UTF-8".to_owned();
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        if first != b'%' {
            bytes.push(first);
            rest = tail;
            continue;
        }
        let digits = tail.get(..2).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit)).ok_or_else(bad)?;
        let digits = std::str::from_utf8(digits).map_err(|_| bad())?;
        bytes.push(u8::from_str_radix(digits, 16).map_err(|_| bad())?);
        rest = &tail[2..];
    }
    String::from_utf8(bytes).map_err(|_| bad())
}

fn hosts(list: &str) -> Result<Vec<Address>, String> {
    list.split(',').map(str::trim).map(host).collect()
}

fn host(text: &str) -> Result<Address, String> {
    let bracketed = text.strip_prefix('[').map(|rest| rest.split_once(']').ok_or("an IPv6 address lacks its ]"));
    let (name, port) = match bracketed.transpose()? {
        Some((name, port)) => {
            name.parse::<Ipv6Addr>().map_err(|_| format!("{name:?} in brackets is no IPv6 address"))?;
            let port =
                if port.is_empty() { None } else { Some(port.strip_prefix(':').ok_or("expected :port after ]")?) };
            (name, port)
        }
        None if text.parse::<Ipv6Addr>().is_ok() => (text, None),
        None => match text.split_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (text, None),
        },
    };
    if name.is_empty() {
        return Err("a seed has no host: write host:port".into());
    }
    if name.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(format!("{name:?} is no host name"));
    }
    let port = match port {
        None => DEFAULT_PORT,
        Some(port) => match port.parse() {
            Ok(port) if port != 0 => port,
            _ => return Err(format!("the port of {name} must be a number from 1 to 65535")),
        },
    };
    Ok(Address::new(name, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(text: &str) -> Vec<String> {
        parse(text).expect(text).addresses.iter().map(Address::to_string).collect()
    }

    #[test]
    fn plain_seeds_are_hosts_with_or_without_a_port() {
        assert_eq!(addresses("a:7000,b"), ["a:7000", "b:6379"]);
        let v6 = |text: &str| parse(text).expect(text).addresses;
        assert_eq!(v6("[::1]:7000"), [Address::new("::1", 7000)]);
        assert_eq!(v6("::1"), [Address::new("::1", 6379)]);
    }

    #[test]
    fn a_url_gives_user_password_hosts_tls_and_database() {
        let parsed = parse("rediss://app:p%40ss%2F@h1:1,[::1]:2/0").expect("a URL");
        assert_eq!(parsed.addresses, [Address::new("h1", 1), Address::new("::1", 2)]);
        let expected = Credentials { username: Some("app".into()), password: "p@ss/".into() };
        assert_eq!((parsed.credentials, parsed.tls, parsed.database), (Some(expected), true, 0));
    }

    #[test]
    fn a_password_alone_belongs_to_the_default_user() {
        let parsed = parse("redis://:secret@h").expect("a URL");
        assert_eq!(parsed.credentials, Some(Credentials { username: None, password: "secret".into() }));
    }

    #[test]
    fn a_unix_url_is_a_path_without_a_port() {
        assert_eq!(parse("unix:///run/redis.sock").expect("a URL").addresses, [Address::new("/run/redis.sock", 0)]);
    }

    #[test]
    fn bad_seeds_are_refused_without_repeating_secrets() {
        let bad = [
            "http://h",
            "redis://secret@h",
            "redis://u:secret%zz@h",
            "redis://u:secret@h/x",
            "redis://u:secret@h:0",
            "redis://u:secret@h:99999",
            "redis://u:secret@",
            "redis://u:secret@h?db=1",
            "unix://relative",
            "[::1",
            "[zz]:1",
            "h:port",
            "",
            "a b:1",
        ];
        for text in bad {
            let error = parse(text).expect_err(text);
            assert!(!error.contains("secret"), "{error}");
            assert!(!error.contains('\n'), "{error}");
        }
    }

    #[test]
    fn seeds_of_one_client_must_agree() {
        let error = Seeds::from(vec!["redis://a:1", "rediss://b:1"]).parse().expect_err("a conflict");
        assert_eq!(error.code(), "URL");
        let parsed = Seeds::from(["redis://:p@a:1/0", "b:2"]).parse().expect("two seeds");
        assert_eq!(parsed.addresses.len(), 2);
        assert!(parsed.credentials.is_some());
    }
}
