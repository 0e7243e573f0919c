//! The folder in which the program keeps what it fetches: `--data`, `HISN_DATA`, or the place that the system has for it.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use hisn_lists_update::Store;

/// The variable of the environment that names the folder.
pub const VARIABLE: &str = "HISN_DATA";

static GIVEN: OnceLock<PathBuf> = OnceLock::new();

/// Notes the folder of `--data`, once, before any command runs.
pub fn give(folder: Option<PathBuf>) {
    if let Some(folder) = folder {
        GIVEN.get_or_init(|| folder);
    }
}

/// The folder; `None` where nothing names one and the system has no place for it.
pub fn folder() -> Option<PathBuf> {
    let given = GIVEN.get().cloned();
    let named = || std::env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from);
    let usual = || directories::ProjectDirs::from("", "", "hisn").map(|dirs| dirs.data_dir().to_owned());
    given.or_else(named).or_else(usual)
}

/// The renewed lists.
pub fn store() -> Option<Store> {
    folder().as_deref().map(Path::new).map(Store::new)
}
