//! Shows how two names are cut into words, laid side by side and scored.
//!
//! usage: lay_out person|organisation|craft NAME NAME

use hisn_names::{Kind, Name, compare};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [kind, left, right] = args.as_slice() else {
        eprintln!("usage: lay_out person|organisation|craft NAME NAME");
        return;
    };
    let kind = match kind.as_str() {
        "person" => Kind::Person,
        "craft" => Kind::Craft,
        _ => Kind::Organisation,
    };
    for name in [left, right] {
        println!("{name}");
        for word in Name::new(name, kind).words {
            println!(
                "  {:<20} {:<20} {:?} {:.2} {:x}",
                word.text,
                word.latin(),
                word.role,
                word.weight,
                word.key.0
            );
        }
    }
    println!("{:#?}", compare(left, right, kind));
}
