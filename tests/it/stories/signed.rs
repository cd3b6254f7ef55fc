//! T9: the week that parents sign where their school asks for it.

use insta::assert_snapshot;

use super::press_all;
use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;

story!(
    t9_a_parent_signs_the_week_from_friday_on,
    t9_a_tutor_sees_who_has_not_signed_and_reminds_once,
    t9_an_adult_with_the_diary_only_does_not_sign,
    t9_nobody_signs_where_the_school_does_not_ask,
);

/// From Tuesday to Friday.
const TO_FRIDAY: i64 = 3 * 24 * 60;

async fn signatures_are_asked_for(school: &School) -> Phone {
    let administrator = school.staff("Савельева").await;
    administrator.says("/start").await;
    administrator.press("Подписи недели").await;
    administrator.press("Включить").await;
    administrator
}

async fn annas_week(parent: &Phone) {
    parent.says("/start").await;
    press_all(parent, &["Анна, 7А", "Дневник", "Неделя"]).await;
}

async fn t9_a_parent_signs_the_week_from_friday_on(school: &School) {
    let administrator = signatures_are_asked_for(school).await;
    assert_snapshot!(administrator.screen(), @"
    Подписи недели
    Включены: с пятницы родители могут подписать неделю в дневнике, тьютор видит, кто ещё не подписал, и может напомнить.
    [Выключить]
    [Меню]
    ");
    let mother = school.parent("Волкова").await;
    annas_week(&mother).await;
    assert!(!mother.screen().contains("Подписать"), "{}", mother.screen());
    school.minutes_pass(TO_FRIDAY);
    annas_week(&mother).await;
    assert_snapshot!(mother.screen(), @"
    Анна, 7А · 23–27.11
    Отметок 0, пропусков 0.
    [Пётр, 3Б] [✓ Анна, 7А]
    [Подписать неделю]
    [пн] [вт] [ср] [чт] [пт]
    [‹ 16–20.11] [30.11–04.12 ›]
    [Сегодня] [Меню]
    ");
    let (message, data) = mother.data("Подписать неделю");
    mother.press("Подписать неделю").await;
    assert_eq!(mother.toast(), "Неделя подписана");
    assert_snapshot!(mother.screen(), @"
    Анна, 7А · 23–27.11
    Отметок 0, пропусков 0.
    Подписано: Волкова О. П., пт 27.11.
    [Пётр, 3Б] [✓ Анна, 7А]
    [пн] [вт] [ср] [чт] [пт]
    [‹ 16–20.11] [30.11–04.12 ›]
    [Сегодня] [Меню]
    ");
    // An old screen still has the button.
    mother.press_data(message, &data).await;
    assert_eq!(mother.toast(), "Вы уже подписали эту неделю");
    // The pupil reads the same week and signs nothing.
    let anna = school.pupil("Волкова Анна").await;
    anna.says("/diary").await;
    anna.press("Неделя").await;
    assert!(!anna.screen().contains("одпис"), "{}", anna.screen());
    anna.press_data(anna.last().message_id, &data).await;
    assert!(anna.toast().contains("не открыт"), "{}", anna.toast());
}

async fn t9_a_tutor_sees_who_has_not_signed_and_reminds_once(school: &School) {
    signatures_are_asked_for(school).await;
    let mother = school.parent("Волкова").await;
    let other = school.parent("Белова").await;
    let tutor = school.staff("Смирнова").await;
    school.minutes_pass(TO_FRIDAY);
    annas_week(&mother).await;
    mother.press("Подписать неделю").await;
    tutor.says("/start").await;
    press_all(&tutor, &["Мой класс · 7А", "Подписи недели"]).await;
    assert_snapshot!(tutor.screen(), @"
    Подписи недели · 7А · 23–27.11
    Подписали 1 из 25 семей.
    Ещё не подписали: Белова Ксения.
    Не подключены, напомнить нельзя: Абрамов Даниил, Васильев Илья, Григорьев Максим, Егорова Полина, Зайцев Никита, Иванов Алексей, Иванов Павел, Ким Михаил, Козлова Елизавета, Кузнецов Роман, Лебедева Ольга, Ли Александр, Морозов Семён, Новикова Варвара, Орлов Григорий, Павлова Таисия, Петрова София, Попов Дмитрий, Семёнова Любовь, Сидоров Кирилл, Соколова Яна, Фёдоров Богдан, Яковлева Надежда.
    [Напомнить · 1]
    [‹ 16–20.11]
    [‹ 7А] [Меню]
    ");
    tutor.press("Напомнить · 1").await;
    assert_snapshot!(tutor.toast(), @"Напомнили: 1 семья");
    let letter = other.gets("Школа просит").await;
    assert_snapshot!(crate::support::phone::draw(&letter), @"
    Ксения: неделя 23–27.11
    Школа просит посмотреть дневник за неделю и подписать его: одно нажатие.
    [Открыть неделю]
    ");
    assert_eq!(mother.count("Школа просит"), 0);
    tutor.press("Напомнить · 1").await;
    assert_snapshot!(tutor.toast(), @"Всем, кто не подписал, уже напомнили. Второе напоминание за ту же неделю не уходит.");
    school.quiet().await;
    assert_eq!(other.count("Школа просит"), 1);
    // The letter leads to the week, and there it is signed.
    other.press_under("Школа просит", "Открыть неделю").await;
    other.press("Подписать неделю").await;
    press_all(&tutor, &["‹ 7А", "Подписи недели"]).await;
    assert!(tutor.screen().contains("Подписали 2 из"), "{}", tutor.screen());
    assert!(!tutor.screen().contains("Напомнить"), "{}", tutor.screen());
    tutor.press("‹ 16–20.11").await;
    assert!(tutor.screen().contains("Подписали 0 из"), "{}", tutor.screen());
}

async fn t9_an_adult_with_the_diary_only_does_not_sign(school: &School) {
    signatures_are_asked_for(school).await;
    let mother = school.parent("Волкова").await;
    school.minutes_pass(TO_FRIDAY);
    annas_week(&mother).await;
    let (message, data) = mother.data("Подписать неделю");
    school
        .change("INSERT INTO guardian_limits (parent_id, pupil_id, rights, since) SELECT g.parent_id, g.pupil_id, 'reads', '2026-11-24 00:00:00+00:00' FROM guardians g JOIN people p ON p.id = g.pupil_id WHERE p.surname = 'Волкова'")
        .await;
    annas_week(&mother).await;
    assert!(!mother.screen().contains("Подписать"), "{}", mother.screen());
    mother.press_data(message, &data).await;
    assert_snapshot!(mother.toast(), @"Вам открыт только дневник: неделю подписывает другой взрослый. Вопросы — к администратору журнала.");
}

async fn t9_nobody_signs_where_the_school_does_not_ask(school: &School) {
    let administrator = signatures_are_asked_for(school).await;
    let mother = school.parent("Волкова").await;
    let tutor = school.staff("Смирнова").await;
    school.minutes_pass(TO_FRIDAY);
    annas_week(&mother).await;
    let (message, data) = mother.data("Подписать неделю");
    tutor.says("/start").await;
    press_all(&tutor, &["Мой класс · 7А", "Подписи недели"]).await;
    let (list, reminder) = tutor.data("Напомнить · 1");
    administrator.press("Выключить").await;
    assert_snapshot!(administrator.screen(), @"
    Подписи недели
    Выключены. Включите, и с пятницы у родителей под неделей дневника появится «Подписать неделю», а у тьютора — список подписей. Прежние подписи хранятся.
    [Включить]
    [Меню]
    ");
    mother.press_data(message, &data).await;
    assert_eq!(mother.toast(), "Школа больше не просит подписывать неделю.");
    assert!(!mother.screen().contains("Подписать"), "{}", mother.screen());
    tutor.press_data(list, &reminder).await;
    assert_eq!(tutor.toast(), "Школа больше не просит подписывать неделю.");
    tutor.says("/start").await;
    tutor.press("Мой класс · 7А").await;
    assert!(!tutor.screen().contains("Подписи"), "{}", tutor.screen());
}
