//! One file from its publisher: time limits, retries, redirects, and whether it is whole.

use std::io::Read;
use std::time::Duration;

use thiserror::Error;
use ureq::Agent;
use ureq::http::header::{ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use ureq::http::{Response, StatusCode};

/// What a fetch may take.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Time to connect.
    pub connect: Duration,
    /// Time to the first byte of the answer: some offices make their file when it is asked for.
    pub response: Duration,
    /// Time without a byte within the answer.
    pub pause: Duration,
    /// Attempts altogether.
    pub attempts: u32,
    /// Time before the second attempt; each further one waits twice as long.
    pub backoff: Duration,
    /// Redirects that are followed.
    pub redirects: u32,
    /// Bytes of a file. The largest list, OFAC's advanced XML, has about 120 MB.
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(20),
            response: Duration::from_secs(90),
            pause: Duration::from_secs(60),
            attempts: 3,
            backoff: Duration::from_secs(2),
            redirects: 5,
            bytes: 400 << 20,
        }
    }
}

/// What the publisher said of the copy that we have, handed back to ask whether there is a newer one.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Validators {
    /// The header `ETag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The header `Last-Modified`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// A publisher's answer.
#[derive(Debug)]
pub enum Fetched {
    /// The copy that we have is the newest one.
    NotModified,
    /// A file.
    File {
        /// Its bytes, all of them.
        bytes: Vec<u8>,
        /// What to ask with next time.
        validators: Validators,
    },
}

/// Why a file could not be fetched. Every message says what to do.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FetchError {
    /// The publisher took too long.
    #[error(
        "{url} did not answer in time ({what}); try again later, or look whether the address opens in a browser"
    )]
    Timeout {
        /// The address.
        url: String,
        /// Which time ran out.
        what: String,
    },
    /// The publisher could not be reached.
    #[error(
        "{url} cannot be reached ({message}); look whether this machine is online and a proxy is needed (HTTPS_PROXY)"
    )]
    Unreachable {
        /// The address.
        url: String,
        /// What the client said.
        message: String,
    },
    /// The address leads on and on.
    #[error("{url} redirects more than {limit} times; the publisher's address is broken, so try again later")]
    Redirects {
        /// The address.
        url: String,
        /// The limit.
        limit: u32,
    },
    /// The publisher answered with an error.
    #[error("{url} answered {status}; {}", advice(*.status))]
    Status {
        /// The address.
        url: String,
        /// The status.
        status: u16,
    },
    /// The file broke off.
    #[error("{url} broke off after {found} of {stated} bytes; try again")]
    Truncated {
        /// The address.
        url: String,
        /// Bytes that came.
        found: u64,
        /// Bytes that were announced.
        stated: u64,
    },
    /// The file is too large to be a list.
    #[error(
        "{url} sends more than {limit} bytes; no published list is that large, so the address is not the list's any more"
    )]
    TooLarge {
        /// The address.
        url: String,
        /// The limit.
        limit: u64,
    },
    /// The address is none.
    #[error("{url} is no address that can be fetched ({message})")]
    Address {
        /// The address.
        url: String,
        /// What the client said.
        message: String,
    },
}

fn advice(status: u16) -> &'static str {
    match status {
        404 | 410 => {
            "the file has moved: look for its new address at the publisher, and give a table of publications with --publications until the program knows it"
        }
        401 | 403 => {
            "the publisher wants a log-in or refuses this program: fetch the file in a browser and use hisn lists import"
        }
        429 => "the publisher was asked too often: try again in an hour",
        500.. => "the publisher has a fault: try again later",
        _ => "the file was not sent: try again later, or fetch it in a browser and use hisn lists import",
    }
}

impl FetchError {
    /// Whether another attempt may help.
    fn may_pass(&self) -> bool {
        match self {
            FetchError::Timeout { .. } | FetchError::Unreachable { .. } | FetchError::Truncated { .. } => {
                true
            }
            FetchError::Status { status, .. } => *status >= 500 || *status == 429,
            _ => false,
        }
    }
}

/// Fetches files.
pub struct Fetcher {
    agent: Agent,
    limits: Limits,
}

impl Fetcher {
    /// A fetcher with these limits. Proxies are taken from the usual variables of the environment.
    pub fn new(limits: Limits) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(limits.redirects)
            .max_redirects_will_error(true)
            .timeout_connect(Some(limits.connect))
            .timeout_recv_response(Some(limits.response))
            .timeout_per_read(Some(limits.pause))
            .user_agent(concat!("hisn/", env!("CARGO_PKG_VERSION"), " (list update)"))
            .build();
        Self { agent: config.into(), limits }
    }

    /// Fetches a file, unless it is still the one of `known`. `progress` is told the bytes that have come and those that
    /// were announced; `again` each further attempt, with the reason and the time that it waits.
    ///
    /// # Errors
    /// When the file did not come whole after all attempts, or the publisher refused it.
    pub fn fetch(
        &self,
        url: &str,
        known: &Validators,
        progress: &mut dyn FnMut(u64, Option<u64>),
        again: &mut dyn FnMut(&FetchError, Duration),
    ) -> Result<Fetched, FetchError> {
        let mut wait = self.limits.backoff;
        let mut attempt = 1;
        loop {
            match self.once(url, known, progress) {
                Err(error) if error.may_pass() && attempt < self.limits.attempts => {
                    again(&error, wait);
                    std::thread::sleep(wait);
                    wait *= 2;
                    attempt += 1;
                }
                done => return done,
            }
        }
    }

    fn once(
        &self,
        url: &str,
        known: &Validators,
        progress: &mut dyn FnMut(u64, Option<u64>),
    ) -> Result<Fetched, FetchError> {
        let mut request = self.agent.get(url);
        if let Some(etag) = &known.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(day) = &known.last_modified {
            request = request.header(IF_MODIFIED_SINCE, day);
        }
        // Who began with a secure address is not led to one that anybody on the way can change.
        let request = request.config().https_only(url.starts_with("https://")).build();
        let mut response = request.call().map_err(|error| self.error(url, error))?;
        match response.status() {
            StatusCode::NOT_MODIFIED => return Ok(Fetched::NotModified),
            StatusCode::OK => {}
            status => return Err(FetchError::Status { url: url.to_owned(), status: status.as_u16() }),
        }
        let validators =
            Validators { etag: header(&response, ETAG), last_modified: header(&response, LAST_MODIFIED) };
        let stated = response.body().content_length();
        let bytes = self.body(url, &mut response, stated, progress)?;
        Ok(Fetched::File { bytes, validators })
    }

    fn body(
        &self,
        url: &str,
        response: &mut Response<ureq::Body>,
        stated: Option<u64>,
        progress: &mut dyn FnMut(u64, Option<u64>),
    ) -> Result<Vec<u8>, FetchError> {
        let mut reader = response.body_mut().as_reader();
        let mut bytes = Vec::new();
        let mut chunk = vec![0; 64 << 10];
        loop {
            progress(bytes.len() as u64, stated);
            let read = match reader.read(&mut chunk) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) => {
                    let (url, found) = (url.to_owned(), bytes.len() as u64);
                    // The client's own errors come wrapped in those of reading.
                    return Err(match (ureq::Error::from(error), stated) {
                        (ureq::Error::Timeout(_), _) => {
                            FetchError::Timeout { url, what: format!("after {found} bytes") }
                        }
                        (_, Some(stated)) if found < stated => FetchError::Truncated { url, found, stated },
                        (error, _) => FetchError::Unreachable { url, message: error.to_string() },
                    });
                }
            };
            bytes.extend_from_slice(chunk.get(..read).unwrap_or_default());
            if bytes.len() as u64 > self.limits.bytes {
                return Err(FetchError::TooLarge { url: url.to_owned(), limit: self.limits.bytes });
            }
        }
        match stated.filter(|stated| *stated != bytes.len() as u64) {
            Some(stated) => {
                Err(FetchError::Truncated { url: url.to_owned(), found: bytes.len() as u64, stated })
            }
            None => Ok(bytes),
        }
    }

    fn error(&self, url: &str, error: ureq::Error) -> FetchError {
        let url = url.to_owned();
        match error {
            ureq::Error::Timeout(what) => FetchError::Timeout { url, what: what.to_string() },
            ureq::Error::TooManyRedirects => FetchError::Redirects { url, limit: self.limits.redirects },
            ureq::Error::BadUri(message) => FetchError::Address { url, message },
            ureq::Error::RequireHttpsOnly(message) => FetchError::Address { url, message },
            other => FetchError::Unreachable { url, message: other.to_string() },
        }
    }
}

fn header(response: &Response<ureq::Body>, name: ureq::http::HeaderName) -> Option<String> {
    response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}
