//! Which published format a file is, told from its contents.

use std::io::{BufRead, BufReader, Read};

use crate::readers::table::fold;
use crate::readers::{csl_csv, csl_json, dpl, ecfr, eu, ftm, mieu, ofac, own, seco, uk, un};
use crate::reading::{ReadError, Reading, refuse_non_list};
use crate::snapshot::Snapshot;
use crate::text::decode;

/// The formats that [`read_any`] tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// The eCFR XML of 15 CFR part 744.
    EcfrPart744,
    /// The US Consolidated Screening List in CSV.
    CslCsv,
    /// The US Consolidated Screening List in JSON or JSON lines.
    CslJson,
    /// A file of OFAC's SDN list or consolidated list, in CSV: the list itself, or one of those that belong to it.
    Ofac(ofac::Part),
    /// OFAC's SDN list or consolidated list in XML.
    OfacXml,
    /// The same in the layout that OFAC calls advanced.
    OfacAdvanced,
    /// The list of EU financial sanctions in XML, of today or before 2017.
    EuXml,
    /// The list of EU financial sanctions in CSV.
    EuCsv,
    /// The UK Sanctions List in XML.
    UkListXml,
    /// The UK Sanctions List in CSV.
    UkListCsv,
    /// The Consolidated List of the UK's OFSI in CSV.
    UkConList,
    /// The Swiss list of SECO in XML.
    Seco,
    /// FollowTheMoney entities in JSON.
    FollowTheMoney,
    /// A list of one's own in CSV.
    OwnCsv,
    /// A list of one's own in a workbook.
    OwnXlsx,
    /// The UN consolidated list in XML.
    Un,
    /// The BIS Denied Persons List, tab-separated.
    DeniedPersons,
    /// The military-intelligence end users of 15 CFR 744.22, in CSV.
    Mieu,
    /// A snapshot of Hisn.
    Snapshot,
}

const KNOWN: &str = "eCFR XML of 15 CFR part 744, Consolidated Screening List (CSV, JSON), OFAC sdn and cons (CSV with alt, add \
                     and comments, XML, advanced XML), UN consolidated list (XML), EU financial sanctions (XML, CSV), UK Sanctions \
                     List (XML, CSV), OFSI ConList (CSV), Swiss SECO (XML), FollowTheMoney (JSON lines), Denied Persons List \
                     (tab-separated), military-intelligence end users (CSV), a list of your own with a column \"name\" (CSV, \
                     XLSX), snapshots of Hisn; plain, .gz or .zst";

/// No published list unpacks to more.
pub(crate) const UNPACKED_LIMIT: u64 = 1 << 29;

/// The start that tells the format: longer than any first record, and than the comment that a document opens with.
const HEAD: usize = 1 << 16;

/// Reads a list of any known format, compressed or not. `name` is the file's name for messages; the format is told
/// from the contents alone.
///
/// # Errors
/// When the file is empty, a web page, of no known format, or not well formed.
pub fn read_any(name: &str, bytes: &[u8]) -> Result<(Format, Reading), ReadError> {
    let unpacked = unpack(bytes)?;
    let format = detect(name, &unpacked)?;
    Ok((format, read_as(format, name, &unpacked)?))
}

/// Reads an unpacked file of a known format.
pub(crate) fn read_as(format: Format, name: &str, unpacked: &[u8]) -> Result<Reading, ReadError> {
    match format {
        Format::EcfrPart744 => ecfr::read(unpacked),
        Format::CslCsv => csl_csv::read(unpacked),
        Format::CslJson => csl_json::read(unpacked),
        Format::Ofac(part) => match part.companion_of() {
            None => ofac::read(unpacked),
            Some((what, main)) => Err(ReadError::Companion { what, main }),
        },
        Format::OfacXml => ofac::read_xml(unpacked),
        Format::OfacAdvanced => ofac::read_advanced(unpacked),
        Format::EuXml => eu::read_xml(unpacked),
        Format::EuCsv => eu::read_csv(unpacked),
        Format::UkListXml => uk::read_list_xml(unpacked),
        Format::UkListCsv => uk::read_list_csv(unpacked),
        Format::UkConList => uk::read_conlist(unpacked),
        Format::Seco => seco::read(unpacked),
        Format::FollowTheMoney => ftm::read(unpacked),
        Format::OwnCsv => own::read_csv(name, unpacked),
        Format::OwnXlsx => own::read_xlsx(name, unpacked),
        Format::Un => un::read(unpacked),
        Format::DeniedPersons => dpl::read(unpacked),
        Format::Mieu => mieu::read(unpacked),
        Format::Snapshot => Snapshot::read_unpacked(unpacked).map(|snapshot| {
            let dated = snapshot.manifest.lists.iter().map(|list| list.version).min();
            Reading { parties: snapshot.parties, dated, ..Reading::default() }
        }),
    }
}

/// Unpacks gzip and zstd; anything else is returned as it is.
///
/// # Errors
/// When the packed stream is damaged or unpacks to more than any list holds.
pub fn unpack(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return limited(flate2::read::MultiGzDecoder::new(bytes), "gzip");
    }
    if bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        let decoder = zstd::Decoder::new(bytes)
            .map_err(|error| ReadError::Compressed { kind: "zstd", message: error.to_string() })?;
        return limited(decoder, "zstd");
    }
    Ok(bytes.to_vec())
}

/// The first line of a file, packed or not, without unpacking what comes behind it.
pub(crate) fn first_line(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let mut reader: Box<dyn BufRead + '_> = if bytes.starts_with(&[0x1f, 0x8b]) {
        Box::new(BufReader::new(flate2::read::MultiGzDecoder::new(bytes)))
    } else if bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        let decoder = zstd::Decoder::new(bytes)
            .map_err(|error| ReadError::Compressed { kind: "zstd", message: error.to_string() })?;
        Box::new(BufReader::new(decoder))
    } else {
        Box::new(bytes)
    };
    let mut line = Vec::new();
    let read = reader.by_ref().take(UNPACKED_LIMIT).read_until(b'\n', &mut line);
    read.map_err(|error| ReadError::Compressed { kind: "snapshot", message: error.to_string() })?;
    Ok(line)
}

fn limited(decoder: impl Read, kind: &'static str) -> Result<Vec<u8>, ReadError> {
    let mut out = Vec::new();
    let read = decoder.take(UNPACKED_LIMIT + 1).read_to_end(&mut out);
    read.map_err(|error| ReadError::Compressed { kind, message: error.to_string() })?;
    if out.len() as u64 > UNPACKED_LIMIT {
        return Err(ReadError::TooLarge { limit: UNPACKED_LIMIT });
    }
    Ok(out)
}

/// Tells the format of an unpacked file.
pub(crate) fn detect(name: &str, bytes: &[u8]) -> Result<Format, ReadError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Format::OwnXlsx);
    }
    let head = decode(bytes.get(..bytes.len().min(HEAD)).unwrap_or(bytes));
    refuse_non_list(&head)?;
    let start = head.trim_start_matches('\u{feff}').trim_start();
    let first = start.lines().next().unwrap_or_default();
    let columns = |columns: &[&str]| columns.iter().all(|column| first.contains(column));
    let found = if first.contains("\"hisn.lists/") {
        Some(Format::Snapshot)
    } else if start.starts_with('<') {
        xml_format(start)
    } else if start.starts_with(['{', '[']) {
        json_format(start)
    } else if columns(&["Name", "FR_Citation", "Expiration_Date", "\t"]) {
        Some(Format::DeniedPersons)
    } else if columns(&["source", "name", "federal_register_notice", ","]) {
        Some(Format::CslCsv)
    } else if mieu::is_header(first) {
        Some(Format::Mieu)
    } else if let Some(part) = ofac::Part::of(start) {
        Some(Format::Ofac(part))
    } else {
        table_format(start)
    };
    found.ok_or_else(|| ReadError::Unknown {
        name: name.to_owned(),
        start: start.chars().take(60).collect(),
        known: KNOWN,
    })
}

fn json_format(start: &str) -> Option<Format> {
    let has = |key: &str| start.contains(key);
    if has("\"schema\"") && has("\"properties\"") {
        Some(Format::FollowTheMoney)
    } else {
        has("\"source\"").then_some(Format::CslJson)
    }
}

fn table_format(start: &str) -> Option<Format> {
    // A line of preamble may stand above the header.
    let lines: Vec<String> = start.lines().take(5).map(fold).collect();
    let columns =
        |columns: &[&str]| lines.iter().any(|line| columns.iter().all(|column| line.contains(&fold(column))));
    if columns(&["Entity_LogicalId", ";"]) {
        Some(Format::EuCsv)
    } else if columns(&["Unique ID", "Name 6", "Regime Name"]) {
        Some(Format::UkListCsv)
    } else if columns(&["Group ID", "Name 6", "Group Type"]) {
        Some(Format::UkConList)
    } else {
        own::is_own(start).then_some(Format::OwnCsv)
    }
}

fn xml_format(start: &str) -> Option<Format> {
    let roots = [
        (Format::Un, "CONSOLIDATED_LIST"),
        (Format::EcfrPart744, "DIV5"),
        (Format::EcfrPart744, "DIV8"),
        (Format::EcfrPart744, "DIV9"),
        (Format::EcfrPart744, "ECFR"),
        (Format::EuXml, "export"),
        (Format::EuXml, "WHOLE"),
        (Format::OfacXml, "sdnList"),
        (Format::OfacAdvanced, "Sanctions"),
        (Format::UkListXml, "Designations"),
        (Format::Seco, "swiss-sanctions-list"),
    ];
    // The first element that one of them names; a prefix may stand before it.
    let elements = start.split('<').filter_map(|part| {
        let name = part.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
        Some(name.rsplit(':').next().unwrap_or(name))
    });
    elements.filter_map(|name| roots.iter().find(|(_, root)| *root == name)).map(|(format, _)| *format).next()
}
