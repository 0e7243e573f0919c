//! The known word that a writer most likely meant.

/// The nearest of `known`, if it is near enough to be worth naming: a third of the letters may differ, and three at most.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = fold(word);
    let limit = (word.len() / 3).clamp(1, 3);
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let known = known.into_iter().map(|known| (fold(known), known));
    let alike = known.filter(|(folded, _)| folded.len().abs_diff(word.len()) <= limit);
    let scored = alike.map(|(folded, known)| (distance(&word, &folded), known));
    scored
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// `did you mean "…"?` where something is near, else all of `known` if they are few.
pub(crate) fn suggestion<'k>(word: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> Option<String> {
    if let Some(near) = nearest(word, known.clone()) {
        return Some(format!("did you mean {near:?}?"));
    }
    let known: Vec<&str> = known.into_iter().collect();
    match known.as_slice() {
        [] => None,
        [one] => Some(format!("write {one}")),
        [few @ .., last] if known.len() <= FEW => Some(format!("write one of {} or {last}", few.join(", "))),
        _ => None,
    }
}

const LONGEST: usize = 100;
const FEW: usize = 24;

fn fold(word: &str) -> Vec<char> {
    word.chars().flat_map(char::to_lowercase).map(|c| if c == '-' || c == ' ' { '_' } else { c }).collect()
}

/// Letters to put in, take out, replace or swap.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (row, letter) in a.iter().enumerate() {
        let mut here = vec![row + 1];
        for (column, other) in b.iter().enumerate() {
            let at = |line: &[usize], place: usize| line.get(place).copied().unwrap_or(usize::MAX - 1);
            let replaced = at(&above, column) + usize::from(letter != other);
            let mut best = replaced.min(at(&above, column + 1) + 1).min(at(&here, column) + 1);
            let swapped =
                row > 0 && column > 0 && a.get(row - 1) == Some(other) && b.get(column - 1) == Some(letter);
            if swapped {
                best = best.min(at(&before, column - 1) + 1);
            }
            here.push(best);
        }
        before = std::mem::replace(&mut above, here);
    }
    above.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_is_near_and_nothing_else() {
        let known = ["end_use", "end_user", "country", "kind"];
        assert_eq!(nearest("enduser", known), Some("end_user"));
        assert_eq!(nearest("Contry", known), Some("country"));
        assert_eq!(nearest("knid", known), Some("kind"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(suggestion("colour", ["red", "blue"]).as_deref(), Some("write one of red or blue"));
    }
}
