//! Law packs from folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use hisn_law::PackSource;

use crate::exit::Failure;

/// The packs of folders: each is a pack, or holds packs.
pub fn read(folders: &[PathBuf]) -> Result<Vec<PackSource>, Failure> {
    let mut packs = Vec::new();
    for folder in folders {
        if folder.join("pack.toml").is_file() {
            packs.push(read_pack(folder)?);
            continue;
        }
        let before = packs.len();
        for inner in entries(folder)? {
            if inner.join("pack.toml").is_file() {
                packs.push(read_pack(&inner)?);
            }
        }
        if packs.len() == before {
            return Err(Failure::new(format!(
                "{}: neither this folder nor one in it has a pack.toml\nhelp: a law pack is a folder with pack.toml and *.law files",
                folder.display()
            )));
        }
    }
    Ok(packs)
}

fn read_pack(folder: &Path) -> Result<PackSource, Failure> {
    let mut files = BTreeMap::new();
    collect(folder, folder, &mut files)?;
    Ok(PackSource { files, prefix: format!("{}/", folder.display().to_string().trim_end_matches('/')) })
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) -> Result<(), Failure> {
    for path in entries(folder)? {
        if path.is_dir() {
            collect(root, &path, files)?;
            continue;
        }
        let wanted = path
            .extension()
            .is_some_and(|ending| ["law", "toml", "csv", "txt"].iter().any(|known| ending == *known));
        if wanted {
            let name = path.strip_prefix(root).unwrap_or(&path).display().to_string().replace('\\', "/");
            let text = fs::read_to_string(&path).map_err(|error| Failure::file(&path, &error))?;
            files.insert(name, text);
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let read = fs::read_dir(folder).map_err(|error| Failure::file(folder, &error))?;
    let mut paths: Vec<PathBuf> =
        read.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    Ok(paths)
}
