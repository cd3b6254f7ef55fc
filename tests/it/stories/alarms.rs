//! P3: absent from the first lesson, and nobody told the school. The family is asked, and what it says is known at once.

use insta::assert_snapshot;

use super::{open, press_all};
use crate::support::phone::{Phone, draw};
use crate::support::school::School;
use crate::support::story;

story!(
    p3_an_alarm_asks_both_parents_and_one_answer_is_everybodys,
    p3c_nobody_knows_and_the_tutor_hears_it_at_once,
    p3d_a_child_who_is_there_after_all_ends_the_alarm_at_once,
    p3_another_reason_is_said_in_words,
    p1b_an_absence_told_beforehand_rings_no_alarm,
    p3_an_answer_of_whoever_lost_the_child_is_none,
);

/// Tuesday, 10:40: Алексей was away at the first lesson, literature; both parents are asked.
async fn alarmed(school: &School) -> (Phone, [Phone; 2], Phone) {
    let tutor = school.staff("Смирнова").await;
    let parents = [
        school.parent("Иванова Мария").await,
        school.parent("Иванов Сергей").await,
    ];
    let teacher = school.staff("Фомина").await;
    open(&teacher, "7А литература").await;
    press_all(&teacher, &["Посещаемость и отметки", "Иванов А."]).await;
    school.minutes_pass(5);
    school.quiet().await;
    (tutor, parents, teacher)
}

async fn p3_an_alarm_asks_both_parents_and_one_answer_is_everybodys(school: &School) {
    let (tutor, [mother, father], teacher) = alarmed(school).await;
    assert_snapshot!(draw(&mother.gets("нет на 1-м уроке").await), @"
    Алексей: нет на 1-м уроке
    вт 24.11, 8:30, литература. Школе причина неизвестна.
    [Знаю, болеет] [Знаю, другое]
    [Не знаю]
    ");
    assert_eq!(father.count("Алексей: нет на 1-м уроке"), 1, "{}", father.chat());
    assert!(!father.last().silent, "an alarm comes with a sound");
    mother.press_under("нет на 1-м уроке", "Знаю, болеет").await;
    mother.sees("До какого дня?").await;
    assert_snapshot!(mother.screen(), @"
    Алексей, вт 24.11: болеет. Тьютор и учителя видят.
    До какого дня?
    [Только сегодня] [До пт 27.11]
    [Другая дата]
    [Меню]
    ");
    school.quiet().await;
    assert_snapshot!(draw(&father.gets("Алексей: болеет").await), @"
    Алексей: болеет
    вт 24.11. Ответ: Иванова М. В., 10:45.
    ");
    assert_eq!(father.count("нет на 1-м уроке"), 0, "{}", father.chat());
    assert_snapshot!(draw(&tutor.gets("Иванов Алексей, 7А").await), @"
    Иванов Алексей, 7А: болеет, вт 24.11
    Сообщено: Иванова М. В., вт 24.11, 10:45.
    [Принять] [Пропуски]
    ");
    mother.press_starting("До пт").await;
    assert!(mother.screen().contains("24–27.11 · болеет"), "{}", mother.screen());
    school.quiet().await;
    assert_eq!(
        tutor.count("Иванов Алексей, 7А: болеет, 24–27.11"),
        1,
        "{}",
        tutor.chat()
    );
    // The next lesson knows it, and the family isn't told of it.
    open(&tutor, "7А алгебра").await;
    assert!(
        tutor.screen().contains("б: Иванов А. (сообщила семья)"),
        "{}",
        tutor.screen()
    );
    press_all(&tutor, &["Остальные здесь", "Готово", "Закончить так"]).await;
    // What the literature lesson says later doesn't speak over the answer.
    open(&teacher, "7А литература").await;
    teacher.says("Стихи о Родине").await;
    school.minutes_pass(60);
    school.quiet().await;
    for parent in [&mother, &father] {
        assert_eq!(
            parent.count("алгебра") + parent.count("литература"),
            0,
            "{}",
            parent.chat()
        );
        assert_eq!(parent.count("Алексей: болеет"), 1, "{}", parent.chat());
    }
}

async fn p3c_nobody_knows_and_the_tutor_hears_it_at_once(school: &School) {
    let (tutor, [mother, father], _) = alarmed(school).await;
    let asked = mother.gets("нет на 1-м уроке").await;
    let answers = ["Не знаю", "Знаю, болеет"].map(|it| asked.key(it).unwrap().data.clone().unwrap());
    mother.press_data(asked.message_id, &answers[0]).await;
    mother.sees("Тьютор знает: ").await;
    assert_snapshot!(mother.screen(), @"
    Тьютор знает: Смирнова Е. В.
    Позвоните ребёнку. Приёмная школы: 20-00-00.
    Появится на уроке — сразу напишем сюда.
    [Меню]
    ");
    school.quiet().await;
    assert_snapshot!(draw(&tutor.gets("семья не знает").await), @"
    Иванов Алексей, 7А: семья не знает причины
    Нет на уроке, вт 24.11. Ответ: Иванова М. В., 10:45. Семье показан телефон школы.
    [Пропуски]
    ");
    assert!(!tutor.last().silent, "the tutor's chat rings");
    assert_snapshot!(draw(&father.gets("нет на 1-м уроке").await), @"
    Алексей: нет на 1-м уроке
    вт 24.11, 8:30, литература. Школе причина неизвестна.
    Причина неизвестна и семье: Иванова М. В., 10:45. Тьютор знает.
    [Знаю, болеет] [Знаю, другое]
    [Не знаю]
    ");
    // The same again rings nobody; the father may know.
    mother.press_data(asked.message_id, &answers[0]).await;
    assert_eq!(mother.toast(), "Тьютор уже знает");
    father.press_under("нет на 1-м уроке", "Знаю, другое").await;
    father.sees("почему?").await;
    father.press("К врачу").await;
    father.sees("До какого дня?").await;
    school.quiet().await;
    assert_eq!(tutor.count("семья не знает"), 1, "{}", tutor.chat());
    assert_eq!(tutor.count("Иванов Алексей, 7А: к врачу"), 1, "{}", tutor.chat());
    // An old button that isn't true any more.
    mother.press_data(asked.message_id, &answers[1]).await;
    assert_eq!(mother.toast(), "Уже отвечено, вот ответ");
    mother.sees("Сообщено: Иванов\u{a0}С.\u{a0}А.").await;
    let told = "SELECT COUNT(*) FROM absences WHERE at <= $1";
    assert_eq!(school.number(told, school.now()).await, 1);
}

async fn p3d_a_child_who_is_there_after_all_ends_the_alarm_at_once(school: &School) {
    let (tutor, [mother, father], teacher) = alarmed(school).await;
    let asked = father.gets("нет на 1-м уроке").await;
    let ill = asked.key("Знаю, болеет").unwrap().data.clone().unwrap();
    mother.press_under("нет на 1-м уроке", "Не знаю").await;
    mother.sees("Тьютор знает: ").await;
    // From «н» by way of «б», «п» and «о» to nothing: told once.
    press_all(&teacher, &["н Иванов А.", "б Иванов А.", "п Иванов А.", "о Иванов А."]).await;
    school.minutes_pass(1);
    school.quiet().await;
    for parent in [&mother, &father] {
        assert_eq!(parent.count("Алексей: на 1-м уроке есть"), 1, "{}", parent.chat());
        assert_eq!(
            parent.count("нет на 1-м уроке"),
            0,
            "the question is over: {}",
            parent.chat()
        );
    }
    assert_snapshot!(draw(&father.gets("на 1-м уроке есть").await), @"
    Алексей: на 1-м уроке есть
    Отметка «н» снята вт 24.11 в 10:46, извините за тревогу.
    [Дневник]
    ");
    assert_eq!(
        tutor.count("Иванов Алексей, 7А: на уроке, тревога снята"),
        1,
        "{}",
        tutor.chat()
    );
    // Nothing is asked any more.
    father.press_data(asked.message_id, &ill).await;
    assert_eq!(father.toast(), "Тревога снята: на уроке есть");
    let told = "SELECT COUNT(*) FROM absences WHERE at <= $1";
    assert_eq!(school.number(told, school.now()).await, 0);
    school.minutes_pass(120);
    school.quiet().await;
    assert_eq!(mother.count("на 1-м уроке есть"), 1, "{}", mother.chat());
}

async fn p3_another_reason_is_said_in_words(school: &School) {
    let (tutor, [mother, _], _) = alarmed(school).await;
    mother.press_under("нет на 1-м уроке", "Знаю, другое").await;
    mother.sees("почему?").await;
    press_all(&mother, &["Другое", "‹ Назад", "Другое"]).await;
    assert_snapshot!(mother.screen(), @"
    Пропуск · Алексей · вт 24.11 · другое.
    Увидят тьютор и учителя этого дня; тревоги утром не будет.
    Напишите причину следующим сообщением, до 300 знаков.
    [Фото записки] [‹ Назад]
    ");
    mother.says("Застряли в лифте").await;
    mother.press("Отправить").await;
    mother.sees("До какого дня?").await;
    mother.press("Только сегодня").await;
    mother.sees("«Застряли в лифте»").await;
    school.quiet().await;
    assert_eq!(tutor.count("«Застряли в лифте»"), 1, "{}", tutor.chat());
}

async fn p1b_an_absence_told_beforehand_rings_no_alarm(school: &School) {
    let mother = school.parent("Иванова Мария").await;
    let father = school.parent("Иванов Сергей").await;
    mother.says("/absence").await;
    press_all(&mother, &["Завтра, ср 25", "Болеет", "Отправить"]).await;
    // Wednesday, 8:35: algebra is the first lesson. The teacher writes «н» all the same.
    school.minutes_pass(21 * 60 + 55);
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    press_all(&teacher, &["Посещаемость и отметки", "б Иванов А.", "Иванов А."]).await;
    assert!(teacher.screen().contains("н: Иванов А."), "{}", teacher.screen());
    school.minutes_pass(60);
    school.quiet().await;
    for parent in [&mother, &father] {
        assert_eq!(parent.count("уроке") + parent.count("алгебра"), 0, "{}", parent.chat());
    }
}

async fn p3_an_answer_of_whoever_lost_the_child_is_none(school: &School) {
    let (tutor, [mother, father], _) = alarmed(school).await;
    let asked = father.gets("нет на 1-м уроке").await;
    let ill = asked.key("Знаю, болеет").unwrap().data.clone().unwrap();
    school
        .change("DELETE FROM guardians WHERE parent_id IN (SELECT id FROM people WHERE surname = 'Иванов' AND name = 'Сергей')")
        .await;
    father.press_data(asked.message_id, &ill).await;
    school.quiet().await;
    assert_eq!(tutor.count("Иванов Алексей, 7А: болеет"), 0, "{}", tutor.chat());
    // The mother's answer isn't told to whoever is no parent any more.
    mother.press_under("нет на 1-м уроке", "Знаю, болеет").await;
    mother.sees("До какого дня?").await;
    school.quiet().await;
    assert_eq!(father.count("Алексей: болеет"), 0, "{}", father.chat());
}
