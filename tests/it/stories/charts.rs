//! Charts on request (T5): a picture with its words below it, for a family, a tutor, a teacher and a head.

use insta::assert_snapshot;

use super::press_all;
use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;

story!(
    t5_a_parent_sees_how_marks_went_and_where_the_child_stands,
    t5_a_class_of_few_is_not_shown_to_a_family,
    t5_absences_are_a_calendar,
    t5_a_chart_of_nothing_says_so,
    t5_a_tutor_sees_the_class_and_a_teacher_the_own_lessons,
    t5_a_head_sees_classes_side_by_side,
    t5_what_is_drawn_is_what_the_journal_holds,
    p7_an_old_button_of_a_surveys_chart_still_answers,
);

/// Three lessons of algebra in 7А: everybody has 4, 4 and 3 for a control work, three pupils have 5, 5 and that 3.
/// Анна was ill for the first and late for the second.
async fn autumn(school: &School) {
    for sql in [
        "INSERT INTO lessons (load_id, date, number, topic, homework_none, kind, attendance_taken, version,
                              first_press_at, last_press_at, bell_ends_at)
         SELECT o.id, '2026-11-16', 8, 'Уравнение', TRUE, 'answer', TRUE, 1, '2026-11-16 03:00:00+00:00',
                '2026-11-16 03:00:00+00:00', '2026-11-16 03:00:00+00:00'
         FROM loads o JOIN classes c ON c.id = o.class_id JOIN subjects j ON j.id = o.subject_id
         WHERE c.grade = 7 AND c.letter = 'А' AND j.title = 'Алгебра'",
        "INSERT INTO lessons (load_id, date, number, topic, homework_none, kind, attendance_taken, version,
                              first_press_at, last_press_at, bell_ends_at)
         SELECT load_id, '2026-11-17', 8, topic, TRUE, 'answer', TRUE, 1, first_press_at, last_press_at, bell_ends_at
         FROM lessons WHERE date = '2026-11-16'",
        "INSERT INTO lessons (load_id, date, number, topic, homework_none, kind, attendance_taken, version,
                              first_press_at, last_press_at, bell_ends_at)
         SELECT load_id, '2026-11-18', 8, topic, TRUE, 'control', TRUE, 1, first_press_at, last_press_at, bell_ends_at
         FROM lessons WHERE date = '2026-11-16'",
        "INSERT INTO marks (lesson_id, pupil_id, position, value, kind, weight)
         SELECT l.id, e.pupil_id, 0,
                CASE WHEN l.date = '2026-11-18' THEN '3'
                     WHEN p.surname IN ('Волкова', 'Белова', 'Ким') THEN '5' ELSE '4' END,
                l.kind, CASE WHEN l.date = '2026-11-18' THEN 200 ELSE 100 END
         FROM lessons l JOIN loads o ON o.id = l.load_id JOIN enrolments e ON e.class_id = o.class_id
         JOIN people p ON p.id = e.pupil_id
         WHERE l.number = 8",
        "INSERT INTO attendance (lesson_id, pupil_id, sign)
         SELECT l.id, p.id, CASE WHEN l.date = '2026-11-16' THEN 'ill' ELSE 'late' END
         FROM lessons l, people p
         WHERE l.number = 8 AND l.date IN ('2026-11-16', '2026-11-17') AND p.surname = 'Волкова' AND p.name = 'Анна'",
    ] {
        school.change(sql).await;
    }
}

/// The newest message's picture.
fn picture(phone: &Phone) -> Vec<u8> {
    let shown = phone.last();
    let photo = shown
        .photo
        .unwrap_or_else(|| panic!("no picture on\n{}", phone.screen()));
    assert_eq!(photo.width, 1080);
    photo.bytes.to_vec()
}

async fn t5_a_parent_sees_how_marks_went_and_where_the_child_stands(school: &School) {
    autumn(school).await;
    let parent = school.parent("Волкова").await;
    parent.says("/chart").await;
    parent.press("Анна, 7А").await;
    parent.sees("класс").await;
    assert_snapshot!(parent.screen(), @"
    Графики · Анна, 7А · II четверть
    Алгебра: 4,00 · класс 3,50 (3,50–3,50)
    [Пётр, 3Б] [✓ Анна, 7А]
    [Алгебра]
    [‹ I четверть] [Год]
    [Пропуски] [Тёмный фон]
    [‹ Отметки] [Меню]
    ");
    let (message, standings) = (parent.last().message_id, picture(&parent));
    // The subject, in the same message; then dark, and the same once more.
    parent.press("Алгебра").await;
    parent.sees("средний").await;
    assert_snapshot!(parent.screen(), @"
    Алгебра · Анна, 7А · II четверть
    б/5 5 3к — средний 4,00, без весов 4,33.
    к — контрольная, вес 2
    [Пётр, 3Б] [✓ Анна, 7А]
    [‹ I четверть] [Год]
    [Все предметы] [Тёмный фон]
    [‹ Предмет] [Меню]
    ");
    let light = picture(&parent);
    parent.press("Тёмный фон").await;
    parent.sees("средний").await;
    let dark = picture(&parent);
    assert!(light != dark && light != standings, "the pictures are one");
    press_all(&parent, &["Светлый фон"]).await;
    assert_eq!(picture(&parent), light);
    assert_eq!(parent.last().message_id, message);
    // A picture can't become a text: it stays without buttons, and the text comes below.
    parent.press("‹ Предмет").await;
    let text = parent.last();
    assert!(text.photo.is_none() && text.message_id > message, "{}", parent.screen());
    // From there the chart comes where the text stands.
    parent.press("График").await;
    assert_eq!(picture(&parent), light);
    assert_eq!(parent.last().message_id, text.message_id);
    let former = parent.telegram().chat(parent.user);
    let former = former.iter().find(|it| it.message_id == message).unwrap();
    assert!(
        former.photo.is_some() && former.keyboard.is_empty(),
        "{:?}",
        former.labels()
    );
    parent.press("Меню").await;
    assert!(parent.labels().contains(&"Графики".to_owned()), "{}", parent.screen());
    // Each drawing is sent as pixels once: the messenger has it from then on.
    let uploads = parent.telegram().count_calls(|call| {
        call.chat == Some(parent.user)
            && call.method == "editMessageMedia"
            && call.params.to_string().contains("attach://")
    });
    assert_eq!(uploads, 3, "of five pictures two are the same again");
}

async fn t5_a_class_of_few_is_not_shown_to_a_family(school: &School) {
    autumn(school).await;
    school
        .change(
            "DELETE FROM marks WHERE pupil_id NOT IN (SELECT id FROM people WHERE surname IN ('Волкова', 'Белова', 'Ким'))",
        )
        .await;
    let pupil = school.pupil("Волкова Анна").await;
    pupil.says("/chart").await;
    pupil.sees("4,00").await;
    assert!(!pupil.screen().contains("класс"), "{}", pupil.screen());
    assert_snapshot!(pupil.screen(), @"
    Мои графики · II четверть
    Алгебра: 4,00
    [Алгебра]
    [‹ I четверть] [Год]
    [Пропуски] [Тёмный фон]
    [‹ Отметки] [Меню]
    ");
    picture(&pupil);
}

async fn t5_absences_are_a_calendar(school: &School) {
    autumn(school).await;
    let parent = school.parent("Волкова").await;
    parent.says("/chart").await;
    press_all(&parent, &["Анна, 7А", "Пропуски"]).await;
    parent.sees("болезнь").await;
    assert_snapshot!(parent.screen(), @"
    Пропуски · Анна, 7А · II четверть
    б, болезнь — 1 урок, дней: 1
    о, опоздание — 1 урок, дней: 1
    [Пётр, 3Б] [✓ Анна, 7А]
    [‹ I четверть] [Год]
    [Все предметы] [Тёмный фон]
    [‹ Отметки] [Меню]
    ");
    let term = picture(&parent);
    parent.press("Год").await;
    parent.sees("2026/27").await;
    assert_ne!(picture(&parent), term);
}

async fn t5_a_chart_of_nothing_says_so(school: &School) {
    autumn(school).await;
    let parent = school.parent("Волкова").await;
    parent.says("/chart").await;
    parent.press("Пётр, 3Б").await;
    assert_snapshot!(parent.screen(), @"
    Графики · Пётр, 3Б · II четверть
    Отметок здесь ещё нет. Первая появится сама.
    [✓ Пётр, 3Б] [Анна, 7А]
    [‹ I четверть] [Год]
    [Пропуски] [Тёмный фон]
    [‹ Отметки] [Меню]
    ");
    assert!(parent.last().photo.is_none());
    parent.press("Пропуски").await;
    parent.sees("ещё ничего нет").await;
    // A term before the journal.
    press_all(&parent, &["Анна, 7А", "‹ I четверть"]).await;
    parent.sees("ещё ничего нет").await;
    // In no class at all.
    school
        .change(
            "UPDATE enrolments SET ends = '2026-09-02'
             WHERE pupil_id IN (SELECT id FROM people WHERE surname = 'Волкова' AND name = 'Анна')",
        )
        .await;
    parent.press("Меню").await;
    parent.press("Графики").await;
    parent.sees("ни в одном классе").await;
}

async fn t5_a_tutor_sees_the_class_and_a_teacher_the_own_lessons(school: &School) {
    autumn(school).await;
    let tutor = school.staff("Смирнова").await;
    press_all(&tutor, &["Меню", "Мой класс · 7А", "Графики"]).await;
    tutor.sees("Алгебра").await;
    assert_snapshot!(tutor.screen(), @"
    Отметки · 7А · II четверть
    Алгебра: 5 — 6, 4 — 44, 3 — 25 · средний 3,56
    [На урок] [Пропуски]
    [‹ I четверть] [Год]
    [Тёмный фон]
    [‹ Класс] [Меню]
    ");
    let marks = picture(&tutor);
    tutor.press("На урок").await;
    tutor.sees("Отметок на урок").await;
    assert_snapshot!(tutor.screen(), @"
    Отметок на урок · 7А · II четверть
    Алгебра: 25,00 · 75 отметок, 3 урока
    [Отметки] [Пропуски]
    [‹ I четверть] [Год]
    [Тёмный фон]
    [‹ Класс] [Меню]
    ");
    assert_ne!(picture(&tutor), marks);
    tutor.press("Пропуски").await;
    tutor.sees("ноябрь").await;
    assert_snapshot!(tutor.screen(), @"
    Пропуски · 7А · II четверть
    ноябрь: н — 0, б — 1, п — 0, о — 1 · 3 урока
    [Отметки] [На урок]
    [‹ I четверть] [Год]
    [Тёмный фон]
    [‹ Класс] [Меню]
    ");
    // A colleague who teaches there sees nothing of algebra.
    let teacher = school.staff("Орлова").await;
    press_all(&teacher, &["Меню", "Графики классов", "7А"]).await;
    teacher.sees("мои уроки").await;
    assert!(!teacher.screen().contains("Алгебра"), "{}", teacher.screen());
    // And a class that isn't theirs doesn't open at all.
    let (message, forged) = tutor.data("Тёмный фон");
    let stranger = school.pupil("Белова").await;
    stranger.press_data(message, &forged).await;
    assert!(!stranger.screen().contains("ноябрь"), "{}", stranger.screen());
}

async fn t5_a_head_sees_classes_side_by_side(school: &School) {
    autumn(school).await;
    let head = school.staff("Артемьева").await;
    head.says("/chart").await;
    head.press("7-е классы").await;
    head.sees("рядом").await;
    assert_snapshot!(head.screen(), @"
    7-е классы рядом · отметки · II четверть
    7А: 5 — 6, 4 — 44, 3 — 25 · средний 3,56
    [7А] [7Б]
    [‹ I четверть] [Год]
    [Тёмный фон]
    [‹ Графики] [Меню]
    ");
    let beside = picture(&head);
    head.press("7А").await;
    head.sees("Алгебра").await;
    assert_ne!(picture(&head), beside);
}

async fn t5_what_is_drawn_is_what_the_journal_holds(school: &School) {
    use zhurnal::lessons::cell::Value;
    use zhurnal::progress;
    autumn(school).await;
    let day = |n| chrono::NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
    let class = zhurnal::ids::ClassId(
        school
            .number(
                "SELECT id FROM classes WHERE grade = 7 AND letter = 'А' AND CAST($1 AS TEXT) <> ''",
                school.now(),
            )
            .await,
    );
    let mut snapshot = school.db.snapshot().await.unwrap();
    let taught = progress::store::taught(&mut snapshot, class, (day(1), day(30)))
        .await
        .unwrap();
    let nothing = progress::store::taught(&mut snapshot, class, (day(1), day(15)))
        .await
        .unwrap();
    let signs = progress::store::signs_of_class(&mut snapshot, class, None, (day(1), day(30)))
        .await
        .unwrap();
    drop(snapshot);
    let count = |sql| school.number(sql, school.now());
    let n_marks = count("SELECT COUNT(*) FROM marks WHERE CAST($1 AS TEXT) <> ''").await;
    let n_fives = count("SELECT COUNT(*) FROM marks WHERE value = '5' AND CAST($1 AS TEXT) <> ''").await;
    let algebra: Vec<_> = taught.iter().filter(|it| it.title == "Алгебра").collect();
    let drawn: usize = algebra.iter().map(|it| it.marks.len()).sum();
    assert_eq!(i64::try_from(drawn).unwrap(), n_marks);
    let tallies = progress::by_subject(&taught);
    let tally = tallies.iter().find(|it| it.title == "Алгебра").unwrap();
    assert_eq!((tally.counts[0], tally.marks, tally.lessons), (n_fives, n_marks, 3));
    assert_eq!(tally.counts.iter().sum::<i64>(), n_marks);
    assert!(nothing.iter().all(|it| it.marks.is_empty() && it.lessons == 0));
    let days: Vec<_> = signs
        .iter()
        .map(|(day, lessons, signs)| (*day, *lessons, *signs))
        .collect();
    assert_eq!(
        days,
        [
            (day(16), 1, [0, 1, 0, 0]),
            (day(17), 1, [0, 0, 0, 1]),
            (day(18), 1, [0; 4])
        ]
    );
    let pupil = algebra
        .iter()
        .flat_map(|it| &it.marks)
        .find(|it| it.1 == Value::Five)
        .unwrap()
        .0;
    let everybody: Vec<_> = algebra.iter().flat_map(|it| &it.marks).map(|it| it.0).collect();
    let mut class_of = everybody.clone();
    class_of.sort_unstable();
    class_of.dedup();
    let standings = progress::standings(&taught, pupil, &class_of);
    assert_eq!(standings.len(), 1);
    assert_eq!(standings[0].own.unwrap().weighted.hundredths(), 400);
    assert_eq!(standings[0].class.unwrap().median, 350);
}

async fn p7_an_old_button_of_a_surveys_chart_still_answers(school: &School) {
    use zhurnal::chat::Payload;
    use zhurnal::ids::SurveyId;
    use zhurnal::surveys::press::Act;
    let tutor = school.staff("Смирнова").await;
    school.parent("Волкова").await;
    tutor.says("/survey").await;
    tutor.press("Новый опрос").await;
    tutor.says("Когда?\nсегодня\nзавтра").await;
    tutor.press("Отправить · 1").await;
    school.quiet().await;
    let id = SurveyId(
        school
            .number("SELECT MAX(id) FROM surveys WHERE created_at <= $1", school.now())
            .await,
    );
    let message = tutor.last().message_id;
    tutor.press_data(message, Payload::of(&Act::Chart(id)).as_str()).await;
    tutor.sees("Итоги на").await;
    picture(&tutor);
    assert_snapshot!(tutor.screen(), @"
    Когда?
    Итоги на вт 24.11, 10:40: ответили 0 из 1 семьи
    сегодня — 0 (0 %) · завтра — 0 (0 %)
    [Тёмный фон]
    [‹ Итоги] [Меню]
    ");
}
