//! An authority of this process's own, and what it signs: servers at 127.0.0.1 and localhost, and clients.

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use slotpipe::lab::Tls;

/// Signs certificates; another one's are not accepted.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: String,
}

/// A certificate and its key, as PEM.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The certificate.
    pub certificate: String,
    /// Its key.
    pub key: String,
}

impl Authority {
    /// A new authority with a key that nobody else has.
    #[expect(clippy::new_without_default, reason = "it makes a key, which is no default")]
    pub fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "Slotpipe tests");
        let key = KeyPair::generate().expect("a key for the authority");
        let certificate = params.self_signed(&key).expect("the authority's own certificate").pem();
        Self { issuer: Issuer::new(params, key), certificate }
    }

    /// What those must trust who talk to its servers.
    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    /// A certificate for these names; IP literals become addresses.
    pub fn sign(&self, names: &[&str]) -> Identity {
        let names: Vec<String> = names.iter().map(|name| String::from(*name)).collect();
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(names).expect("names that a certificate can have");
        let certificate = params.signed_by(&key, &self.issuer).expect("a signature");
        Identity { certificate: certificate.pem(), key: key.serialize_pem() }
    }

    /// Options of servers with a certificate for 127.0.0.1 and localhost; with `clients`, they ask for one too.
    pub fn servers(&self, clients: bool) -> Tls {
        let Identity { certificate, key } = self.sign(&["127.0.0.1", "localhost"]);
        Tls { certificate, key, authority: self.certificate.clone(), clients }
    }
}
