//! Remembering what was worked out lately.

use rustc_hash::FxHashMap;

/// How much is remembered before all is forgotten.
const REMEMBERED: usize = 1024;

/// What was made for keys that were met lately, by the hash of the key.
#[derive(Debug)]
pub(crate) struct Recent<K, V> {
    known: FxHashMap<u64, (K, V)>,
}

impl<K, V> Default for Recent<K, V> {
    fn default() -> Self {
        Recent { known: FxHashMap::default() }
    }
}

impl<K, V> Recent<K, V> {
    /// What was made for the key of that hash, or makes it. `is` tells the key from others of the same hash.
    pub fn get(&mut self, hash: u64, is: impl Fn(&K) -> bool, make: impl Fn() -> (K, V)) -> &V {
        if self.known.len() > REMEMBERED {
            self.known.clear();
        }
        let known = self.known.entry(hash).or_insert_with(&make);
        if !is(&known.0) {
            *known = make();
        }
        &known.1
    }
}
