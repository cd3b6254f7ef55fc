//! An order → PDF: typst with the journal's own fonts and templates, and nothing from the system.

use anyhow::Context as _;
use serde_json::{Value, json};
use typst::foundations::Dict;
use typst_as_lib::TypstEngine;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::{Order, Sheet, qr};

/// PT Sans and PT Mono, made for the languages of Russia.
const FONTS: [&[u8]; 3] = [
    include_bytes!("../../assets/fonts/PTS55F.ttf"),
    include_bytes!("../../assets/fonts/PTS75F.ttf"),
    include_bytes!("../../assets/fonts/PTM55F.ttf"),
];
const SLIPS: &str = include_str!("../../assets/paper/slips.typ");

/// Sets a document. Letters that no font has make it fail: paper with holes isn't given out.
pub fn typeset(order: &Order) -> anyhow::Result<Vec<u8>> {
    let (template, sheet) = match &order.sheet {
        Sheet::Slips(slips) => {
            let mut sheet = json!(slips);
            for (slip, drawn) in slips
                .slips
                .iter()
                .zip(sheet["slips"].as_array_mut().into_iter().flatten())
            {
                drawn["qr"] = match &slip.link {
                    Some(link) => qr::svg(link)?.into(),
                    None => Value::Null,
                };
            }
            (SLIPS, sheet)
        }
    };
    let inputs = json!({
        "title": order.title,
        "language": order.language,
        "made": order.made.format("%Y-%m-%d").to_string(),
        "sheet": sheet,
    });
    let inputs: Dict = serde_json::from_value(inputs).context("an order as typst takes it")?;
    let engine = TypstEngine::builder().main_file(template).fonts(FONTS).build();
    let document = engine
        .compile_with_input(inputs)
        .output
        .map_err(|failure| anyhow::anyhow!("typst doesn't take the template: {failure}"))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2b])
        .map_err(|refusal| anyhow::anyhow!("typst doesn't know PDF/A-2b: {}", refusal.message()))?;
    let options = PdfOptions {
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|problems| {
        let problems: Vec<&str> = problems.iter().map(|it| it.message.as_str()).collect();
        anyhow::anyhow!("the document can't become a PDF: {}", problems.join("; "))
    })
}

#[cfg(test)]
mod tests {
    use super::super::slips::{Slip, Slips};
    use super::*;
    use chrono::NaiveDate;

    fn order(names: &[&str]) -> Order {
        let slip = |name: &&str| Slip {
            heading: (*name).to_owned(),
            person: (*name).to_owned(),
            link: Some("https://t.me/school_journal_bot?start=0123456789ABCDEFGHJKMNPQRS".to_owned()),
            code: "012345-6789A-BCDEF-GHJKM-NPQRS".to_owned(),
            digits: "0712".to_owned(),
            note: "7 days".to_owned(),
        };
        Order {
            made: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
            title: "Slips".to_owned(),
            language: "ru".to_owned(),
            sheet: Sheet::Slips(Slips {
                school: "School".to_owned(),
                code_label: "Code".to_owned(),
                digits_label: "Digits".to_owned(),
                how: ["one", "two", "three"].map(str::to_owned).to_vec(),
                slips: names.iter().map(slip).collect(),
            }),
        }
    }

    #[test]
    fn p3_slips_become_a_pdf_with_every_letter() {
        let surname = "\u{429}\u{435}\u{43b}\u{43a}\u{443}\u{43d}\u{43e}\u{432}\u{430}";
        let long = surname.repeat(7);
        let pdf = typeset(&order(&[surname, "D'Agostino", &long, surname])).unwrap();
        assert!(pdf.starts_with(b"%PDF-1.7"));
        assert!(String::from_utf8_lossy(&pdf).contains("<pdfaid:part>2</pdfaid:part>"));
    }

    #[test]
    fn a_letter_that_no_font_has_isnt_left_out_silently() {
        let failure = typeset(&order(&["\u{10480}"])).unwrap_err();
        assert!(failure.to_string().contains("could not be displayed"), "{failure}");
    }
}
