//! Bytes of a table to UTF-8, as a stream.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, UTF_8};

const PART: usize = 32 * 1024;

/// Passes UTF-8 through, without its mark and unjudged; turns UTF-16 with its mark into UTF-8.
pub(crate) struct Decoded<R> {
    inner: R,
    decoder: Option<Decoder>,
    ended: bool,
    raw: Vec<u8>,
    ready: Vec<u8>,
    given: usize,
}

impl<R: Read> Decoded<R> {
    pub(crate) fn new(mut inner: R) -> io::Result<Decoded<R>> {
        let mut first = Vec::new();
        inner.by_ref().take(3).read_to_end(&mut first)?;
        let (encoding, mark) = Encoding::for_bom(&first).unwrap_or((UTF_8, 0));
        let rest = first.get(mark..).unwrap_or_default().to_vec();
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
        Ok(Decoded { inner, decoder, ended: false, raw: rest, ready: Vec::new(), given: 0 })
    }

    /// Decodes the next part of the input.
    fn refill(&mut self) -> io::Result<()> {
        let had = self.raw.len();
        self.raw.resize(had + PART, 0);
        let read = loop {
            match self.inner.read(self.raw.get_mut(had..).unwrap_or_default()) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => break other,
            }
        };
        self.raw.truncate(had + *read.as_ref().unwrap_or(&0));
        self.ended = read? == 0;
        self.ready.clear();
        self.given = 0;
        let Some(decoder) = &mut self.decoder else {
            std::mem::swap(&mut self.raw, &mut self.ready);
            return Ok(());
        };
        let mut text = String::with_capacity(decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(PART));
        let (_, used, _) = decoder.decode_to_string(&self.raw, &mut text, self.ended);
        self.raw.drain(..used);
        self.ready = text.into_bytes();
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given >= self.ready.len() {
            if self.ended {
                return Ok(0);
            }
            self.refill()?;
        }
        let mut left = self.ready.get(self.given..).unwrap_or_default();
        let count = left.read(into)?;
        self.given += count;
        Ok(count)
    }
}
