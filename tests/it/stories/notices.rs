//! When families hear of what: settings, the evening's digest, quiet hours, letters that say nothing until opened.

use insta::assert_snapshot;
use zhurnal::db::Raw;
use zhurnal::notices::digest::{self, work};

use super::{algebra, open, press_all};
use crate::support::phone::{Phone, draw};
use crate::support::school::School;
use crate::support::story;

story!(
    p10_a_press_goes_round_and_the_page_says_what_holds,
    p10_settings_are_of_one_child_and_reached_from_a_notice,
    p10_what_the_school_decides_is_not_turned_off,
    p4_the_digest_comes_at_seven_without_a_sound_and_once,
    p4_a_digest_brings_all_children_and_a_day_with_nothing_none,
    p4_what_waits_for_the_evening_is_told_there_and_corrected_right,
    p4_settings_changed_around_the_digest_give_neither_two_nor_none,
    p4_a_pupil_reads_of_tomorrow,
    p4_a_digest_survives_a_night_without_the_bot,
    quiet_hours_hold_news_until_they_end_and_let_an_alarm_pass,
    quiet_hours_are_ones_own_and_can_be_off,
    p1c_without_details_news_opens_on_a_press_and_closes_again,
    p1c_turned_on_and_off_between_a_mark_and_its_correction,
    letters_of_the_tutor_come_when_they_are_wished_for,
    forty_families_are_told_within_a_minute,
    p4_a_digest_half_sent_is_finished_after_a_restart_and_nobody_gets_two,
    p4_a_child_in_no_class_is_no_news_and_the_other_child_is,
);

/// The page of a child's notices.
async fn settings(parent: &Phone) {
    parent.says("/settings").await;
    parent.press("Уведомления").await;
}

/// So much time passes, and all that is due leaves.
async fn later(school: &School, minutes: i64) {
    school.minutes_pass(minutes);
    school.quiet().await;
}

/// 19:00 of the first day.
async fn evening(school: &School) {
    later(school, 8 * 60 + 20).await;
}

/// The bot's messages of a digest.
fn digests(phone: &Phone) -> String {
    let chat = phone.telegram().chat(phone.user);
    let drawn = chat
        .iter()
        .filter(|it| it.from_bot && it.text.contains("На\u{a0}") || it.text.contains("На "));
    drawn.map(draw).collect::<Vec<_>>().join("\n---\n")
}

async fn p10_a_press_goes_round_and_the_page_says_what_holds(school: &School) {
    school.digests_come().await;
    let parent = school.parent("Волкова").await;
    press_all(&parent, &["Меню", "Настройки", "Уведомления"]).await;
    assert_snapshot!(parent.screen(), @"
    Уведомления · Пётр, 3Б
    Нажатие меняет по кругу. Вечером — в 19:00 одной сводкой, раз в неделю — в последний учебный день, время школы.
    [Отметки: сразу]
    [Пропуски: сразу]
    [Домашние задания: вечером]
    [Изменения уроков: вечером]
    [Письма тьютора: сразу]
    [Нет на 1-м уроке: решает школа]
    [Тихие часы: 21:00–7:00]
    [Без подробностей: выключено]
    [Анна, 7А]
    [Меню]
    ");
    press_all(&parent, &["Анна, 7А", "Отметки: сразу"]).await;
    assert_eq!(parent.toast(), "Отметки: вечером");
    press_all(&parent, &["Отметки: вечером", "Отметки: раз в неделю"]).await;
    press_all(&parent, &["Домашние задания: вечером", "Письма тьютора: сразу"]).await;
    assert_snapshot!(parent.screen(), @"
    Уведомления · Анна, 7А
    Нажатие меняет по кругу. Вечером — в 19:00 одной сводкой, раз в неделю — в последний учебный день, время школы.
    [Отметки: нет]
    [Пропуски: сразу]
    [Домашние задания: нет]
    [Изменения уроков: вечером]
    [Письма тьютора: вечером]
    [Нет на 1-м уроке: решает школа]
    [Тихие часы: 21:00–7:00]
    [Без подробностей: выключено]
    [Пётр, 3Б]
    [Меню]
    ");
    press_all(&parent, &["Отметки: нет", "Домашние задания: нет"]).await;
    press_all(&parent, &["Тихие часы: 21:00–7:00"]).await;
    assert_snapshot!(parent.screen(), @"
    Тихие часы: 21:00–7:00
    В эти часы новости об уроках и письма тьютора ждут. Тревога, что ребёнка нет на первом уроке, приходит всегда.
    [С 20:00] [С 22:00]
    [До 6:00] [До 8:00]
    [Выключить]
    [‹ Уведомления] [Меню]
    ");
    press_all(&parent, &["С 22:00", "До 6:00"]).await;
    assert_eq!(parent.toast(), "Тихие часы: 22:00–6:00");
    press_all(&parent, &["Выключить", "‹ Уведомления"]).await;
    assert!(parent.labels().contains(&"Тихие часы: выключены".to_owned()));
    // Another child has settings of their own, quiet hours are the person's.
    parent.press("Пётр, 3Б").await;
    assert!(parent.labels().contains(&"Письма тьютора: сразу".to_owned()));
    assert!(parent.labels().contains(&"Тихие часы: выключены".to_owned()));
    press_all(&parent, &["Тихие часы: выключены", "Включить: 21:00–7:00"]).await;
    assert_eq!(parent.toast(), "Тихие часы: 21:00–7:00");
}

async fn p10_settings_are_of_one_child_and_reached_from_a_notice(school: &School) {
    school.digests_come().await;
    let parent = school.parent("Волкова").await;
    algebra(school).await;
    parent.press_under("Анна, алгебра: 5 и 4", "Уведомления").await;
    parent.sees("Уведомления · Анна, 7А").await;
    assert_eq!(parent.count("Анна, алгебра: 5 и 4"), 1, "the notice stays as it was");
    // A press of long ago says its result, and is found done.
    let (message, data) = parent.data("Отметки: сразу");
    parent.press("Отметки: сразу").await;
    parent.press_data(message, &data).await;
    assert_eq!(parent.toast(), "Отметки: вечером");
    let pupil = school.pupil("Волкова Анна").await;
    settings(&pupil).await;
    assert_snapshot!(pupil.screen(), @"
    Мои уведомления
    Нажатие меняет по кругу. Вечером — в 19:00 одной сводкой, раз в неделю — в последний учебный день, время школы.
    [Отметки: нет]
    [Пропуски: нет]
    [Домашние задания: вечером]
    [Изменения уроков: вечером]
    [Тихие часы: 21:00–7:00]
    [Без подробностей: выключено]
    [Меню]
    ");
    let tutor = school.staff("Гусев").await;
    tutor.says("/settings").await;
    assert!(
        !tutor.labels().contains(&"Уведомления".to_owned()),
        "no child, no notices"
    );
}

async fn p10_what_the_school_decides_is_not_turned_off(school: &School) {
    school.digests_come().await;
    let parent = school.parent("Ким Ирина").await;
    settings(&parent).await;
    parent.press_starting("Нет на").await;
    assert!(parent.toast().contains("Так решает школа"), "{}", parent.toast());
    press_all(
        &parent,
        &["Пропуски: сразу", "Пропуски: вечером", "Пропуски: раз в неделю"],
    )
    .await;
    assert_eq!(parent.toast(), "Пропуски: нет");
    // Wednesday, 8:40.
    later(school, 22 * 60).await;
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    press_all(&teacher, &["Посещаемость и отметки", "Ким М."]).await;
    later(school, 5).await;
    assert_eq!(parent.count("Михаил: нет на 1-м уроке"), 1, "{}", parent.chat());
    press_all(&teacher, &["н Ким М.", "б Ким М.", "п Ким М."]).await;
    later(school, 60).await;
    // A message, and the former one where it stands.
    for said in ["Михаил: на 1-м уроке есть, опоздание", "Михаил, алгебра: опоздание"]
    {
        assert_eq!(parent.count(said), 1, "taken back at once: {}", parent.chat());
    }
}

async fn p4_the_digest_comes_at_seven_without_a_sound_and_once(school: &School) {
    school.digests_come().await;
    let parent = school.parent("Волкова").await;
    algebra(school).await;
    assert_eq!(parent.count("Анна, алгебра: 5 и 4"), 1);
    later(school, 8 * 60 + 19).await;
    assert_eq!(digests(&parent), "", "it isn't seven yet");
    later(school, 1).await;
    parent.gets("На ").await;
    assert_snapshot!(digests(&parent), @"
    Пётр, вт 24.11: отметок нет
    Математика, литературное чтение, английский язык, русский язык, физическая культура: ещё не внесено.
    На ср 25.11, 4 урока с 8:30
    1. Изобразительное искусство — ещё не внесено
    2. Русский язык — ещё не внесено
    3. Математика — ещё не внесено
    4. Технология — ещё не внесено

    Анна, вт 24.11: алгебра 5, 4
    Литература, геометрия, английский язык, история, биология: ещё не внесено.
    На ср 25.11, 6 уроков с 8:30
    1. Алгебра — § 13, № 8, 10
    2. История — ещё не внесено
    3. Русский язык — ещё не внесено
    4. География — ещё не внесено
    5. Физическая культура — ещё не внесено
    6. Информатика — ещё не внесено
    [Пётр] [Анна]
    [Уведомления]
    ");
    assert!(parent.gets("На ").await.silent);
    // The bot is stopped and started, hours pass: nothing comes twice.
    school.stop_bot().await;
    school.start_bot().await;
    later(school, 90).await;
    assert_eq!(parent.count("На ср"), 1, "{}", parent.chat());
    parent.press_under("На ", "Анна").await;
    parent.sees("Анна, 7А · вт").await;
}

async fn p4_a_digest_brings_all_children_and_a_day_with_nothing_none(school: &School) {
    school.digests_come().await;
    let parent = school.parent("Волкова").await;
    let other = school.parent("Иванова").await;
    settings(&other).await;
    press_all(&other, &["Домашние задания: вечером", "Изменения уроков: вечером"]).await;
    evening(school).await;
    let digest = parent.gets("На ").await;
    assert!(
        digest.text.contains("Анна, ") && digest.text.contains("Пётр, "),
        "{}",
        digest.text
    );
    assert_eq!(digests(&other), "", "nothing is wished for, nothing came");
    // On Saturday evening there was no lesson, and nothing is new.
    later(school, 4 * 24 * 60).await;
    let before = digests(&parent);
    later(school, 24 * 60).await;
    assert_eq!(digests(&parent), before);
}

async fn p4_what_waits_for_the_evening_is_told_there_and_corrected_right(school: &School) {
    school.digests_come().await;
    let parent = school.parent("Волкова").await;
    settings(&parent).await;
    parent.press("Анна, 7А").await;
    press_all(
        &parent,
        &["Отметки: сразу", "Пропуски: сразу", "Домашние задания: вечером"],
    )
    .await;
    press_all(&parent, &["Изменения уроков: вечером", "Пётр, 3Б"]).await;
    press_all(&parent, &["Домашние задания: вечером", "Изменения уроков: вечером"]).await;
    let teacher = algebra(school).await;
    assert_eq!(parent.count("Анна, алгебра"), 0);
    press_all(&teacher, &["Исправить", "5,4 Волкова А.", "4 → 3", "Не та кнопка"]).await;
    evening(school).await;
    let told = parent.gets("Анна, вт").await;
    assert_snapshot!(draw(&told), @"
    Анна, вт 24.11: алгебра 5, 3
    Литература, геометрия, английский язык, история, биология: ещё не внесено.
    [Дневник] [Отметки]
    [Уведомления]
    ");
    // Corrected on Wednesday: told on Wednesday evening, once.
    later(school, 14 * 60).await;
    press_all(&teacher, &["3 → 2", "Пересдача"]).await;
    later(school, 60).await;
    assert_eq!(parent.count("Анна, ср"), 0, "{}", parent.chat());
    later(school, 9 * 60).await;
    assert_snapshot!(draw(&parent.gets("Анна, ср").await), @"
    Анна, ср 25.11: отметок нет
    Алгебра, история, русский язык, география, физическая культура, информатика: ещё не внесено.
    Урок вт 24.11 — алгебра: исправлено 3 → 2
    [Дневник] [Отметки]
    [Уведомления]
    ");
    later(school, 24 * 60).await;
    assert_eq!(parent.count("исправлено 3 → 2"), 1, "{}", parent.chat());
}

async fn p4_settings_changed_around_the_digest_give_neither_two_nor_none(school: &School) {
    school.digests_come().await;
    let parent = school.parent("Волкова").await;
    settings(&parent).await;
    press_all(&parent, &["Анна, 7А", "Отметки: сразу"]).await;
    let teacher = algebra(school).await;
    // What waited for the evening is told there, though news comes at once from now on.
    press_all(&parent, &["Отметки: вечером", "Отметки: раз в неделю", "Отметки: нет"]).await;
    evening(school).await;
    let told = parent.gets("На ").await;
    assert!(told.text.contains("алгебра 5, 4"), "{}", told.text);
    press_all(&parent, &["Отметки: сразу"]).await;
    later(school, 60).await;
    assert_eq!(parent.count("Анна, вт"), 1, "{}", parent.chat());
    // A mark given since waits for the next evening, and nothing is told twice.
    press_all(&teacher, &["Исправить", "5,4 Волкова А.", "4 → 3", "Не та кнопка"]).await;
    later(school, 23 * 60).await;
    assert_eq!(parent.count("исправлено 4 → 3"), 1, "{}", parent.chat());
    assert_eq!(parent.count("Анна, ср"), 1);
    // Who wanted nothing for a while isn't told of that while.
    settings(&parent).await;
    press_all(&parent, &["Анна, 7А", "Отметки: вечером", "Отметки: раз в неделю"]).await;
    press_all(&teacher, &["3 → 2", "Пересдача"]).await;
    later(school, 30).await;
    press_all(&parent, &["Отметки: нет", "Отметки: сразу"]).await;
    later(school, 24 * 60).await;
    assert_eq!(parent.count("исправлено 3 → 2"), 0, "{}", parent.chat());
}

async fn p4_a_pupil_reads_of_tomorrow(school: &School) {
    school.digests_come().await;
    let pupil = school.pupil("Волкова Анна").await;
    algebra(school).await;
    assert_eq!(pupil.count("алгебра: 5"), 0, "a pupil was there");
    evening(school).await;
    assert_snapshot!(draw(&pupil.gets("На ").await), @"
    Анна, вт 24.11
    На ср 25.11, 6 уроков с 8:30
    1. Алгебра — § 13, № 8, 10
    2. История — ещё не внесено
    3. Русский язык — ещё не внесено
    4. География — ещё не внесено
    5. Физическая культура — ещё не внесено
    6. Информатика — ещё не внесено
    [Дневник] [Отметки]
    [Уведомления]
    ");
    settings(&pupil).await;
    press_all(&pupil, &["Отметки: нет"]).await;
    assert_eq!(pupil.toast(), "Отметки: сразу");
    later(school, 24 * 60).await;
    assert_eq!(pupil.count("алгебра: 5"), 0, "what was before is no news");
}

async fn p4_a_digest_survives_a_night_without_the_bot(school: &School) {
    school.digests_come().await;
    let parent = school.parent("Волкова").await;
    algebra(school).await;
    school.stop_bot().await;
    // Wednesday, 9:00: still of use.
    school.minutes_pass(22 * 60 + 20);
    school.start_bot().await;
    school.quiet().await;
    assert_eq!(parent.count("Анна, вт"), 1, "{}", parent.chat());
    school.stop_bot().await;
    // Friday afternoon: Thursday's is out of date.
    school.minutes_pass(2 * 24 * 60 + 5 * 60);
    school.start_bot().await;
    school.quiet().await;
    assert_eq!(parent.count("Анна, чт"), 0, "{}", parent.chat());
    later(school, 5 * 60).await;
    assert_eq!(parent.count("Анна, пт"), 1, "{}", parent.chat());
}

async fn quiet_hours_hold_news_until_they_end_and_let_an_alarm_pass(school: &School) {
    school.digests_come().await;
    let parent = school.parent("Волкова").await;
    let kim = school.parent("Ким Ирина").await;
    let teacher = school.staff("Смирнова").await;
    // 22:00.
    later(school, 11 * 60 + 20).await;
    open(&teacher, "7А алгебра").await;
    press_all(
        &teacher,
        &["Посещаемость и отметки", "4", "Волкова А.", "Готово", "Закончить так"],
    )
    .await;
    school.quiet().await;
    assert_eq!(parent.count("алгебра: 4"), 0, "it is quiet");
    later(school, 30).await;
    press_all(&teacher, &["Исправить", "4 Волкова А.", "4 → 5", "Не та кнопка"]).await;
    teacher.says("/today").await;
    press_all(&teacher, &["Меню"]).await;
    // 6:59, and 7:00.
    later(school, 8 * 60 + 29).await;
    assert_eq!(parent.count("Анна, алгебра"), 0, "{}", parent.chat());
    later(school, 1).await;
    assert_eq!(
        parent.count("Анна, алгебра: 5"),
        1,
        "once, and as it is: {}",
        parent.chat()
    );
    assert_eq!(parent.count("исправлено"), 0);
    // Quiet until nine: the first lesson's alarm comes all the same, a mark doesn't.
    for phone in [&kim, &parent] {
        settings(phone).await;
        press_all(phone, &["Тихие часы: 21:00–7:00", "До 8:00", "До 9:00", "До 10:00"]).await;
    }
    later(school, 100).await;
    open(&teacher, "7А алгебра").await;
    press_all(&teacher, &["Посещаемость и отметки", "Ким М.", "5", "Волкова А."]).await;
    later(school, 5).await;
    assert_eq!(kim.count("Михаил: нет на 1-м уроке"), 1, "{}", kim.chat());
    later(school, 60).await;
    assert_eq!(parent.count("Анна, алгебра: 5"), 1);
    later(school, 60).await;
    assert_eq!(parent.count("Анна, алгебра: 5"), 2, "{}", parent.chat());
}

async fn quiet_hours_are_ones_own_and_can_be_off(school: &School) {
    school.digests_come().await;
    let (early, never) = (school.parent("Волкова").await, school.parent("Иванова").await);
    settings(&early).await;
    press_all(&early, &["Тихие часы: 21:00–7:00", "С 20:00", "С 19:00", "С 18:00"]).await;
    settings(&never).await;
    press_all(&never, &["Тихие часы: 21:00–7:00", "Выключить"]).await;
    evening(school).await;
    assert_eq!(digests(&early), "", "quiet since six");
    assert_ne!(digests(&never), "");
    later(school, 3 * 60).await;
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    press_all(&teacher, &["Посещаемость и отметки", "4", "Волкова А.", "Иванов П."]).await;
    press_all(&teacher, &["Готово", "Закончить так"]).await;
    school.quiet().await;
    assert_eq!(never.count("алгебра: 4"), 1, "{}", never.chat());
    assert_eq!(early.count("алгебра: 4"), 0);
    // 7:00: what was held comes in its order.
    later(school, 9 * 60).await;
    let chat = early.chat();
    let at = |words: &str| chat.find(words).unwrap_or_else(|| panic!("no «{words}» in\n{chat}"));
    assert!(at("На ср") < at("Анна, алгебра: 4"));
}

async fn p1c_without_details_news_opens_on_a_press_and_closes_again(school: &School) {
    school.digests_come().await;
    let parent = school.parent("Волкова").await;
    settings(&parent).await;
    press_all(&parent, &["Без подробностей: выключено"]).await;
    assert_eq!(parent.toast(), "Новости откроются по нажатию и через сутки скроются");
    algebra(school).await;
    let covered = parent.gets("Новое в дневнике").await;
    assert_snapshot!(draw(&covered), @"
    Новое в дневнике, вт 24.11
    [Показать]
    ");
    assert_eq!(parent.count("алгебра"), 0);
    parent.press_under("Новое в дневнике", "Показать").await;
    school.quiet().await;
    let opened = parent.gets("Анна, алгебра: 5 и 4").await;
    assert_eq!(opened.message_id, covered.message_id, "it opens where it stands");
    assert_snapshot!(draw(&opened), @"
    Анна, алгебра: 5 и 4
    вт 24.11, 3-й урок. 5 — ответ, 4 — контрольная.
    Тема: Контрольная работа. Линейное уравнение
    ДЗ к ср 25.11: § 13, № 8, 10
    Скроется ср 25.11, 10:40.
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ");
    // Pressed once more under the finger that was slow.
    let data = covered.key("Показать").unwrap().data.clone().unwrap();
    parent.press_data(covered.message_id, &data).await;
    assert_eq!(parent.toast(), "Уже открыто");
    evening(school).await;
    assert_eq!(parent.count("Новое в дневнике"), 1, "the digest says nothing either");
    // A day later it is closed, and opens again.
    later(school, 15 * 60 + 40).await;
    assert_eq!(parent.count("алгебра: 5 и 4"), 0, "{}", parent.chat());
    assert_eq!(parent.count("Новое в дневнике"), 2);
    parent.press_data(covered.message_id, &data).await;
    school.quiet().await;
    parent.gets("Анна, алгебра: 5 и 4").await;
    // Whoever may not see the child any more opens nothing.
    later(school, 24 * 60).await;
    school
        .change("DELETE FROM guardians WHERE parent_id IN (SELECT id FROM people WHERE surname = 'Волкова')")
        .await;
    parent.press_data(covered.message_id, &data).await;
    school.quiet().await;
    assert_eq!(parent.count("алгебра: 5 и 4"), 0, "{}", parent.chat());
}

async fn p1c_turned_on_and_off_between_a_mark_and_its_correction(school: &School) {
    school.digests_come().await;
    let parent = school.parent("Волкова").await;
    let teacher = algebra(school).await;
    assert_eq!(parent.count("Анна, алгебра: 5 и 4"), 1);
    settings(&parent).await;
    parent.press("Без подробностей: выключено").await;
    press_all(&teacher, &["Исправить", "5,4 Волкова А.", "4 → 3", "Не та кнопка"]).await;
    school.quiet().await;
    assert_eq!(parent.count("алгебра"), 0, "both say nothing: {}", parent.chat());
    assert_eq!(parent.count("Новое в дневнике"), 2);
    settings(&parent).await;
    parent.press("Без подробностей: включено").await;
    press_all(&teacher, &["3 → 2", "Без причины"]).await;
    school.quiet().await;
    assert_eq!(parent.count("Анна, алгебра: исправлено 3 → 2"), 1, "{}", parent.chat());
    assert_eq!(
        parent.count("Новое в дневнике"),
        1,
        "only what was sent while it was on"
    );
}

async fn letters_of_the_tutor_come_when_they_are_wished_for(school: &School) {
    school.digests_come().await;
    let (now, evening) = (school.parent("Волкова").await, school.parent("Иванова").await);
    settings(&evening).await;
    press_all(&evening, &["Письма тьютора: сразу"]).await;
    let tutor = school.staff("Смирнова").await;
    tutor.says("/start").await;
    press_all(
        &tutor,
        &["Мой класс · 7А", "Написать родителям", "Волкова А.", "Иванов П."],
    )
    .await;
    press_all(&tutor, &["Дальше · 2", "Другое"]).await;
    tutor.says("Завтра музей.").await;
    tutor.press_starting("Отправить").await;
    school.quiet().await;
    assert_eq!(now.count("Завтра музей."), 1);
    assert_eq!(evening.count("Завтра музей."), 0);
    // What waits holds up nothing else.
    algebra_for(school, "Иванов П.").await;
    assert_eq!(evening.count("алгебра: 5"), 1, "{}", evening.chat());
    self::evening(school).await;
    assert_eq!(evening.count("Завтра музей."), 1);
}

/// A finished lesson with a 5 for somebody.
async fn algebra_for(school: &School, pupil: &str) {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    press_all(
        &teacher,
        &["Посещаемость и отметки", "5", pupil, "Готово", "Закончить так"],
    )
    .await;
    school.quiet().await;
}

const ACCOUNTS: &str = "
    INSERT INTO accounts (transport, account, person_id, connected_at)
    SELECT 'telegram', 100000 + p.id, p.id, '2026-11-01 00:00:00+00:00' FROM people p
    WHERE p.id IN (SELECT g.parent_id FROM guardians g JOIN enrolments e ON e.pupil_id = g.pupil_id
                   JOIN classes c ON c.id = e.class_id WHERE c.grade = 7)";

const CONSENTS: &str = "
    INSERT INTO consents (parent_id, pupil_id, version, given_at)
    SELECT g.parent_id, g.pupil_id, '1', '2026-11-01 00:00:00+00:00' FROM guardians g
    WHERE g.parent_id IN (SELECT person_id FROM accounts)";

/// Every parent of the seventh grade has a phone, and has pressed Start.
async fn the_seventh_grade(school: &School) -> Vec<i64> {
    school.change(ACCOUNTS).await;
    school.change(CONSENTS).await;
    let users = accounts(school).await;
    for user in &users {
        school.telegram.meet(*user, "Родитель");
        school.telegram.say(*user, "/start");
    }
    school.handled().await;
    users
}

/// The accounts that are there.
async fn accounts(school: &School) -> Vec<i64> {
    const ALL: &str = "SELECT account FROM accounts ORDER BY account";
    let mut view = school.db.snapshot().await.unwrap();
    match view.raw().unwrap() {
        Raw::Sqlite(conn) => sqlx::query_scalar(ALL).fetch_all(conn).await.unwrap(),
        Raw::Postgres(conn) => sqlx::query_scalar(ALL).fetch_all(conn).await.unwrap(),
    }
}

async fn forty_families_are_told_within_a_minute(school: &School) {
    school.digests_come().await;
    let now = school.now();
    the_seventh_grade(school).await;
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    press_all(&teacher, &["Посещаемость и отметки", "5"]).await;
    let pupils: Vec<String> = teacher.labels().into_iter().filter(|it| it.ends_with('.')).collect();
    for pupil in &pupils {
        teacher.press(pupil).await;
    }
    teacher.press("Готово").await;
    teacher.press("Закончить так").await;
    school.quiet().await;
    let expected = "SELECT COUNT(*) FROM guardians g JOIN marks m ON m.pupil_id = g.pupil_id
                    JOIN accounts a ON a.person_id = g.parent_id AND a.connected_at <= $1";
    let expected = usize::try_from(school.number(expected, now).await).unwrap();
    assert!(expected >= 25, "{expected}");
    let sent = school
        .telegram
        .count_calls(|call| call.method == "sendMessage" && call.params.to_string().contains("алгебра: 5"));
    assert_eq!(sent, expected, "one each");
}

async fn p4_a_digest_half_sent_is_finished_after_a_restart_and_nobody_gets_two(school: &School) {
    school.digests_come().await;
    let users = the_seventh_grade(school).await;
    assert!(users.len() > 60, "one transaction isn't enough: {}", users.len());
    school.stop_bot().await;
    school.minutes_pass(8 * 60 + 20);
    // What the bot did before it died: the evening was begun, and some were thought of.
    let mut tx = school.db.begin().await.unwrap();
    work::look(&mut tx, school.now()).await.unwrap();
    for (id, _) in digest::store::schools(&mut tx).await.unwrap() {
        work::send(&mut tx, id, school.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    // Meanwhile half of the families want nothing any more: those who were thought of have theirs.
    school
        .change(
            "INSERT INTO notice_wishes (person_id, pupil_id, kind, moment, since)
             SELECT g.parent_id, g.pupil_id, k.kind, 'never', d.began
             FROM guardians g JOIN accounts a ON a.person_id = g.parent_id
             CROSS JOIN (SELECT 'homework' AS kind UNION ALL SELECT 'timetable') k
             CROSS JOIN (SELECT MIN(connected_at) AS began FROM accounts) d
             WHERE g.parent_id % 2 = 0",
        )
        .await;
    let thought_of = "SELECT COUNT(*) FROM digests WHERE $1 IS NOT NULL";
    let half = school.number(thought_of, school.now()).await;
    assert!(half == 60, "{half}");
    school.start_bot().await;
    school.quiet().await;
    let posted = "SELECT COUNT(*) FROM outbox WHERE key LIKE 'digest:%' AND created_at <= $1";
    let (mut with, n) = (0, school.number(posted, school.now()).await);
    for user in users {
        let chat = school.telegram.chat(user);
        let digests = chat
            .iter()
            .filter(|it| it.from_bot && it.text.contains("На ср"))
            .count();
        assert!(digests <= 1, "{user} got {digests}");
        with += i64::try_from(digests).unwrap();
        // Who wants it and wasn't thought of before the stop got it after.
        assert!(digests == 1 || (user - 100_000) % 2 == 0, "{user} got none");
    }
    assert_eq!(with, n);
}

async fn p4_a_child_in_no_class_is_no_news_and_the_other_child_is(school: &School) {
    school.digests_come().await;
    let both = school.parent("Волкова").await;
    let only = school.parent("Иванова").await;
    for sql in [
        "DELETE FROM enrolments WHERE pupil_id IN (SELECT id FROM people WHERE surname = 'Волков' AND name = 'Пётр')",
        "DELETE FROM enrolments WHERE pupil_id IN (SELECT g.pupil_id FROM guardians g JOIN people p ON p.id = g.parent_id
                                                   WHERE p.surname = 'Иванова')",
    ] {
        school.change(sql).await;
    }
    settings(&only).await;
    assert!(only.screen().starts_with("Уведомления · Павел"), "{}", only.screen());
    evening(school).await;
    let digest = both.gets("На ").await;
    assert!(
        digest.text.contains("Анна, ") && !digest.text.contains("Пётр, "),
        "{}",
        digest.text
    );
    assert_eq!(digests(&only), "");
}
