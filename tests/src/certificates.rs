//! An authority of this process's own, and what it signs: servers at 127.0.0.1 and localhost, and clients.

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
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
        self.sign_params(&params(names))
    }

    /// One for 127.0.0.1 whose time is over.
    pub fn sign_expired(&self) -> Identity {
        let mut params = params(&["127.0.0.1"]);
        (params.not_before, params.not_after) = (date_time_ymd(2001, 1, 1), date_time_ymd(2002, 1, 1));
        self.sign_params(&params)
    }

    /// One for 127.0.0.1 whose time has not come.
    pub fn sign_early(&self) -> Identity {
        let mut params = params(&["127.0.0.1"]);
        (params.not_before, params.not_after) = (date_time_ymd(3001, 1, 1), date_time_ymd(3002, 1, 1));
        self.sign_params(&params)
    }

    /// One with 127.0.0.1 as its subject's common name and nowhere else: what counted once.
    pub fn sign_nameless(&self) -> Identity {
        let mut params = params(&[]);
        params.distinguished_name.push(DnType::CommonName, "127.0.0.1");
        self.sign_params(&params)
    }

    /// One for 127.0.0.1 that nobody has signed but itself.
    pub fn self_signed() -> Identity {
        let key = KeyPair::generate().expect("a key");
        let certificate = params(&["127.0.0.1"]).self_signed(&key).expect("its own signature");
        Identity { certificate: certificate.pem(), key: key.serialize_pem() }
    }

    fn sign_params(&self, params: &CertificateParams) -> Identity {
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("a signature");
        Identity { certificate: certificate.pem(), key: key.serialize_pem() }
    }

    /// Options of servers with a certificate for 127.0.0.1 and localhost; with `clients`, they ask for one too.
    pub fn servers(&self, clients: bool) -> Tls {
        let Identity { certificate, key } = self.sign(&["127.0.0.1", "localhost"]);
        Tls { certificate, key, authority: self.certificate.clone(), clients }
    }
}

fn params(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| String::from(*name)).collect();
    CertificateParams::new(names).expect("names that a certificate can have")
}
