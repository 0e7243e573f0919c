//! A report as a page: no script, logical properties only, every inserted value isolated.

use super::{Lang, Report, Span};

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:1.0625rem/1.6 system-ui,'Noto Sans','Noto Kufi Arabic',sans-serif;max-inline-size:60rem;margin-inline:auto;padding:1.5rem}\
h1{font-size:1.6rem;margin-block:0 .25rem}h2{font-size:1.1rem;margin-block:1.5rem .25rem}\
ul{padding-inline-start:1.25rem;margin-block:.25rem}li li{margin-block:0}\
bdi{unicode-bidi:isolate}.about{margin-block:0}article+article{border-block-start:1px solid;margin-block-start:2rem}\
@media print{body{max-inline-size:none;padding:0}}";

/// The beginning of a page of reports.
pub fn page_start(lang: Lang) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>Hisn</title><style>{STYLE}</style></head>\n<body><main>\n",
        lang.code(),
        lang.dir()
    )
}

/// Its end.
pub const PAGE_END: &str = "</main></body></html>\n";

/// One report as an article of the page.
pub fn html(report: &Report) -> String {
    let mut out = String::from("<article>\n<h1>");
    escape(&report.decision, &mut out);
    out.push_str("</h1>\n<p class=\"about\">");
    spans(&report.about, &mut out);
    out.push_str("</p>\n");
    if !report.summary.is_empty() {
        out.push_str("<p>");
        spans(&report.summary, &mut out);
        out.push_str("</p>\n");
    }
    for section in &report.sections {
        out.push_str("<section><h2>");
        escape(section.heading, &mut out);
        out.push_str("</h2>\n<ul>\n");
        let mut nested = false;
        for (place, line) in section.lines.iter().enumerate() {
            match (line.depth > 0, nested) {
                (true, false) if place > 0 => out.push_str("<ul>\n"),
                (false, true) => out.push_str("</ul></li>\n"),
                (false, false) if place > 0 => out.push_str("</li>\n"),
                (true, true) => out.push_str("</li>\n"),
                _ => {}
            }
            nested = line.depth > 0 && (nested || place > 0);
            out.push_str("<li>");
            spans(&line.spans, &mut out);
        }
        out.push_str(if nested { "</li></ul></li>\n</ul></section>\n" } else { "</li>\n</ul></section>\n" });
    }
    out.push_str("</article>\n");
    out
}

fn spans(spans: &[Span], out: &mut String) {
    for span in spans {
        match span {
            Span::Words(text) => escape(text, out),
            Span::Code(text) => {
                out.push_str("<bdi dir=\"ltr\">");
                escape(text, out);
                out.push_str("</bdi>");
            }
            Span::Name(text) => {
                out.push_str("<bdi>");
                escape(text, out);
                out.push_str("</bdi>");
            }
        }
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}
