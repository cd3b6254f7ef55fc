//! P6: letters on behaviour pass the head where the school asks for it, and the school's words stand beside one's own.

use insta::assert_snapshot;
use zhurnal::chat::Payload;
use zhurnal::messages::letters::press::Act as LetterAct;

use super::{press_all, turn};
use crate::support::phone::{Phone, draw};
use crate::support::school::School;
use crate::support::story;

story!(
    p6_a_remark_on_behaviour_passes_the_head_where_the_school_asks_for_it,
    p6_a_letter_that_came_back_is_changed_or_dropped,
    p6_what_waits_is_decided_after_the_rule_is_off_and_rights_are_asked_again,
    p6_a_letter_that_is_being_changed_is_never_lost,
    p6_the_schools_words_are_beside_ones_own,
);

/// A letter on the behaviour of Anna, up to its preview.
async fn write(tutor: &Phone, words: &str) {
    tutor.says("/start").await;
    press_all(
        tutor,
        &[
            "Мой класс · 7А",
            "Написать родителям",
            "Волкова А.",
            "Дальше · 1",
            "Поведение",
        ],
    )
    .await;
    tutor.says(words).await;
}

async fn p6_a_remark_on_behaviour_passes_the_head_where_the_school_asks_for_it(school: &School) {
    let parent = school.parent("Волкова").await;
    let tutor = school.staff("Смирнова").await;
    let head = school.staff("Артемьева").await;
    let administrator = school.staff("Савельева").await;
    turn(&administrator, "О поведении — через руководителя").await;
    assert_snapshot!(administrator.screen(), @"
    Правила переписки
    ✓ — переписка разрешена, нажатие меняет. Закрытая не предлагается; прежние разговоры читаются.
    Сообщения тьюторов о поведении сначала видит руководитель ступени.
    [✓ Родители и учителя]
    [✓ Родители и тьюторы]
    [✓ Родители и руководители]
    [✓ Родители и администрация]
    [✓ Ученики и учителя]
    [✓ Ученики и тьюторы]
    [✓ Ученики и администрация]
    [✓ Сотрудники между собой]
    [✓ О поведении — через руководителя]
    [Кто не пишет]
    [‹ Назад] [Меню]
    ");
    write(&tutor, "Мешала на уроке.").await;
    tutor.press("Отправить · 1").await;
    assert_eq!(tutor.toast(), "Передано руководителю ступени");
    assert_snapshot!(tutor.screen(), @"
    О поведении · 7А · Смирнова Е. В.
    Получат родители — 1: Волкова Анна
    ———
    Анна: о поведении
    Мешала на уроке.
    Смирнова Елена Викторовна, тьютор 7А
    ———
    • Ждёт решения: Артемьева Г. С.
    [Изменить] [Не отправлять]
    [‹ Отправленное] [Меню]
    ");
    school.quiet().await;
    assert_eq!(parent.count("Мешала"), 0);
    let asked = head.gets("Мешала").await;
    assert_snapshot!(draw(&asked), @"
    О поведении · 7А · Смирнова Е. В.
    Получат родители — 1: Волкова Анна
    ———
    Анна: о поведении
    Мешала на уроке.
    Смирнова Елена Викторовна, тьютор 7А
    ———
    • Ждёт решения: Артемьева Г. С.
    [Отправить родителям]
    [Вернуть с замечанием]
    ");
    head.says("/start").await;
    head.press("О поведении: ждут вас · 1").await;
    assert_snapshot!(head.screen(), @"
    О поведении: ждут вашего решения · 1
    [7А · Смирнова Е. В.]
    [Меню]
    ");
    head.press_under("Мешала", "Отправить родителям").await;
    school.quiet().await;
    assert_eq!(parent.count("Мешала"), 1);
    // Where one was asked it says what was decided, and the button does nothing more.
    let asked = head.gets("Мешала").await;
    assert!(
        draw(&asked).ends_with("✓ Отправлено родителям: Артемьева Г. С., вт 24.11, 10:40"),
        "{}",
        draw(&asked)
    );
    let again = Payload::of(&LetterAct::Approve(zhurnal::ids::HeldLetterId(1)));
    let director = school.staff("Воронцов").await;
    director.press_data(director.last().message_id, again.as_str()).await;
    assert_eq!(director.toast(), "Уже решено");
    school.quiet().await;
    assert_eq!(parent.count("Мешала"), 1);
    let told = tutor.gets("ушло родителям").await;
    assert_snapshot!(draw(&told), @"
    Ваше сообщение о поведении ушло родителям · 7А, Волкова Анна
    ✓ Отправлено родителям: Артемьева Г. С., вт 24.11, 10:40
    [Открыть]
    ");
    tutor.press_under("ушло родителям", "Открыть").await;
    tutor.press("Кто прочитал").await;
    assert!(
        tutor.screen().contains("Дошло, кнопка не нажата — 1"),
        "{}",
        tutor.screen()
    );
    // Praise leaves at once.
    press_all(&tutor, &["Меню", "Мой класс · 7А", "Написать родителям", "Волкова А."]).await;
    press_all(&tutor, &["Дальше · 1", "Похвала"]).await;
    tutor.says("Спасибо за помощь").await;
    tutor.press("Отправить · 1").await;
    school.quiet().await;
    assert_eq!(parent.count("Спасибо за помощь"), 1);
}

async fn p6_a_letter_that_came_back_is_changed_or_dropped(school: &School) {
    let parent = school.parent("Волкова").await;
    let tutor = school.staff("Смирнова").await;
    let head = school.staff("Артемьева").await;
    let administrator = school.staff("Савельева").await;
    turn(&administrator, "О поведении — через руководителя").await;
    write(&tutor, "Ведёт себя ужасно").await;
    tutor.press("Отправить · 1").await;
    school.quiet().await;
    head.press_under("ужасно", "Вернуть с замечанием").await;
    assert_snapshot!(head.screen(), @"
    Вернуть с замечанием · 7А, Смирнова Е. В.
    Напишите следующим сообщением, что изменить: тьютор увидит это дословно.
    [Не возвращать]
    ");
    head.says("Только факты: что случилось?").await;
    assert_eq!(head.toast(), "");
    school.quiet().await;
    let back = tutor.gets("вернули").await;
    assert_snapshot!(draw(&back), @"
    Ваше сообщение о поведении вернули · 7А, Волкова Анна
    • Возвращено: Артемьева Г. С., вт 24.11, 10:40
    «Только факты: что случилось?»
    [Открыть]
    ");
    tutor.press_under("вернули", "Открыть").await;
    press_all(&tutor, &["Изменить"]).await;
    tutor.says("Дважды перебивала учителя").await;
    tutor.press("Отправить · 1").await;
    school.quiet().await;
    // Taken back while it waits: nobody decides about it any more.
    tutor.press("Не отправлять").await;
    assert_eq!(tutor.toast(), "Сообщение не уйдёт");
    school.quiet().await;
    let asked = head.gets("Дважды").await;
    assert!(
        draw(&asked).ends_with("Не отправлено: тьютор забрал сообщение."),
        "{}",
        draw(&asked)
    );
    let approve = Payload::of(&LetterAct::Approve(zhurnal::ids::HeldLetterId(2)));
    head.press_data(head.last().message_id, approve.as_str()).await;
    assert_eq!(head.toast(), "Уже решено");
    school.quiet().await;
    assert_eq!((parent.count("ужасно"), parent.count("Дважды")), (0, 0));
    assert!(
        tutor.screen().contains("Сообщений родителям ещё нет"),
        "{}",
        tutor.screen()
    );
}

async fn p6_what_waits_is_decided_after_the_rule_is_off_and_rights_are_asked_again(school: &School) {
    let parent = school.parent("Волкова").await;
    let tutor = school.staff("Смирнова").await;
    let head = school.staff("Артемьева").await;
    let administrator = school.staff("Савельева").await;
    turn(&administrator, "О поведении — через руководителя").await;
    write(&tutor, "Первое замечание").await;
    tutor.press("Отправить · 1").await;
    write(&tutor, "Второе замечание").await;
    tutor.press("Отправить · 1").await;
    turn(&administrator, "✓ О поведении — через руководителя").await;
    school.quiet().await;
    head.press_under("Первое замечание", "Отправить родителям").await;
    school.quiet().await;
    assert_eq!(parent.count("Первое замечание"), 1);
    // The author is a tutor no more: nothing leaves, and it can be returned.
    school.change("UPDATE class_tutors SET person_id = (SELECT id FROM people WHERE code = 'с18') WHERE person_id = (SELECT id FROM people WHERE code = 'с1')").await;
    head.press_under("Второе замечание", "Отправить родителям").await;
    assert!(head.toast().contains("больше не тьютор"), "{}", head.toast());
    head.press_under("Второе замечание", "Вернуть с замечанием").await;
    head.says("Класс ведёт другой").await;
    school.quiet().await;
    assert_eq!(parent.count("Второе замечание"), 0);
    tutor.gets("вернули").await;
}

async fn p6_a_letter_that_is_being_changed_is_never_lost(school: &School) {
    school.parent("Волкова").await;
    let tutor = school.staff("Смирнова").await;
    let head = school.staff("Артемьева").await;
    let administrator = school.staff("Савельева").await;
    turn(&administrator, "О поведении — через руководителя").await;
    write(&tutor, "Ведёт себя ужасно").await;
    tutor.press("Отправить · 1").await;
    school.quiet().await;
    press_all(&tutor, &["Изменить", "Меню", "Мой класс · 7А", "Отправленное"]).await;
    assert_snapshot!(tutor.screen(), @"
    Отправленное · 7А
    [• изменяется · вт 24.11]
    [‹ 7А] [Меню]
    ");
    school.quiet().await;
    let asked = head.gets("ужасно").await;
    assert!(
        draw(&asked).ends_with("• Тьютор изменяет сообщение."),
        "{}",
        draw(&asked)
    );
    tutor.press_starting("• изменяется").await;
    press_all(&tutor, &["Изменить"]).await;
    assert!(tutor.screen().contains("Ведёт себя ужасно"), "{}", tutor.screen());
    tutor.says("Дважды перебивала учителя").await;
    tutor.press("Отправить · 1").await;
    tutor.press("‹ Отправленное").await;
    assert!(!tutor.screen().contains("изменяется"), "{}", tutor.screen());
    head.gets("Дважды").await;
}

async fn p6_the_schools_words_are_beside_ones_own(school: &School) {
    let tutor = school.staff("Смирнова").await;
    let head = school.staff("Артемьева").await;
    head.says("/start").await;
    press_all(&head, &["Шаблоны школы", "Новый шаблон"]).await;
    head.says("Спасибо за участие в олимпиаде!").await;
    assert_snapshot!(head.screen(), @"
    Шаблон сохранён
    Шаблоны школы · их видят все тьюторы
    1. Спасибо за участие в олимпиаде!
    [Удалить 1]
    [Новый шаблон]
    [Меню]
    ");
    tutor.says("/start").await;
    press_all(
        &tutor,
        &[
            "Мой класс · 7А",
            "Написать родителям",
            "Волкова А.",
            "Дальше · 1",
            "Похвала",
            "Шаблоны",
            "Шаблоны школы",
        ],
    )
    .await;
    assert_snapshot!(tutor.screen(), @"
    Шаблоны школы · нажмите, и текст встанет в сообщение
    [Спасибо за участие в олимпиаде!]
    [‹ Сообщение] [Меню]
    ");
    tutor.press("Спасибо за участие в олимпиаде!").await;
    assert!(
        tutor.screen().contains("\nСпасибо за участие в олимпиаде!\n"),
        "{}",
        tutor.screen()
    );
    head.press("Удалить 1").await;
    assert!(head.screen().contains("Пока ни одного"), "{}", head.screen());
}
