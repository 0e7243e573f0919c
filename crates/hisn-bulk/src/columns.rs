//! Which column holds what.

use crate::Error;

/// What a column of the input may tell of a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the column of its name")]
pub enum Field {
    Name,
    Id,
    Schema,
    Country,
    BirthDate,
    Identifier,
    Address,
}

impl Field {
    const ALL: [(Field, &str); 7] = [
        (Field::Name, "name"),
        (Field::Id, "id"),
        (Field::Schema, "schema"),
        (Field::Country, "country"),
        (Field::BirthDate, "birth_date"),
        (Field::Identifier, "identifier"),
        (Field::Address, "address"),
    ];
}

/// The places of the columns that are read; all others pass through.
#[derive(Clone, Debug)]
pub struct Columns {
    places: Vec<(Field, usize)>,
}

impl Columns {
    /// Finds the columns by their names, whatever the case.
    ///
    /// # Errors
    /// No column is called `name`, or two columns claim to be the same.
    pub fn find(header: &[String]) -> Result<Columns, Error> {
        let mut places = Vec::new();
        for (field, called) in Field::ALL {
            let mut found =
                header.iter().enumerate().filter(|(_, cell)| cell.trim().eq_ignore_ascii_case(called));
            if let Some((place, _)) = found.next() {
                places.push((field, place));
            }
            if found.next().is_some() {
                return Err(Error::Twice(called.to_owned()));
            }
        }
        let columns = Columns { places };
        match columns.place(Field::Name) {
            Some(_) => Ok(columns),
            None => Err(Error::NoName(header.join(", "))),
        }
    }

    /// The place of a column, from 0.
    pub fn place(&self, field: Field) -> Option<usize> {
        self.places.iter().find(|(held, _)| *held == field).map(|(_, place)| *place)
    }
}
