//! P4, P8: what lessons still lack, who sees it, and who is told.

use insta::assert_snapshot;
use zhurnal::chat::Payload;
use zhurnal::control::press::{Act, View};
use zhurnal::ids::ClassId;

use super::{open, press_all};
use crate::support::phone::{Phone, draw};
use crate::support::school::School;
use crate::support::story;

story!(
    p8_a_teacher_finds_what_is_left_and_the_list_empties,
    p8_written_work_without_marks_is_owed_after_its_days,
    p4_a_tutor_sees_the_day_and_reminds_teachers_once,
    p8_the_evening_letter_comes_once_and_only_when_something_lacks,
    p8_a_head_sees_how_classes_are_filled,
    p8_a_command_asks_whose,
    p8_nobody_else_sees_or_reminds,
);

/// Everything of the class that the journal could want is there, but for today.
async fn only_today_is_left(school: &School) {
    // The sample's terms begin in September: nothing of the weeks before is asked for here.
    school
        .change("UPDATE slots SET since = '2026-11-24' WHERE since < '2026-11-24'")
        .await;
}

async fn p8_a_teacher_finds_what_is_left_and_the_list_empties(school: &School) {
    only_today_is_left(school).await;
    let teacher = school.staff("Смирнова").await;
    teacher.says("/start").await;
    assert_snapshot!(teacher.screen(), @"
    вт 24.11 · Учебная школа
    У вас 6 уроков, заполнено 0.
    Матвей, 3Б: завтра 4 урока с 8:30
    [Мои уроки сегодня]
    [Осталось · 2]
    [Графики классов]
    [Мой класс · 7А]
    [Мои дети]
    [Сообщения]
    [Настройки] [Помощь]
    ");
    // The day is over.
    school.minutes_pass(4 * 60);
    teacher.says("/check").await;
    assert_snapshot!(teacher.screen(), @"
    Не заполнено · где?
    [Осталось]
    [7А]
    [Меню]
    ");
    teacher.press("Осталось").await;
    assert_snapshot!(teacher.screen(), @"
    Осталось заполнить: 6 уроков
    1-й, 3Б, математика — тема, ДЗ, посещаемость
    2-й, 7А, геометрия — тема, ДЗ, посещаемость
    3-й, 7А, алгебра — тема, ДЗ, посещаемость
    4-й, 7Б, алгебра — тема, ДЗ, посещаемость
    5-й, 10А, математика — тема, ДЗ, посещаемость
    6-й, 7Б, география — тема, ДЗ, посещаемость
    [1-й: 3Б, математика]
    [2-й: 7А, геометрия]
    [3-й: 7А, алгебра]
    [4-й: 7Б, алгебра]
    [5-й: 10А, математика]
    [6-й: 7Б, география]
    [Мои уроки] [Меню]
    ");
    teacher.press_starting("3-й: 7А").await;
    teacher.says("Линейное уравнение").await;
    teacher.says("§ 13").await;
    press_all(&teacher, &["Все на месте", "Готово"]).await;
    teacher.says("/start").await;
    teacher.press_starting("Осталось").await;
    assert!(!teacher.screen().contains("7А, алгебра"), "{}", teacher.screen());
}

async fn p8_written_work_without_marks_is_owed_after_its_days(school: &School) {
    only_today_is_left(school).await;
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    teacher.says("Линейное уравнение").await;
    teacher.says("§ 13").await;
    press_all(&teacher, &["Вид работы", "Контрольная ×2", "Все на месте"]).await;
    let owed = "7А, алгебра — отметки за письменную работу";
    for (days, is_owed) in [(3, false), (1, true)] {
        school.minutes_pass(days * 24 * 60);
        teacher.says("/check").await;
        teacher.press("Осталось").await;
        assert_eq!(
            teacher.screen().contains(owed),
            is_owed,
            "after {days} more days: {}",
            teacher.screen()
        );
    }
}

async fn p4_a_tutor_sees_the_day_and_reminds_teachers_once(school: &School) {
    only_today_is_left(school).await;
    let tutor = school.staff("Смирнова").await;
    let colleague = school.staff("Орлова").await;
    open(&tutor, "7А алгебра").await;
    press_all(&tutor, &["Посещаемость и отметки", "Ким М.", "Ли А."]).await;
    school.minutes_pass(4 * 60);
    tutor.says("/start").await;
    press_all(&tutor, &["Мой класс · 7А", "Сегодня в классе"]).await;
    assert_snapshot!(tutor.screen(), @"
    7А · вт 24.11, 14:40
    Нет на уроках: Ким Михаил — н с 3-го урока, причина неизвестна, семья не подключена: позвоните; Ли Александр — н с 3-го урока, причина неизвестна, семья не подключена: позвоните.
    Не заполнено за две недели: 7
    1-й, литература, Фомина Т. А. — тема, ДЗ, посещаемость
    2-й, геометрия, Смирнова Е. В. — тема, ДЗ, посещаемость
    3-й, алгебра, Смирнова Е. В. — тема, ДЗ
    4-й, английский язык, гр. 1, Зуева М. К. — тема, ДЗ, посещаемость
    4-й, английский язык, гр. 2, Белых Л. Н. — тема, ДЗ, посещаемость
    5-й, история, Титов В. А. — тема, ДЗ, посещаемость
    6-й, биология, Орлова Н. С. — тема, ДЗ, посещаемость
    [Напомнить учителям · 5]
    [1-й: 7А, литература]
    [2-й: 7А, геометрия]
    [3-й: 7А, алгебра]
    [4-й: 7А · гр. 1, английский язык]
    [4-й: 7А · гр. 2, английский язык]
    [5-й: 7А, история]
    [6-й: 7А, биология]
    [Пропуски]
    [‹ 7А] [Меню]
    ");
    tutor.press_starting("Напомнить учителям").await;
    assert_snapshot!(tutor.toast(), @"
    Напоминание ушло: Орлова Н. С.
    Чат не подключён, позвоните: Фомина Т. А., Зуева М. К., Белых Л. Н., Титов В. А.
    ");
    let letter = colleague.gets("не заполнено").await;
    assert_snapshot!(draw(&letter), @"
    7А: не заполнено
    Напоминает: Смирнова Е. В.
    6-й, 7А, биология — тема, ДЗ, посещаемость
    [Осталось]
    ");
    tutor.press_starting("Напомнить учителям").await;
    school.quiet().await;
    assert_eq!(colleague.count("не заполнено"), 1);
    colleague.press_under("не заполнено", "Осталось").await;
    assert!(
        colleague.screen().starts_with("Осталось заполнить"),
        "{}",
        colleague.screen()
    );
}

async fn p8_the_evening_letter_comes_once_and_only_when_something_lacks(school: &School) {
    only_today_is_left(school).await;
    let teacher = school.staff("Смирнова").await;
    let full = school.staff("Орлова").await;
    school
        .change("DELETE FROM slots WHERE load_id IN (SELECT l.id FROM loads l JOIN people p ON p.id = l.teacher_id WHERE p.surname = 'Орлова')")
        .await;
    school.debts_are_told().await;
    // 17:55, then 18:05 and later.
    school.minutes_pass(7 * 60 + 15);
    school.quiet().await;
    assert_eq!(teacher.count("Осталось заполнить"), 0);
    school.minutes_pass(10);
    let letter = teacher.gets("Осталось заполнить").await;
    assert!(letter.silent, "{}", teacher.chat());
    assert_snapshot!(draw(&letter), @"
    Осталось заполнить: 6 уроков
    1-й, 3Б, математика — тема, ДЗ, посещаемость
    2-й, 7А, геометрия — тема, ДЗ, посещаемость
    3-й, 7А, алгебра — тема, ДЗ, посещаемость
    4-й, 7Б, алгебра — тема, ДЗ, посещаемость
    5-й, 10А, математика — тема, ДЗ, посещаемость
    6-й, 7Б, география — тема, ДЗ, посещаемость
    [Осталось]
    ");
    school.stop_bot().await;
    school.start_bot().await;
    school.minutes_pass(60);
    school.quiet().await;
    assert_eq!(teacher.count("Осталось заполнить"), 1);
    assert_eq!(full.count("Осталось заполнить"), 0);
}

async fn p8_a_head_sees_how_classes_are_filled(school: &School) {
    only_today_is_left(school).await;
    school.minutes_pass(4 * 60);
    let head = school.staff("Артемьева").await;
    head.says("/check").await;
    assert_snapshot!(head.screen(), @"
    Не заполнено · где?
    [Осталось]
    [Заполнение журнала · Учебная школа]
    [Меню]
    ");
    head.press_starting("Заполнение журнала").await;
    assert_snapshot!(head.screen(), @"
    Заполнение журнала
    Уроки за две недели, которым чего-то не хватает после звонка.
    7А — 7 уроков: Белых Л. Н., Зуева М. К., Орлова Н. С., Смирнова Е. В., Титов В. А., Фомина Т. А.
    7Б — 6 уроков: Гусев Р. П., Зуева М. К., Орлова Н. С., Смирнова Е. В., Фомина Т. А.
    [7А · 7] [7Б · 6]
    [Меню]
    ");
    head.press_starting("7А").await;
    assert!(head.screen().starts_with("7А · вт 24.11"), "{}", head.screen());
}

async fn p8_a_command_asks_whose(school: &School) {
    let administrator = school.staff("Савельева").await;
    administrator.says("/check").await;
    assert!(
        administrator.screen().contains("Заполнение журнала"),
        "{}",
        administrator.screen()
    );
    let parent = school.parent("Волкова").await;
    parent.says("/check").await;
    assert!(
        parent.screen().contains("Этого раздела у вас нет"),
        "{}",
        parent.screen()
    );
}

async fn p8_nobody_else_sees_or_reminds(school: &School) {
    let tutor = school.staff("Смирнова").await;
    tutor.says("/start").await;
    press_all(&tutor, &["Мой класс · 7А", "Сегодня в классе"]).await;
    let class = ClassId(
        school
            .number(
                "SELECT class_id FROM class_tutors t JOIN people p ON p.id = t.person_id WHERE p.surname = 'Смирнова' AND '2026-01-01' < $1",
                school.now(),
            )
            .await,
    );
    let forged = [Payload::of(&View::Class(class, 0)), Payload::of(&Act::Remind(class))];
    let others: [Phone; 3] = [
        school.staff("Фомина").await,
        school.parent("Волкова").await,
        school.pupil("Волкова Анна").await,
    ];
    for other in others {
        for payload in &forged {
            other.says("/start").await;
            other.press_data(other.last().message_id, payload.as_str()).await;
            assert!(!other.screen().contains("Не заполнено"), "{}", other.screen());
        }
    }
    school.quiet().await;
    assert_eq!(tutor.count("Напоминает"), 0);
}
