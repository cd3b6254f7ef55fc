//! T5: a pupil says which homework is done, and the family sees it.

use insta::assert_snapshot;

use super::{open, press_all};
use crate::support::school::School;
use crate::support::story;

story!(
    t5_a_pupil_ticks_what_is_done_and_the_family_sees_it,
    t5_a_homework_that_changed_is_not_done,
    t5_a_tick_is_the_pupils_own,
);

async fn homework_is_set(school: &School) {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    teacher.says("Линейное уравнение").await;
    teacher.says("§ 13, № 8").await;
}

async fn t5_a_pupil_ticks_what_is_done_and_the_family_sees_it(school: &School) {
    homework_is_set(school).await;
    let anna = school.pupil("Волкова Анна").await;
    anna.says("/homework").await;
    assert_snapshot!(anna.screen(), @"
    Моё ДЗ · на ср 25.11
    6 уроков с 8:30
    1. Алгебра — § 13, № 8
    2. История — ещё не внесено
    3. Русский язык — ещё не внесено
    4. География — ещё не внесено
    5. Физическая культура — ещё не внесено
    6. Информатика — ещё не внесено
    Сделано? Нажмите на предмет.
    [Алгебра]
    [1] [2] [3] [4] [5] [6]
    [‹ вт 24] [Неделя] [чт 26 ›]
    [Меню]
    ");
    anna.press("Алгебра").await;
    assert_eq!(anna.toast(), "Отмечено: сделано");
    assert_snapshot!(anna.screen(), @"
    Моё ДЗ · на ср 25.11
    6 уроков с 8:30
    ✓ 1. Алгебра — § 13, № 8
    2. История — ещё не внесено
    3. Русский язык — ещё не внесено
    4. География — ещё не внесено
    5. Физическая культура — ещё не внесено
    6. Информатика — ещё не внесено
    Сделано 1 из 1.
    [✓ Алгебра]
    [1] [2] [3] [4] [5] [6]
    [‹ вт 24] [Неделя] [чт 26 ›]
    [Меню]
    ");
    let mother = school.parent("Волкова").await;
    mother.says("/start").await;
    press_all(&mother, &["Анна, 7А", "ДЗ"]).await;
    assert_snapshot!(mother.screen(), @"
    ДЗ · Анна, 7А · на ср 25.11
    6 уроков с 8:30
    ✓ 1. Алгебра — § 13, № 8
    2. История — ещё не внесено
    3. Русский язык — ещё не внесено
    4. География — ещё не внесено
    5. Физическая культура — ещё не внесено
    6. Информатика — ещё не внесено
    Сделано 1 из 1.
    [Пётр, 3Б] [✓ Анна, 7А]
    [1] [2] [3] [4] [5] [6]
    [‹ вт 24] [Неделя] [чт 26 ›]
    [Меню]
    ");
    mother.press("Неделя").await;
    assert!(mother.screen().contains("✓ Алгебра — § 13, № 8"), "{}", mother.screen());
    anna.press("✓ Алгебра").await;
    assert_eq!(anna.toast(), "Отметка «сделано» снята");
    assert!(anna.screen().contains("[Алгебра]"), "{}", anna.screen());
}

async fn t5_a_homework_that_changed_is_not_done(school: &School) {
    homework_is_set(school).await;
    let anna = school.pupil("Волкова Анна").await;
    anna.says("/homework").await;
    let (message, data) = anna.data("Алгебра");
    anna.press("Алгебра").await;
    school
        .change("UPDATE lessons SET homework = '§ 14' WHERE homework = '§ 13, № 8'")
        .await;
    anna.says("/homework").await;
    assert!(anna.screen().contains("[Алгебра]"), "{}", anna.screen());
    // The one from before is gone altogether.
    school
        .change("UPDATE lessons SET homework = NULL WHERE homework = '§ 14'")
        .await;
    anna.press_data(message, &data).await;
    assert_snapshot!(anna.toast(), @"Этого задания больше нет: учитель его изменил.");
}

async fn t5_a_tick_is_the_pupils_own(school: &School) {
    homework_is_set(school).await;
    let anna = school.pupil("Волкова Анна").await;
    anna.says("/homework").await;
    let (_, data) = anna.data("Алгебра");
    for other in [school.pupil("Белова").await, school.parent("Волкова").await] {
        other.says("/start").await;
        other.press_data(other.last().message_id, &data).await;
        assert!(other.toast().contains("не открыт"), "{}", other.toast());
    }
    anna.says("/homework").await;
    assert!(!anna.screen().contains('✓'), "{}", anna.screen());
}
