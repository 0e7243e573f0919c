//! A publisher on this machine that does what real ones do.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a publisher answers.
#[derive(Clone)]
pub enum Reply {
    /// A whole file, with its validators.
    File { body: Vec<u8>, etag: Option<&'static str>, modified: Option<&'static str> },
    /// A status without a file.
    Status(u16),
    /// The way to another path.
    Redirect(String),
    /// A file that says that it is longer than it is.
    Truncated { body: Vec<u8>, stated: usize },
    /// Nothing, for this long.
    Silence(Duration),
    /// The start of a file, then nothing for this long.
    Stall { body: Vec<u8>, stated: usize, pause: Duration },
    /// Answers one after the other; the last one stays.
    Then(Vec<Reply>),
}

impl Reply {
    pub fn file(body: impl Into<Vec<u8>>) -> Reply {
        Reply::File { body: body.into(), etag: None, modified: None }
    }
}

/// A request: its path, and its headers by name in small letters.
#[derive(Clone, Debug)]
pub struct Seen {
    pub path: String,
    pub headers: HashMap<String, String>,
}

#[derive(Default)]
struct Site {
    replies: HashMap<String, Reply>,
    seen: Vec<Seen>,
}

pub struct Server {
    pub address: String,
    site: Arc<Mutex<Site>>,
}

impl Server {
    pub fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let site = Arc::new(Mutex::new(Site::default()));
        let shared = Arc::clone(&site);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let site = Arc::clone(&shared);
                std::thread::spawn(move || {
                    let _ = serve(stream, &site);
                });
            }
        });
        Server { address, site }
    }

    pub fn answer(&self, path: &str, reply: Reply) {
        self.site.lock().unwrap().replies.insert(path.to_owned(), reply);
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// The requests since the last time.
    pub fn seen(&self) -> Vec<Seen> {
        std::mem::take(&mut self.site.lock().unwrap().seen)
    }
}

fn serve(mut stream: TcpStream, site: &Mutex<Site>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().unwrap_or(Ok(String::new()))?;
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = HashMap::new();
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.insert(name.trim().to_lowercase(), value.trim().to_owned());
    }
    let reply = {
        let mut site = site.lock().unwrap();
        site.seen.push(Seen { path: path.clone(), headers: headers.clone() });
        let reply = site.replies.get(&path).cloned().unwrap_or(Reply::Status(404));
        match reply {
            Reply::Then(mut replies) => {
                let next = replies.remove(0);
                let rest = if replies.is_empty() { next.clone() } else { Reply::Then(replies) };
                site.replies.insert(path, rest);
                next
            }
            reply => reply,
        }
    };
    let head = |status: &str, more: &str, length: usize| {
        format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{more}Connection: close\r\n\r\n")
            .into_bytes()
    };
    match reply {
        Reply::File { body, etag, modified } => {
            let asked = |name: &str, have: Option<&str>| {
                have.is_some() && headers.get(name).map(String::as_str) == have
            };
            if asked("if-none-match", etag) || asked("if-modified-since", modified) {
                return stream.write_all(&head("304 Not Modified", "", 0));
            }
            let more: String = [("ETag", etag), ("Last-Modified", modified)]
                .iter()
                .filter_map(|(name, value)| value.map(|value| format!("{name}: {value}\r\n")))
                .collect();
            stream.write_all(&head("200 OK", &more, body.len()))?;
            stream.write_all(&body)
        }
        Reply::Status(status) => stream.write_all(&head(&format!("{status} Status"), "", 0)),
        Reply::Redirect(to) => stream.write_all(&head("302 Found", &format!("Location: {to}\r\n"), 0)),
        Reply::Truncated { body, stated } => {
            stream.write_all(&head("200 OK", "", stated))?;
            stream.write_all(&body)
        }
        Reply::Silence(pause) => {
            std::thread::sleep(pause);
            Ok(())
        }
        Reply::Stall { body, stated, pause } => {
            stream.write_all(&head("200 OK", "", stated))?;
            stream.write_all(&body)?;
            stream.flush()?;
            std::thread::sleep(pause);
            Ok(())
        }
        Reply::Then(_) => Ok(()),
    }
}
