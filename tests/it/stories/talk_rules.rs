//! T10: what a school rules of talk.

use insta::assert_snapshot;
use zhurnal::chat::Payload;
use zhurnal::ids::ThreadId;
use zhurnal::messages::mutes::Term;
use zhurnal::messages::rules::press::Act as RulesAct;
use zhurnal::messages::threads::press::{Act as ThreadAct, View};
use zhurnal::people::Invitee;

use super::{algebra, press_all, turn};
use crate::support::phone::draw;
use crate::support::school::School;
use crate::support::story;

story!(
    t10_a_pair_that_the_school_closed_is_not_offered_and_is_refused,
    t10_who_is_muted_knows_why_and_until_when_and_hears_everything_else,
    t10_a_talk_is_read_by_the_administration_only_while_a_side_shows_it,
    a_talk_that_is_opened_ends_a_reason_that_was_awaited,
    t10_a_teachers_own_hours_are_told_and_waited_for,
);

async fn t10_a_pair_that_the_school_closed_is_not_offered_and_is_refused(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = algebra(school).await;
    let other = school.staff("Орлова").await;
    let administrator = school.staff("Савельева").await;
    press_all(&parent, &["Меню", "Сообщения", "Новое", "Учителям: Анна"]).await;
    parent.press_starting("Орлова").await;
    parent.says("Когда контрольная?").await;
    school.quiet().await;
    turn(&administrator, "✓ Родители и учителя").await;
    assert_eq!(administrator.toast(), "Переписка закрыта");
    press_all(&parent, &["‹ Сообщения", "Новое", "Учителям: Анна"]).await;
    // The tutor, who teaches algebra too, is offered as the tutor.
    assert_snapshot!(parent.screen(), @"
    Кому написать · Анна
    [Смирнова Е. В., тьютор]
    [Артемьева Г. С., рук. ступени]
    [Савельева О. Б., администратор]
    [Воронцов М. Е., директор]
    [‹ Сообщения] [Меню]
    ");
    // The teacher's answer in the old talk is refused, by the button and by the messenger's own reply.
    other.press_under("Когда контрольная?", "Ответить").await;
    assert!(
        other.toast().starts_with("Не отправлено: школа закрыла"),
        "{}",
        other.toast()
    );
    let letter = other.gets("Когда контрольная?").await;
    other.replies(letter.message_id, "В четверг").await;
    other.gets("Не отправлено: школа закрыла такую переписку.").await;
    // It is still read.
    press_all(&parent, &["‹ Сообщения"]).await;
    parent.press_starting("Орлова").await;
    assert_snapshot!(parent.screen(), @"
    Орлова Н. С. · Анна, биология
    Вы, 10:40: Когда контрольная?
    Школа закрыла такую переписку: прежнее читается, новое не пишется. Нужно сообщить — позвоните в школу.
    [Дневник] [Закрыть тему]
    [Показать администрации]
    [‹ Сообщения] [Меню]
    ");
    let forged = Payload::of(&ThreadAct::Answer(ThreadId(1)));
    parent.press_data(parent.last().message_id, forged.as_str()).await;
    assert!(parent.toast().starts_with("Не отправлено"), "{}", parent.toast());
    // The menu follows.
    parent.sees("3Б").await;
    // The tutor is another pair.
    parent.press_under("Анна, алгебра: 5 и 4", "Вопрос учителю").await;
    parent.says("Вам как тьютору").await;
    teacher.gets("Вам как тьютору").await;
    turn(&administrator, "✓ Сотрудники между собой").await;
    teacher.says("/messages").await;
    teacher.press("Новое").await;
    assert!(!teacher.screen().contains("Коллеге"), "{}", teacher.screen());
    turn(&administrator, "Родители и учителя").await;
    other.replies(letter.message_id, "В четверг").await;
    school.quiet().await;
    assert_eq!(parent.count("В четверг"), 1);
}

async fn t10_who_is_muted_knows_why_and_until_when_and_hears_everything_else(school: &School) {
    let parent = school.parent("Волкова").await;
    let administrator = school.staff("Савельева").await;
    let teacher = school.staff("Смирнова").await;
    administrator.says("/start").await;
    press_all(&administrator, &["Люди", "7А", "Все ученики", "✓ Волкова А."]).await;
    administrator.press_ending("Волкова\u{a0}О.\u{a0}П.").await;
    press_all(&administrator, &["Право писать", "Ограничить на день"]).await;
    assert_snapshot!(administrator.screen(), @"
    На день · Волкова Ольга Павловна
    Напишите причину следующим сообщением: человек увидит её дословно.
    [Не ограничивать]
    ");
    administrator.says("Оскорбления в переписке").await;
    assert_snapshot!(administrator.screen(), @"
    Ограничено, человек узнает причину
    Право писать · Волкова Ольга Павловна
    Не пишет до ср 25.11, 10:40.
    Причина: «Оскорбления в переписке»
    [Вернуть право писать]
    [‹ Не пишут] [Меню]
    ");
    school.quiet().await;
    let told = parent.gets("Писать в журнале нельзя").await;
    assert_snapshot!(draw(&told), @"
    Писать в журнале нельзя до ср 25.11, 10:40
    Причина: «Оскорбления в переписке»
    Отметки, пропуски и объявления приходят как прежде. Срочное — по телефону школы.
    ");
    // What was begun before, and what is begun now, goes nowhere.
    parent.says("/messages").await;
    press_all(&parent, &["Новое", "Учителям: Анна"]).await;
    parent.press_starting("Орлова").await;
    assert_snapshot!(parent.screen(), @"
    Писать в журнале нельзя до ср 25.11, 10:40
    Причина: «Оскорбления в переписке»
    Отметки, пропуски и объявления приходят как прежде. Срочное — по телефону школы.
    Ничего не отправлено.
    [Меню]
    ");
    // Marks come as before, and the question under them says the same.
    algebra(school).await;
    parent.gets("Анна, алгебра: 5 и 4").await;
    let notice = parent.gets("Анна, алгебра: 5 и 4").await;
    parent.replies(notice.message_id, "Всё равно напишу").await;
    parent.sees("Ничего не отправлено.").await;
    school.quiet().await;
    assert_eq!(teacher.count("Всё равно"), 0);
    // A day later it has ended by itself.
    school.minutes_pass(24 * 60);
    parent.replies(notice.message_id, "Теперь можно?").await;
    school.quiet().await;
    assert_eq!(teacher.count("Теперь можно?"), 1);
    administrator.says("/start").await;
    press_all(&administrator, &["Правила переписки", "Кто не пишет"]).await;
    assert!(
        administrator.screen().contains("Все пишут без ограничений."),
        "{}",
        administrator.screen()
    );
    // Until it is lifted, which is told and kept in the trail.
    administrator.press("Меню").await;
    press_all(&administrator, &["Люди", "7А", "Все ученики", "✓ Волкова А."]).await;
    administrator.press_ending("Волкова\u{a0}О.\u{a0}П.").await;
    press_all(&administrator, &["Право писать", "Ограничить, пока не верну"]).await;
    administrator.says("Снова").await;
    press_all(&administrator, &["‹ Не пишут"]).await;
    administrator.press_starting("Волкова").await;
    administrator.press("Вернуть право писать").await;
    assert_eq!(administrator.toast(), "Снова пишет");
    school.quiet().await;
    parent.gets("Писать в журнале снова можно").await;
    press_all(&administrator, &["Меню", "Действия людей"]).await;
    assert!(
        administrator.screen().contains("право писать возвращено: Волкова"),
        "{}",
        administrator.screen()
    );
}

async fn t10_a_talk_is_read_by_the_administration_only_while_a_side_shows_it(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = algebra(school).await;
    let director = school.staff("Воронцов").await;
    let head = school.staff("Артемьева").await;
    parent.press_under("Анна, алгебра: 5 и 4", "Вопрос учителю").await;
    parent.says("Почему четыре?").await;
    school.quiet().await;
    // Unasked nobody reads it, whatever is pressed.
    let read = Payload::of(&View::ShownThread(ThreadId(1), 0));
    let open = Payload::of(&ThreadAct::OpenShown(ThreadId(1)));
    for data in [&read, &open] {
        director.press_data(director.last().message_id, data.as_str()).await;
        assert!(!director.chat().contains("Почему четыре"), "{}", director.chat());
    }
    teacher.press_under("Почему четыре?", "Весь разговор").await;
    teacher.press("Показать администрации").await;
    assert_snapshot!(teacher.screen(), @"
    Показать разговор администрации? · Волкова О. П.
    Администратор и директор прочитают его целиком, писать в нём не смогут. Другая сторона узнает об этом, показ будет записан. Вернуть можно в любой момент.
    [Показать разговор]
    [Не показывать]
    ");
    teacher.press("Показать разговор").await;
    assert_snapshot!(teacher.screen(), @"
    Волкова О. П. · Волкова Анна, 7А, алгебра
    Волкова О. П., 10:40: Почему четыре?
    Показано администрации: этот разговор могут прочитать администратор и директор.
    [Ответить]
    [Дневник] [Закрыть тему]
    [Больше не показывать]
    [‹ Сообщения] [Меню]
    ");
    school.quiet().await;
    let told = parent.gets("показан администрации").await;
    assert_snapshot!(draw(&told), @"
    Разговор показан администрации · Смирнова Е. В.
    Так решила другая сторона. Администратор и директор могут его прочитать, писать в нём не могут.
    [Весь разговор]
    ");
    let asked = director.gets("показан администрации").await;
    assert_snapshot!(draw(&asked), @"
    Разговор показан администрации
    Волкова О. П. — Смирнова Е. В.
    Каждое прочтение записывается.
    [Прочитать]
    ");
    director.press_under("показан администрации", "Прочитать").await;
    assert_snapshot!(director.screen(), @"
    Волкова О. П. — Смирнова Е. В. · Волкова Анна, 7А, алгебра
    Волкова О. П., вт 24.11, 10:40: Почему четыре?
    Только чтение: разговор показала одна из сторон.
    [‹ Показанные] [Меню]
    ");
    // Nobody else does, and the other side can't take it back.
    head.press_data(head.last().message_id, open.as_str()).await;
    assert!(!head.chat().contains("Почему четыре"), "{}", head.chat());
    let hide = Payload::of(&ThreadAct::Hide(ThreadId(1)));
    parent.press_data(parent.last().message_id, hide.as_str()).await;
    assert_eq!(parent.toast(), "Вернуть может тот, кто показал");
    assert!(
        parent.screen().contains("Другая сторона показала"),
        "{}",
        parent.screen()
    );
    director.says("/start").await;
    director.press("Показанные разговоры · 1").await;
    assert_snapshot!(director.screen(), @"
    Показанные разговоры
    [Волкова О. П. · Смирнова Е. В.]
    [Меню]
    ");
    teacher.press("Больше не показывать").await;
    school.quiet().await;
    parent.gets("больше не показан администрации").await;
    director.press_starting("Волкова").await;
    assert_eq!(director.toast(), "Этого раздела у вас нет.");
    director.sees("Учебная школа").await;
    director.says("/start").await;
    assert!(!director.screen().contains("Показанные"), "{}", director.screen());
    director.press("Действия людей").await;
    for deed in [
        "разговор показан администрации",
        "показанный разговор прочитан",
        "разговор больше не показан",
    ] {
        assert!(director.screen().contains(deed), "{}", director.screen());
    }
}

async fn a_talk_that_is_opened_ends_a_reason_that_was_awaited(school: &School) {
    let parent = school.parent("Волкова").await;
    let administrator = school.staff("Савельева").await;
    let muted = school.person(&Invitee::Parent(String::new()), "Волкова").await;
    let reason = Payload::of(&RulesAct::Mute(muted.id, Term::Day));
    administrator
        .press_data(administrator.last().message_id, reason.as_str())
        .await;
    administrator.sees("Напишите причину").await;
    parent.says("/messages").await;
    press_all(&parent, &["Новое", "Учителям: Анна"]).await;
    parent.press_starting("Савельева").await;
    parent.says("Когда пришлёте справку?").await;
    school.quiet().await;
    administrator.press_under("Когда пришлёте", "Весь разговор").await;
    administrator.says("Завтра утром").await;
    administrator.sees("Завтра утром").await;
    school.quiet().await;
    assert_eq!(parent.count("Писать в журнале нельзя"), 0, "{}", parent.chat());
}

async fn t10_a_teachers_own_hours_are_told_and_waited_for(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = school.staff("Орлова").await;
    teacher.says("/settings").await;
    teacher.press("Часы ответа").await;
    assert_snapshot!(teacher.screen(), @"
    Мои часы ответа
    Часы ответа: пн–пт, 8:00–18:00.
    Сообщения семей вне этих часов дойдут без звука, когда часы начнутся; отправитель видит ваши часы.
    [✓ пн] [✓ вт] [✓ ср] [✓ чт]
    [✓ пт] [сб] [вс]
    [Начать в 7:00] [Начать в 9:00]
    [До 17:00] [До 19:00]
    [‹ Настройки] [Меню]
    ");
    // It is Tuesday, 10:40: from Wednesday at nine.
    press_all(&teacher, &["✓ пн", "✓ вт", "Начать в 9:00", "До 17:00"]).await;
    assert_eq!(teacher.toast(), "Часы ответа изменены");
    press_all(&parent, &["Меню", "Сообщения", "Новое", "Учителям: Анна"]).await;
    parent.press_starting("Орлова").await;
    assert!(
        parent.screen().contains("Часы ответа: ср–пт, 9:00–17:00."),
        "{}",
        parent.screen()
    );
    parent.says("Когда экскурсия?").await;
    assert_snapshot!(parent.screen(), @"
    Отправлено, 10:40: Орлова Н. С.
    Сейчас не часы ответа. Дойдёт ср 25.11 в 9:00.
    Часы ответа: ср–пт, 9:00–17:00.
    [Отозвать]
    [‹ Сообщения] [Меню]
    ");
    school.quiet().await;
    assert_eq!(teacher.count("Когда экскурсия?"), 0);
    // 9:00 on Wednesday.
    school.minutes_pass(22 * 60 + 20);
    school.quiet().await;
    assert_eq!(teacher.count("Когда экскурсия?"), 1);
    teacher.says("/settings").await;
    press_all(&teacher, &["Часы ответа", "Как у школы: пн–пт, 8:00–18:00"]).await;
    assert!(
        teacher.screen().contains("Часы ответа: пн–пт, 8:00–18:00."),
        "{}",
        teacher.screen()
    );
}
