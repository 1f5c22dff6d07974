//! Users: who may say what.

use super::Setup;

/// A user of the servers, as `ACL SETUSER` describes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// `default` is who nobody else is.
    pub name: String,
    /// `on >secret ~* &* +@all -multi`.
    pub rules: String,
}

pub(super) fn users(setup: &Setup) -> Vec<User> {
    let default = match &setup.password {
        Some(password) => format!("on >{password} ~* &* +@all"),
        None => "on nopass ~* &* +@all".into(),
    };
    let mut users = vec![User { name: "default".into(), rules: default }];
    users.extend(setup.users.iter().cloned());
    users
}
