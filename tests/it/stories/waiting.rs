//! T10: a message that waits for office hours is asked for its right again when it leaves.

use insta::assert_snapshot;

use super::{picture, press_all, turn};
use crate::support::phone::{Phone, draw};
use crate::support::school::School;
use crate::support::story;

story!(
    t10_what_waited_is_kept_back_when_the_school_closes_the_pair,
    t10_what_waited_is_kept_back_when_its_author_may_not_write,
    t10_what_waited_is_kept_back_when_the_teacher_leaves,
    t10_what_waited_is_kept_back_when_the_child_is_no_longer_theirs,
);

/// At 21:40 a mother writes to the teacher of biology; it waits for the morning.
async fn written_at_night(school: &School) -> Phone {
    let parent = school.parent("Волкова").await;
    school.minutes_pass(11 * 60);
    parent.says("/messages").await;
    press_all(&parent, &["Новое", "Учителям: Анна"]).await;
    parent.press_starting("Орлова").await;
    parent.says("Пишу ночью: «§ 8» — это <всё>?").await;
    parent.sees("Сейчас не часы ответа").await;
    parent
}

/// The morning comes.
async fn morning(school: &School) {
    school.minutes_pass(11 * 60);
    school.quiet().await;
}

async fn t10_what_waited_is_kept_back_when_the_school_closes_the_pair(school: &School) {
    let teacher = school.staff("Орлова").await;
    let administrator = school.staff("Савельева").await;
    let parent = written_at_night(school).await;
    turn(&administrator, "✓ Родители и учителя").await;
    assert_eq!(parent.count("Не дошло"), 0, "it is asked when it leaves");
    morning(school).await;
    let told = parent.gets("Не дошло").await;
    assert_snapshot!(draw(&told), @"
    Не дошло: Орлова Н. С. · Анна, биология
    Пока сообщение ждало часов ответа, школа закрыла такую переписку. Нужно сообщить — позвоните в школу.
    Ваш текст цел, нажмите на него, чтобы скопировать:
    Пишу ночью: «§ 8» — это <всё>?
    [Весь разговор]
    ");
    // Pressed on, the words are taken along.
    assert!(
        told.html.contains("<code>Пишу ночью: «§ 8» — это &lt;всё&gt;?</code>"),
        "{}",
        told.html
    );
    assert_eq!(teacher.count("Пишу ночью"), 0);
    parent.press_under("Не дошло", "Весь разговор").await;
    assert_snapshot!(parent.screen(), @"
    Орлова Н. С. · Анна, биология
    Вы, вт 24.11, 21:40: Пишу ночью: «§ 8» — это <всё>? · не дошло
    Школа закрыла такую переписку: прежнее читается, новое не пишется. Нужно сообщить — позвоните в школу.
    [Дневник] [Закрыть тему]
    [Показать администрации]
    [‹ Сообщения] [Меню]
    ");
    teacher.says("/messages").await;
    assert!(!teacher.screen().contains("непрочитанных"), "{}", teacher.screen());
    // The pair opens again: what was kept back stays back, and what follows arrives.
    turn(&administrator, "Родители и учителя").await;
    parent.press_under("Не дошло", "Весь разговор").await;
    parent.press("Ответить").await;
    parent.says("Пишу утром").await;
    school.quiet().await;
    teacher.press_under("Пишу утром", "Весь разговор").await;
    assert!(!teacher.screen().contains("ночью"), "{}", teacher.screen());
    assert_eq!(parent.count("Не дошло"), 1, "{}", parent.chat());
}

async fn t10_what_waited_is_kept_back_when_its_author_may_not_write(school: &School) {
    let teacher = school.staff("Орлова").await;
    let administrator = school.staff("Савельева").await;
    let parent = written_at_night(school).await;
    administrator.says("/start").await;
    press_all(&administrator, &["Люди", "7А", "Все ученики", "✓ Волкова А."]).await;
    administrator.press_ending("Волкова\u{a0}О.\u{a0}П.").await;
    press_all(&administrator, &["Право писать", "Ограничить на день"]).await;
    administrator.says("Оскорбления в переписке").await;
    morning(school).await;
    let told = parent.gets("Не дошло").await;
    assert_snapshot!(draw(&told), @"
    Не дошло: Орлова Н. С. · Анна, биология
    Пока сообщение ждало часов ответа, ваше право писать ограничили на время. Срочное — по телефону школы.
    Ваш текст цел, нажмите на него, чтобы скопировать:
    Пишу ночью: «§ 8» — это <всё>?
    [Весь разговор]
    ");
    // The day of silence is over: nothing comes by itself.
    school.minutes_pass(24 * 60);
    school.quiet().await;
    assert_eq!(teacher.count("Пишу ночью"), 0);
}

async fn t10_what_waited_is_kept_back_when_the_teacher_leaves(school: &School) {
    let teacher = school.staff("Орлова").await;
    let parent = written_at_night(school).await;
    school
        .change("UPDATE loads SET teacher_id = (SELECT id FROM people WHERE code = 'с18') WHERE teacher_id = (SELECT id FROM people WHERE surname = 'Орлова' AND code LIKE 'с%')")
        .await;
    morning(school).await;
    let told = parent.gets("Не дошло").await;
    assert_snapshot!(draw(&told), @"
    Не дошло: Орлова Н. С. · Анна, биология
    Пока сообщение ждало часов ответа, этот человек перестал быть связан с ребёнком или работать в школе. Кому написать теперь: Сообщения → Новое.
    Ваш текст цел, нажмите на него, чтобы скопировать:
    Пишу ночью: «§ 8» — это <всё>?
    [Весь разговор]
    ");
    assert_eq!(teacher.count("Пишу ночью"), 0);
}

async fn t10_what_waited_is_kept_back_when_the_child_is_no_longer_theirs(school: &School) {
    let teacher = school.staff("Орлова").await;
    let parent = written_at_night(school).await;
    // A picture speaks for itself.
    press_all(&parent, &["‹ Сообщения", "Новое", "Учителям: Анна"]).await;
    parent.press_starting("Орлова").await;
    parent.sends(picture("")).await;
    school
        .change("UPDATE consents SET withdrawn_at = '2026-11-24 13:00:00+00:00'")
        .await;
    morning(school).await;
    assert_eq!(parent.count("Не дошло"), 2, "{}", parent.chat());
    let told = parent.gets("Пишу ночью").await;
    assert_snapshot!(draw(&told), @"
    Не дошло: Орлова Н. С. · Анна, биология
    Пока сообщение ждало часов ответа, ребёнок перестал быть записан за вами или согласие отозвали. Вопросы — к тьютору.
    Ваш текст цел, нажмите на него, чтобы скопировать:
    Пишу ночью: «§ 8» — это <всё>?
    ");
    let chat = parent.telegram().chat(parent.user);
    let with_picture = chat
        .iter()
        .filter(|it| it.photo.is_some() && it.html.contains("Не дошло"));
    assert_eq!(with_picture.count(), 1, "the picture comes back");
    assert_eq!(teacher.count("Пишу ночью"), 0);
}
