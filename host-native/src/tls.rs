//! TLS options and what becomes of them: one rustls configuration for all connections of a client.
//!
//! Certificates are verified against the machine's own roots unless other roots are given; there is no switch that
//! turns verification off. Who needs something else brings a [`rustls::ClientConfig`].

use std::{fmt, sync::Arc};

use slotpipe_core::port::Address;
use tokio_rustls::{
    TlsConnector,
    rustls::{
        self, AlertDescription, CertificateError, ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject},
    },
};

use crate::error::{ConnectFailure, Error, ErrorKind};

/// How connections are encrypted and whom they trust.
///
/// ```
/// # let (ca_pem, cert_pem, key_pem) = (b"", b"", b"");
/// let tls = slotpipe::Tls::new().ca_pem(ca_pem).identity_pem(cert_pem, key_pem);
/// # let _ = tls;
/// ```
#[derive(Clone, Default)]
pub struct Tls {
    roots: Vec<u8>,
    identity: Option<(Vec<u8>, Vec<u8>)>,
    server_name: Option<String>,
    config: Option<Arc<ClientConfig>>,
}

impl Tls {
    /// Verifies servers against the machine's roots of trust, by the name or address that was dialled.
    pub fn new() -> Self {
        Self::default()
    }

    /// Trusts the certificates in this PEM text instead of the machine's roots; several texts add up.
    #[must_use]
    pub fn ca_pem(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.roots.extend_from_slice(pem.as_ref());
        self.roots.push(b'\n');
        self
    }

    /// Shows this certificate chain to servers that ask for one (mutual TLS).
    #[must_use]
    pub fn identity_pem(mut self, chain: impl AsRef<[u8]>, key: impl AsRef<[u8]>) -> Self {
        self.identity = Some((chain.as_ref().to_vec(), key.as_ref().to_vec()));
        self
    }

    /// Verifies every node's certificate by this name instead of the node's own.
    #[must_use]
    pub fn server_name(mut self, name: impl Into<String>) -> Self {
        self.server_name = Some(name.into());
        self
    }

    /// Uses this configuration as it is; roots and identity given here are ignored.
    #[must_use]
    pub fn config(mut self, config: Arc<ClientConfig>) -> Self {
        self.config = Some(config);
        self
    }

    pub(crate) fn connector(&self) -> Result<Connector, Error> {
        let name = self.server_name.clone().map(ServerName::try_from).transpose();
        let name = name.map_err(|_| failure("the TLS server name is no host name or address"))?;
        let config = match &self.config {
            Some(config) => Arc::clone(config),
            None => Arc::new(self.build()?),
        };
        Ok(Connector { tls: TlsConnector::from(config), name })
    }

    fn build(&self) -> Result<ClientConfig, Error> {
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| failure(format!("no TLS protocol version is usable: {error}")))?
            .with_root_certificates(self.root_store()?);
        let Some((chain, key)) = &self.identity else { return Ok(builder.with_no_client_auth()) };
        let chain = certificates(chain, "client certificate")?;
        let key = PrivateKeyDer::from_pem_slice(key)
            .map_err(|_| failure("the client key is no PEM private key (PKCS#8, PKCS#1 or SEC1)"))?;
        builder
            .with_client_auth_cert(chain, key)
            .map_err(|error| failure(format!("client certificate and key: {error}")))
    }

    fn root_store(&self) -> Result<RootCertStore, Error> {
        let mut store = RootCertStore::empty();
        if !self.roots.is_empty() {
            for certificate in certificates(&self.roots, "CA")? {
                store.add(certificate).map_err(|error| failure(format!("a CA certificate cannot be used: {error}")))?;
            }
            return Ok(store);
        }
        let found = rustls_native_certs::load_native_certs();
        store.add_parsable_certificates(found.certs);
        if store.is_empty() {
            return Err(failure("this machine has no roots of trust; give the CA by Tls::ca_pem"));
        }
        Ok(store)
    }
}

/// Keys and certificates are nobody's business.
impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").field("server_name", &self.server_name).finish_non_exhaustive()
    }
}

/// Options made ready.
#[derive(Clone)]
pub(crate) struct Connector {
    pub(crate) tls: TlsConnector,
    name: Option<ServerName<'static>>,
}

impl Connector {
    /// The name by which the certificate of this node is verified.
    pub(crate) fn name_of(&self, address: &Address) -> Result<ServerName<'static>, String> {
        if let Some(name) = &self.name {
            return Ok(name.clone());
        }
        ServerName::try_from(address.host.clone())
            .map_err(|_| format!("{:?} cannot be verified: it is no host name or address", address.host))
    }
}

/// What rustls says, without the wrapping that every layer adds, and what can be done about it.
pub(crate) fn reason(error: &std::io::Error) -> String {
    match failed(error) {
        Some(inner) => advice(inner).map_or_else(|| inner.to_string(), |advice| format!("{inner}; {advice}")),
        None => error.to_string(),
    }
}

/// The failure of TLS that an error of a stream is, if it is one.
pub(crate) fn failed(error: &std::io::Error) -> Option<&rustls::Error> {
    error.get_ref().and_then(|inner| inner.downcast_ref())
}

fn advice(error: &rustls::Error) -> Option<&'static str> {
    use CertificateError as Bad;
    #[expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is rare and says enough")]
    match error {
        rustls::Error::InvalidCertificate(Bad::UnknownIssuer | Bad::BadSignature) => {
            Some("nobody trusted has signed it: give its authority by Tls::ca_pem")
        }
        rustls::Error::InvalidCertificate(Bad::NotValidForName | Bad::NotValidForNameContext { .. }) => {
            Some("it is for other names: dial the node by one of these, or give one by Tls::server_name")
        }
        rustls::Error::InvalidCertificate(
            Bad::Expired | Bad::ExpiredContext { .. } | Bad::NotValidYet | Bad::NotValidYetContext { .. },
        ) => Some("renew it, or set the clocks right"),
        rustls::Error::AlertReceived(AlertDescription::CertificateRequired) => {
            Some("the server wants a certificate: give one with its key by Tls::identity_pem")
        }
        rustls::Error::InvalidMessage(_) => Some("the server speaks no TLS: drop it, or dial the port that does"),
        _ => None,
    }
}

fn certificates(pem: &[u8], what: &str) -> Result<Vec<CertificateDer<'static>>, Error> {
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let certificates = certificates.map_err(|error| failure(format!("the {what} is no PEM: {error}")))?;
    if certificates.is_empty() {
        return Err(failure(format!("the {what} has no PEM certificate")));
    }
    Ok(certificates)
}

fn failure(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Connect { failure: ConnectFailure::Tls, message: message.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_certificate_is_refused_when_the_client_is_built() {
        for pem in ["garbage", "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n"] {
            let error = Tls::new().ca_pem(pem).connector().err().expect("a refusal");
            assert_eq!(error.code(), "TLS", "{error}");
        }
    }

    #[test]
    fn a_server_name_stands_for_every_node() {
        let config = Tls::new().server_name("db.example").ca_pem(test_ca());
        let connector = config.connector().expect("a connector");
        let name = connector.name_of(&Address::new("10.0.0.1", 7000)).expect("a name");
        assert_eq!(name.to_str(), "db.example");
    }

    fn test_ca() -> String {
        let key = rcgen::KeyPair::generate().expect("a key");
        let params = rcgen::CertificateParams::new(vec!["ca.example".to_owned()]).expect("params");
        params.self_signed(&key).expect("a certificate").pem()
    }
}
