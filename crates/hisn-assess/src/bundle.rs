//! What the binary carries: the law packs, and how packs given beside them replace or add to them.

use std::collections::BTreeMap;

use hisn_law::{Diagnostic, Law, LawErrors, PackSource};
use include_dir::{Dir, DirEntry, include_dir};

static LAW: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../law");

/// The packs that the binary carries, each a folder of `law/`.
pub fn bundled_packs() -> Vec<PackSource> {
    LAW.dirs()
        .map(|dir| {
            let mut files = BTreeMap::new();
            collect(dir, dir, &mut files);
            PackSource { files, prefix: format!("law/{}/", dir.path().display()) }
        })
        .collect()
}

fn collect(root: &Dir<'_>, dir: &Dir<'_>, files: &mut BTreeMap<String, String>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(root, inner, files),
            DirEntry::File(file) => {
                let name = file.path().strip_prefix(root.path()).unwrap_or(file.path());
                if let Some(text) = file.contents_utf8() {
                    files.insert(name.display().to_string().replace('\\', "/"), text.to_owned());
                }
            }
        }
    }
}

/// The law of the binary with packs put in place of those of the same name, or beside them.
///
/// # Errors
/// Whatever is wrong with the packs taken together.
pub fn law_with(given: Vec<PackSource>) -> Result<Law, LawErrors> {
    let mut packs: BTreeMap<String, PackSource> = BTreeMap::new();
    let mut errors: Vec<Diagnostic> = Vec::new();
    for source in bundled_packs().into_iter().chain(given) {
        match source.manifest() {
            Ok(manifest) => {
                packs.insert(manifest.name, source);
            }
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(LawErrors(errors));
    }
    Law::build(&packs.into_values().collect::<Vec<_>>())
}
