//! The school's own text of the consent: versions are added, none is taken back.

use super::*;

/// The small school with such paragraphs in the sheet of the consent.
fn with_text(paragraphs: &str) -> Vec<u8> {
    book(&[("Школа: ", &format!("Согласие: Текст\n{paragraphs}\nШкола: "))])
}

/// All versions that the journal has.
async fn versions(db: &Db) -> Vec<(i64, String)> {
    let mut snapshot = db.snapshot().await.unwrap();
    let school = store::schools(&mut snapshot).await.unwrap()[0].0;
    let mut found = Vec::new();
    for version in 1.. {
        match crate::school::store::consent_text(&mut snapshot, school, version)
            .await
            .unwrap()
        {
            Some(it) => found.push((it.version, it.text)),
            None => break,
        }
    }
    found
}

#[tokio::test]
async fn p3_a_changed_text_is_a_new_version_and_an_absent_sheet_leaves_it() {
    on_both(async |db| {
        load(db, &book(&[])).await;
        assert_eq!(versions(db).await, []);
        let first = load(db, &with_text("Первый <абзац>\nВторой & последний")).await;
        assert_eq!((first.total().new, first.total().changed), (1, 0));
        assert!(first.text(Locale::Ru).contains("Текст согласия: новых 1"));
        // The same again, and a workbook without the sheet, change nothing.
        assert!(
            load(db, &with_text("Первый <абзац>\nВторой & последний"))
                .await
                .total()
                .is_idle()
        );
        assert!(load(db, &book(&[])).await.total().is_idle());
        let other = load(db, &with_text("Иной")).await;
        assert_eq!((other.total().new, other.total().changed), (0, 1));
        // Back to the first words: a third version, since somebody may have agreed to the second.
        load(db, &with_text("Первый <абзац>\nВторой & последний")).await;
        let texts = ["Первый <абзац>\nВторой & последний", "Иной"];
        assert_eq!(
            versions(db).await,
            [
                (1, texts[0].to_owned()),
                (2, texts[1].to_owned()),
                (3, texts[0].to_owned())
            ]
        );
    })
    .await;
}

#[test]
fn p3_what_is_wrong_with_a_text_is_told_with_the_way_out() {
    let told = |file: &[u8]| -> Vec<String> {
        let problems = parsed(file).err().unwrap_or_default();
        problems.list().iter().map(|it| it.text(Locale::Ru)).collect()
    };
    assert_eq!(
        told(&book(&[("Школа: ", "Согласие: Текст\nШкола: ")])),
        [
            "Лист «Согласие» пуст. Заполните под заголовком хотя бы одну строку или удалите лист: тогда останется то, что есть в журнале."
        ]
    );
    let paragraph = "слово ".repeat(1_000);
    let long = vec![paragraph.trim(); 34].join("\n");
    assert!(long.chars().count() > 200_000);
    let said = "«Согласие», строка 7, «Текст»: в тексте согласия 203966 знаков, а помещается 30000. Сократите его: семья читает это с телефона.";
    assert_eq!(told(&with_text(&long)), [said]);
    // One cell holds no more than a spreadsheet's, and what a longer one lost isn't passed over in silence.
    let cell = "а".repeat(32_767);
    assert_eq!(told(&with_text(&cell)).len(), 1);
    assert_eq!(told(&with_text(&"а".repeat(30_000))), [""; 0]);
    assert_eq!(told(&with_text("#12")), [""; 0]);
}

#[test]
fn p3_the_template_with_its_example_left_in_says_nothing_of_consent() {
    for locale in Locale::ALL {
        let problems = parsed(&template(locale).unwrap()).unwrap_err();
        let told: Vec<Option<layout::Kind>> = problems.all().iter().map(|it| it.place.kind).collect();
        assert!(told.contains(&Some(layout::Kind::Staff)) && !told.contains(&Some(layout::Kind::Consent)));
    }
}
