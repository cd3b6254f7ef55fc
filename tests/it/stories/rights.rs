//! P3: the administrator limits what an adult may do for a child, closes it, and gives it back; all of it at once.

use insta::assert_snapshot;
use zhurnal::school::import::{How, Outcome, Source, import_as};

use super::{open, press_all};
use crate::support::databases::sample;
use crate::support::phone::{Phone, draw};
use crate::support::school::School;
use crate::support::story;

story!(
    p3_rights_are_closed_at_once_and_given_back,
    p3_what_is_too_old_to_be_deleted_is_covered,
    p3_the_diary_only_leaves_the_familys_word_to_another,
    p3_a_workbook_loaded_again_opens_nothing,
    p3_only_the_administrator_keeps_rights_and_never_the_own,
);

/// The administrator opens the rights of those who belong to Алексей.
async fn rights(school: &School) -> Phone {
    let administrator = school.staff("Савельева").await;
    administrator.says("/start").await;
    press_all(&administrator, &["Люди", "Найти по фамилии"]).await;
    administrator.says("Иванов Алексей").await;
    administrator.press_starting("Иванов Алексей").await;
    administrator.press("Права взрослых").await;
    administrator
}

/// A 2 of Алексей is told to both parents.
async fn marked(school: &School) -> Phone {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    press_all(&teacher, &["Посещаемость и отметки", "3", "Иванов А."]).await;
    school.minutes_pass(60);
    school.quiet().await;
    teacher
}

async fn p3_rights_are_closed_at_once_and_given_back(school: &School) {
    let mother = school.parent("Иванова Мария").await;
    let father = school.parent("Иванов Сергей").await;
    let teacher = marked(school).await;
    father.gets("Алексей").await;
    let told = father.count("алгебра");
    assert!(told > 0, "{}", father.chat());
    let administrator = rights(school).await;
    assert_snapshot!(administrator.screen(), @"
    Права взрослых · Иванов Алексей, 7А
    Иванов С. А.: все права
    Иванова М. В.: все права
    [Иванов С. А.]
    [Иванова М. В.]
    [‹ Назад] [Меню]
    ");
    administrator.press_starting("Иванов\u{a0}С.").await;
    assert_snapshot!(administrator.screen(), @"
    Иванов Сергей Андреевич
    Ребёнок: Иванов Алексей, 7А
    Сейчас: все права
    • Все права: видит дневник, получает сообщения, говорит за семью.
    • Только дневник: видит и получает то же, но о пропусках сообщает другой взрослый.
    • Права закрыты: об этом ребёнке не видит и не получает ничего. Другим взрослым журнал об этом не сообщает.
    [Только дневник]
    [Закрыть права]
    [‹ Назад] [Меню]
    ");
    administrator.press("Закрыть права").await;
    assert_snapshot!(administrator.screen(), @"
    Закрыть права: Иванов Сергей Андреевич?
    Ребёнок: Иванов Алексей, 7А. Дневник закроется сразу, сообщения не придут, прежние сообщения о ребёнке уйдут из чата. Человеку придёт «Доступ к дневнику закрыт» без причины. Вернуть права можно здесь же.
    [Закрыть права]
    [Не закрывать]
    ");
    administrator.press("Закрыть права").await;
    administrator.sees("Сейчас: права закрыты").await;
    assert_eq!(administrator.toast(), "Права изменены");
    school.quiet().await;
    // What stood in his chat is gone; he is told without a reason, and nobody else is.
    assert_snapshot!(draw(&father.gets("Доступ к дневнику закрыт").await), @"
    Доступ к дневнику закрыт вт 24.11: Алексей.
    Вопросы — в приёмную школы: 20-00-00
    ");
    assert_eq!(father.count("алгебра"), 0, "{}", father.chat());
    assert_eq!(mother.count("закрыт"), 0, "{}", mother.chat());
    assert_eq!(mother.count("алгебра"), told, "{}", mother.chat());
    father.says("/diary").await;
    assert!(!father.screen().contains("Алексей"), "{}", father.screen());
    open(&teacher, "7А алгебра").await;
    press_all(&teacher, &["Посещаемость и отметки", "4", "3 Иванов А."]).await;
    school.minutes_pass(60);
    school.quiet().await;
    assert_eq!(father.count("алгебра"), 0, "{}", father.chat());
    // The tutor sees how it stands, and changes nothing.
    teacher.says("/start").await;
    press_all(&teacher, &["Мой класс · 7А", "Доступы", "Все ученики", "✓ Иванов А."]).await;
    assert_snapshot!(teacher.screen(), @"
    Иванов Алексей · доступ семьи
    Ученик: не подключено
    Иванова М. В.: подключено вт 24.11, 10:40
    Иванов С. А.: права закрыты с вт 24.11
    [• Ученик]
    [✓ Иванова М. В.]
    [‹ Доступы] [Меню]
    ");
    administrator.press("Все права").await;
    administrator.sees("Сейчас: все права").await;
    school.quiet().await;
    assert_snapshot!(draw(&father.gets("права возвращены").await), @"
    Дневник открыт с вт 24.11, права возвращены: Алексей.
    Вопросы — в приёмную школы: 20-00-00
    ");
    father.says("/diary").await;
    father.sees("Алексей").await;
}

async fn p3_what_is_too_old_to_be_deleted_is_covered(school: &School) {
    let father = school.parent("Иванов Сергей").await;
    marked(school).await;
    assert!(father.count("алгебра") > 0, "{}", father.chat());
    school.minutes_pass(3 * 24 * 60);
    let administrator = rights(school).await;
    administrator.press_starting("Иванов\u{a0}С.").await;
    press_all(&administrator, &["Закрыть права", "Закрыть права"]).await;
    administrator.sees("Сейчас: права закрыты").await;
    school.quiet().await;
    assert_eq!(father.count("алгебра"), 0, "{}", father.chat());
    assert_eq!(father.count("Сообщение закрыто."), 1, "{}", father.chat());
}

async fn p3_the_diary_only_leaves_the_familys_word_to_another(school: &School) {
    let father = school.parent("Иванов Сергей").await;
    let administrator = rights(school).await;
    administrator.press_starting("Иванов\u{a0}С.").await;
    administrator.press("Только дневник").await;
    administrator.sees("Сейчас: только дневник").await;
    school.quiet().await;
    assert_snapshot!(draw(&father.gets("вам открыт дневник").await), @"
    С вт 24.11 вам открыт дневник: Алексей. О пропусках сообщает другой взрослый.
    Вопросы — в приёмную школы: 20-00-00
    ");
    marked(school).await;
    assert!(father.count("алгебра") > 0, "{}", father.chat());
    father.says("/diary").await;
    father.sees("Алексей").await;
    father.says("/absence").await;
    assert_snapshot!(father.screen(), @"
    Вам открыт только дневник: о пропусках сообщает другой взрослый. Вопросы — к администратору журнала.
    Алексей, 7А · вт 24.11 · алгебра 3 · завтра 6 уроков с 8:30
    [Дневник] [Отметки]
    [ДЗ] [Расписание]
    [Графики]
    [Сообщить о пропуске]
    [Объявления]
    [Сообщения]
    [Настройки] [Помощь]
    ");
}

async fn p3_a_workbook_loaded_again_opens_nothing(school: &School) {
    let father = school.parent("Иванов Сергей").await;
    let administrator = rights(school).await;
    administrator.press_starting("Иванов\u{a0}С.").await;
    press_all(&administrator, &["Закрыть права", "Закрыть права"]).await;
    administrator.sees("Сейчас: права закрыты").await;
    let before = school
        .number("SELECT COUNT(*) FROM guardians WHERE $1 IS NOT NULL", school.now())
        .await;
    let again = import_as(
        &school.db,
        Source::File(sample().to_vec()),
        &How::default(),
        school.now(),
    )
    .await;
    assert!(matches!(again, Ok(Outcome::Done(_))), "{again:?}");
    let after = school
        .number("SELECT COUNT(*) FROM guardians WHERE $1 IS NOT NULL", school.now())
        .await;
    assert_eq!(before, after);
    father.says("/diary").await;
    assert!(!father.screen().contains("Алексей"), "{}", father.screen());
}

async fn p3_only_the_administrator_keeps_rights_and_never_the_own(school: &School) {
    let administrator = rights(school).await;
    administrator.press_starting("Иванов\u{a0}С.").await;
    let (_, limit) = administrator.data("Только дневник");
    let mother = school.parent("Иванова Мария").await;
    let tutor = school.staff("Смирнова").await;
    for other in [&mother, &tutor] {
        other.says("/start").await;
        other.press_data(other.last().message_id, &limit).await;
        assert_eq!(
            other.toast(),
            "Доступ этого человека ведёте не вы. Вопросы — к администратору журнала."
        );
    }
    // The administrator becomes a parent of the child.
    school
        .change(
            "INSERT INTO guardians (parent_id, pupil_id)
             SELECT (SELECT id FROM people WHERE surname = 'Савельева'), g.pupil_id FROM guardians g
             JOIN people p ON p.id = g.parent_id WHERE p.surname = 'Иванова' AND p.name = 'Мария'",
        )
        .await;
    press_all(&administrator, &["‹ Назад"]).await;
    administrator.press_starting("Савельева").await;
    administrator.press("Только дневник").await;
    assert_eq!(
        administrator.toast(),
        "Свои права менять нельзя. Это сделает другой администратор журнала."
    );
}
