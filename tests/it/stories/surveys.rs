//! Surveys (P7): asked in one message, voted in polls, counted, reminded of, closed.

use zhurnal::demo::telegram::Shown;

use super::press_all;
use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;

story!(
    p7_a_tutor_asks_and_the_families_answer,
    p7_every_limit_is_met_before_anything_is_sent,
    p7_a_family_has_one_voice_and_outsiders_have_none,
    p7_an_anonymous_survey_is_one_poll_shown_to_all,
    p7_answers_in_words_and_several_questions,
    p7_two_tutors_and_a_survey_that_is_closed,
    p7_a_head_asks_a_stage_and_sees_no_class_with_few_answers,
    p7_a_parent_who_leaves_and_one_who_blocked_the_bot,
);

/// The polls in a phone's chat, oldest first.
pub fn polls(phone: &Phone) -> Vec<Shown> {
    let chat = phone.telegram().chat(phone.user);
    chat.into_iter().filter(|it| it.poll.is_some()).collect()
}

/// Votes in the newest poll of the chat.
async fn vote(school: &School, phone: &Phone, options: &[u8]) {
    let poll = polls(phone).pop().expect("no poll in the chat");
    vote_in(school, phone, &poll, options).await;
}

async fn vote_in(school: &School, phone: &Phone, poll: &Shown, options: &[u8]) {
    school.telegram.vote(phone.user, poll.message_id, options);
    school.handled().await;
}

/// V1 to V2.
async fn begin(tutor: &Phone, text: &str) {
    tutor.says("/survey").await;
    tutor.press("Новый опрос").await;
    tutor.says(text).await;
}

async fn send(school: &School, tutor: &Phone) {
    tutor.press_starting("Отправить").await;
    school.quiet().await;
}

const MEETING: &str = "Когда удобно собрание?\nчт 26.11, 18:30\nпт 27.11, 18:30\nне смогу";

async fn p7_a_tutor_asks_and_the_families_answer(school: &School) {
    let (mother, father) = (school.parent("Волкова").await, school.parent("Белова").await);
    let tutor = school.staff("Смирнова").await;
    tutor.says("/start").await;
    press_all(&tutor, &["Мой класс · 7А", "Опрос", "Новый опрос"]).await;
    assert!(tutor.screen().contains("до 10"), "{}", tutor.screen());
    press_all(&tutor, &["Образец", "‹ Назад"]).await;
    tutor.says(MEETING).await;
    insta::assert_snapshot!(tutor.screen(), @r"
    Когда удобно собрание? — чт 26.11, 18:30 · пт 27.11, 18:30 · не смогу
    Не дойдёт до семей: Абрамов, Васильев, Григорьев, Егорова, Зайцев, Иванов, Иванов, Ким, Козлова, Кузнецов, Лебедева, Ли и ещё 11 — позвоните.
    [Кому: родители 7А · 2]
    [Ответ: один]
    [До чт 26.11] [Голос: семья]
    [Отправить · 2]
    [Ещё вопрос] [Не отправлять]
    ");
    send(school, &tutor).await;
    insta::assert_snapshot!(mother.chat().rsplit("---").take(2).collect::<Vec<_>>().join("---"), @r"
    Когда удобно собрание?
    [Об опросе]---
    Опрос 7А до чт 26.11, 20:00. Один ответ от семьи. Имена увидит тьютор: Смирнова Е. В.
    ");
    vote(school, &mother, &[0]).await;
    vote(school, &father, &[2]).await;
    vote(school, &father, &[1]).await;
    tutor.press("Обновить").await;
    insta::assert_snapshot!(tutor.screen(), @r"
    Когда удобно собрание? — ответили 2 из 2 семей
    чт 26.11, 18:30 — 1 (50 %) · пт 27.11, 18:30 — 1 (50 %) · не смогу — 0 (0 %)
    Открыт до чт 26.11, 20:00.
    [Обновить]
    [Кто что выбрал] [XLSX]
    [Диаграмма]
    [Закрыть опрос]
    [‹ Опросы] [Меню]
    ");
    // Taken back, it is no vote.
    vote(school, &father, &[]).await;
    tutor.press("Обновить").await;
    assert!(tutor.screen().contains("ответили 1 из 2 семей"), "{}", tutor.screen());
    tutor.press("Кто что выбрал").await;
    assert!(
        tutor.screen().contains("Волкова О. П.: чт 26.11, 18:30"),
        "{}",
        tutor.screen()
    );
    assert!(tutor.screen().contains(": ответа нет"), "{}", tutor.screen());
    // The reminder goes to who hasn't answered, once.
    press_all(&tutor, &["‹ Итоги", "Напомнить · 1"]).await;
    school.quiet().await;
    assert_eq!(mother.count("вашего ответа ещё нет"), 0);
    assert_eq!(father.count("вашего ответа ещё нет"), 1);
    assert!(
        !tutor.labels().iter().any(|it| it.starts_with("Напомнить")),
        "{}",
        tutor.screen()
    );
    father.press("К опросу").await;
    school.quiet().await;
    let shown = polls(&father);
    assert_eq!(shown.len(), 2);
    assert!(shown[1].forwarded && shown[1].protected, "{shown:?}");
    vote(school, &father, &[1]).await;
    // The table.
    tutor.press("XLSX").await;
    school.quiet().await;
    let sheet = tutor.gets("Итоги на").await.document.expect("no file");
    assert_eq!(sheet.name, "Опрос.xlsx");
    // The picture, seen in the chat.
    tutor.press("Диаграмма").await;
    tutor.sees("чт 26.11, 18:30 — 1 (50 %)").await;
    let picture = tutor.last().photo.expect("no picture");
    assert_eq!(picture.width, 1080);
    tutor.press("‹ Итоги").await;
    // Closed by itself at its time.
    school.minutes_pass(4 * 24 * 60);
    school.quiet().await;
    for phone in [&mother, &father] {
        assert!(polls(phone).iter().all(|it| it.poll.as_ref().unwrap().closed));
    }
    insta::assert_snapshot!(draw_last_letter(&tutor, "Опрос закрыт"), @r"
    Опрос закрыт: Когда удобно собрание? — ответили 2 из 2 семей
    чт 26.11, 18:30 — 1 (50 %) · пт 27.11, 18:30 — 1 (50 %) · не смогу — 0 (0 %)
    [Итоги]
    ");
    tutor.press("Итоги").await;
    tutor.press("Показать родителям").await;
    school.quiet().await;
    insta::assert_snapshot!(draw_last_letter(&mother, "Итоги опроса"), @r"
    Итоги опроса 7А — ответили 2 из 2 семей
    Когда удобно собрание?
    чт 26.11, 18:30 — 1 (50 %) · пт 27.11, 18:30 — 1 (50 %) · не смогу — 0 (0 %)
    ");
    assert!(!tutor.labels().contains(&"Показать родителям".to_owned()));
}

fn draw_last_letter(phone: &Phone, text: &str) -> String {
    let chat = phone.telegram().chat(phone.user);
    let found = chat.iter().rfind(|it| it.text.contains(text));
    crate::support::phone::draw(found.expect("no such letter"))
}

async fn p7_every_limit_is_met_before_anything_is_sent(school: &School) {
    school.parent("Волкова").await;
    let tutor = school.staff("Смирнова").await;
    tutor.says("/survey").await;
    tutor.press("Новый опрос").await;
    let options = |n: usize| (0..n).map(|it| format!("вариант {it}")).collect::<Vec<_>>().join("\n");
    for (typed, said) in [
        ("Придёте?\nда".to_owned(), "Вариант один"),
        (format!("Когда?\n{}", options(13)), "Вариантов — до 10, у вас 13"),
        ("Придёте?\nда\nнет\nДа".to_owned(), "Вариант «Да» стоит дважды"),
        (format!("Придёте?\n{}\nнет", "я".repeat(200)), "Вариант — до 100 знаков"),
        (
            format!("{}\nда\nнет", "я".repeat(301)),
            "Вопрос — до 300 знаков, у вас 301",
        ),
    ] {
        tutor.says(&typed).await;
        assert!(tutor.screen().contains(said), "{}", tutor.screen());
        assert!(tutor.screen().contains("Ничего не отправлено"), "{}", tutor.screen());
    }
    // What was awaited still is.
    tutor.says(MEETING).await;
    assert!(tutor.screen().contains("Отправить · 1"), "{}", tutor.screen());
    // Fewer than five aren't asked without names, not even by a forger.
    assert!(
        !tutor.labels().iter().any(|it| it.starts_with("Имена")),
        "{}",
        tutor.screen()
    );
    let survey = zhurnal::ids::SurveyId(
        school
            .number("SELECT MAX(id) FROM surveys WHERE created_at <= $1", school.now())
            .await,
    );
    let forged = zhurnal::chat::Payload::of(&zhurnal::surveys::press::Act::Named(survey, false));
    tutor.press_data(tutor.last().message_id, forged.as_str()).await;
    assert!(tutor.toast().contains("от 5 человек"), "{}", tutor.toast());
    tutor.press("Не отправлять").await;
    assert!(tutor.screen().contains("Опросов ещё не было"), "{}", tutor.screen());
    // Looked away from, it awaits nothing.
    tutor.press("Новый опрос").await;
    tutor.press("‹ Опросы").await;
    tutor.says("Придёте?").await;
    assert!(tutor.screen().contains("пока никуда не записано"), "{}", tutor.screen());
}

/// Parents of one child: the sample school's twins have them too.
async fn couple(school: &School) -> (Phone, Phone) {
    school
        .change(
            "INSERT INTO guardians (pupil_id, parent_id)
             SELECT g.pupil_id, (SELECT id FROM people WHERE surname = 'Белова' AND id IN (SELECT parent_id FROM guardians) LIMIT 1)
             FROM guardians g JOIN people p ON p.id = g.parent_id WHERE p.surname = 'Волкова'",
        )
        .await;
    (school.parent("Волкова").await, school.parent("Белова").await)
}

async fn p7_a_family_has_one_voice_and_outsiders_have_none(school: &School) {
    let (mother, father) = couple(school).await;
    let outsider = school.parent("Андреева").await;
    let tutor = school.staff("Смирнова").await;
    begin(&tutor, MEETING).await;
    send(school, &tutor).await;
    vote(school, &mother, &[0]).await;
    vote(school, &father, &[1]).await;
    tutor.press("Обновить").await;
    assert!(tutor.screen().contains("ответили 1 из 1 семьи"), "{}", tutor.screen());
    assert!(
        tutor.screen().contains("пт 27.11, 18:30 — 1 (100 %)"),
        "{}",
        tutor.screen()
    );
    // The last word of the family is taken back: the other's stands.
    vote(school, &father, &[]).await;
    tutor.press("Обновить").await;
    assert!(
        tutor.screen().contains("чт 26.11, 18:30 — 1 (100 %)"),
        "{}",
        tutor.screen()
    );
    // Somebody to whom the poll was passed on.
    let poll = polls(&mother).pop().unwrap();
    vote_in(school, &outsider, &poll, &[2]).await;
    tutor.press("Обновить").await;
    assert!(tutor.screen().contains("не смогу — 0 (0 %)"), "{}", tutor.screen());
    assert!(tutor.screen().contains("ответили 1 из 1 семьи"), "{}", tutor.screen());
    // Each parent with a voice of their own.
    begin(&tutor, "Нужна экскурсия?\nда\nнет").await;
    tutor.press("Голос: семья").await;
    send(school, &tutor).await;
    vote(school, &mother, &[0]).await;
    vote(school, &father, &[1]).await;
    tutor.press("Обновить").await;
    assert!(tutor.screen().contains("ответили 2 из 2 человек"), "{}", tutor.screen());
}

async fn p7_an_anonymous_survey_is_one_poll_shown_to_all(school: &School) {
    let mut parents = Vec::new();
    for surname in ["Волкова", "Белова", "Егорова", "Лебедева", "Новикова"] {
        parents.push(school.parent(surname).await);
    }
    let tutor = school.staff("Смирнова").await;
    begin(&tutor, "Как вам классный час?\n1–5").await;
    tutor.press("Имена: видны").await;
    insta::assert_snapshot!(tutor.screen(), @r"
    Как вам классный час? — 1 · 2 · 3 · 4 · 5
    Не дойдёт до семей: Абрамов, Васильев, Григорьев, Зайцев, Иванов, Иванов, Ким, Козлова, Кузнецов, Ли, Морозов, Орлов и ещё 8 — позвоните.
    Анонимно: опрос встанет в вашем чате и будет показан семьям оттуда. Кто что выбрал, не узнает и журнал, поэтому голосуйте в нём, только если спрашивают и вас. Голос — у каждого, напоминание — всем.
    [Кому: родители 7А · 5]
    [Анонимно]
    [До чт 26.11]
    [Отправить · 5]
    [Ещё вопрос] [Не отправлять]
    ");
    send(school, &tutor).await;
    let first = polls(&tutor).pop().unwrap().poll.unwrap();
    assert!(first.anonymous);
    for parent in &parents {
        let shown = polls(parent).pop().unwrap();
        assert!(shown.forwarded && shown.protected);
        assert_eq!(shown.poll.as_ref().unwrap().id, first.id, "one poll for all");
        assert_eq!(parent.count("кто что выбрал, не знает и журнал"), 1);
    }
    for (parent, value) in parents.iter().zip([4, 4, 3, 2, 0]) {
        vote(school, parent, &[value]).await;
    }
    vote(school, &parents[4], &[]).await;
    tutor.says("/survey").await;
    tutor.press("• Как вам классный час?").await;
    insta::assert_snapshot!(tutor.screen(), @r"
    Как вам классный час? — ответили 4 из 5 человек
    1 — 0 (0 %) · 2 — 0 (0 %) · 3 — 1 (25 %) · 4 — 1 (25 %) · 5 — 2 (50 %)
    Среднее: 4,25
    Открыт до чт 26.11, 20:00.
    Анонимный: кто что выбрал, не знает и журнал. Голос в самом опросе у вас в чате тоже считается.
    [Напомнить всем] [Обновить]
    [XLSX] [Диаграмма]
    [Закрыть опрос]
    [‹ Опросы] [Меню]
    ");
    tutor.press("Напомнить всем").await;
    school.quiet().await;
    for parent in &parents {
        assert_eq!(parent.count("напоминание приходит всем"), 1);
    }
    parents[0].press("К опросу").await;
    school.quiet().await;
    assert_eq!(polls(&parents[0]).len(), 2);
    press_all(&tutor, &["Закрыть опрос", "Закрыть опрос"]).await;
    school.quiet().await;
    assert!(polls(&parents[4]).pop().unwrap().poll.unwrap().closed);
    // The button below the poll in the tutor's chat leads to the results.
    let standing = polls(&tutor).pop().unwrap();
    assert_eq!(
        standing.labels(),
        Vec::<&str>::new(),
        "a poll that is stopped keeps no button"
    );
}

async fn p7_answers_in_words_and_several_questions(school: &School) {
    let parent = school.parent("Волкова").await;
    let tutor = school.staff("Смирнова").await;
    begin(&tutor, "Что взять на экскурсию?\nобед\nдождевик\nфотоаппарат").await;
    press_all(&tutor, &["Ответ: один", "Ещё вопрос"]).await;
    tutor.says("Что ещё важно?").await;
    assert!(tutor.screen().contains("ответят своими словами"), "{}", tutor.screen());
    send(school, &tutor).await;
    assert_eq!(parent.count("2 вопроса"), 1);
    vote(school, &parent, &[0, 2]).await;
    parent.press("Ответить").await;
    assert!(
        parent.screen().contains("Ответ увидит: Смирнова Е. В."),
        "{}",
        parent.screen()
    );
    parent.says(&"я".repeat(1001)).await;
    assert!(
        parent.screen().contains("до 1000 знаков, у вас 1001"),
        "{}",
        parent.screen()
    );
    parent.says("<Дождь> & ветер").await;
    insta::assert_snapshot!(parent.screen(), @r"
    ✓ Ваш ответ: <Дождь> & ветер
    Что ещё важно?
    [Изменить ответ]
    [Меню]
    ");
    tutor.press("Обновить").await;
    insta::assert_snapshot!(tutor.screen(), @r"
    Что взять на экскурсию? — ответили 1 из 1 семьи
    Что взять на экскурсию?
    обед — 1 (100 %) · дождевик — 0 (0 %) · фотоаппарат — 1 (100 %)
    Что ещё важно?
    1 ответ словами
    Открыт до чт 26.11, 20:00.
    [Обновить]
    [Кто что выбрал] [XLSX]
    [Диаграмма]
    [Закрыть опрос]
    [Ответы словами · 1]
    [‹ Опросы] [Меню]
    ");
    tutor.press("Ответы словами · 1").await;
    assert!(
        tutor.screen().contains("Волкова О. П.: <Дождь> & ветер"),
        "{}",
        tutor.screen()
    );
    // Changed while the survey is open, refused when it isn't.
    parent.press("Изменить ответ").await;
    press_all(&tutor, &["‹ Итоги", "Закрыть опрос", "Закрыть опрос"]).await;
    school.quiet().await;
    parent.says("Поздно").await;
    assert!(
        parent.screen().contains("Опрос уже закрыт, ответ не записан"),
        "{}",
        parent.screen()
    );
}

async fn p7_two_tutors_and_a_survey_that_is_closed(school: &School) {
    school
        .change(
            "INSERT INTO class_tutors (class_id, person_id)
             SELECT t.class_id, (SELECT o.id FROM people o WHERE o.surname = 'Орлова' AND EXISTS (SELECT 1 FROM loads l WHERE l.teacher_id = o.id)) FROM class_tutors t JOIN people p ON p.id = t.person_id
             WHERE p.code = 'с1'",
        )
        .await;
    school.parent("Волкова").await;
    let (first, second) = (school.staff("Смирнова").await, school.staff("Орлова").await);
    for tutor in [&first, &second] {
        tutor.says("/survey").await;
        if tutor.labels().iter().any(|it| it == "Опросы · 7А") {
            tutor.press("Опросы · 7А").await;
        }
        tutor.press("Новый опрос").await;
        tutor.says(MEETING).await;
    }
    let (message, data) = first.data("Отправить · 1");
    send(school, &first).await;
    // Pressed twice, it is sent once.
    first.press_data(message, &data).await;
    assert_eq!(first.toast(), "Уже отправлено");
    second.press("Отправить · 1").await;
    assert!(second.screen().contains("Такой опрос уже идёт"), "{}", second.screen());
    second.press("Посмотреть идущий").await;
    assert!(second.screen().contains("ответили 0 из 1 семьи"), "{}", second.screen());
    // Names are the author's alone, as the families were told.
    assert!(
        !second.labels().contains(&"Кто что выбрал".to_owned()),
        "{}",
        second.screen()
    );
    press_all(&second, &["Закрыть опрос", "Закрыть опрос"]).await;
    school.quiet().await;
    first.gets("Опрос закрыт").await;
    first.says("/survey").await;
    assert!(
        first.labels().iter().any(|it| it.ends_with("Когда удобно собрание?")),
        "{}",
        first.screen()
    );
}

async fn p7_a_head_asks_a_stage_and_sees_no_class_with_few_answers(school: &School) {
    let parent = school.parent("Волкова").await;
    let head = school.staff("Артемьева").await;
    head.says("/survey").await;
    if head.labels().iter().any(|it| it.starts_with("Опросы · 5")) {
        head.press_starting("Опросы · 5").await;
    }
    head.press("Новый опрос").await;
    head.says("Удобно ли новое расписание?\nда\nнет").await;
    send(school, &head).await;
    vote(school, &parent, &[1]).await;
    head.press("Обновить").await;
    assert!(head.screen().contains("нет — 1 (100 %)"), "{}", head.screen());
    head.press("По классам").await;
    assert!(head.screen().contains("7А: ответов пока мало"), "{}", head.screen());
    // The tutor of the class isn't told what the head asks.
    let tutor = school.staff("Смирнова").await;
    tutor.says("/survey").await;
    assert!(tutor.screen().contains("Опросов ещё не было"), "{}", tutor.screen());
}

async fn p7_a_parent_who_leaves_and_one_who_blocked_the_bot(school: &School) {
    let (leaves, blocked) = (school.parent("Волкова").await, school.parent("Белова").await);
    let tutor = school.staff("Смирнова").await;
    begin(&tutor, MEETING).await;
    school.telegram.block(blocked.user);
    school.handled().await;
    tutor.press("Отправить · 2").await;
    school.quiet().await;
    assert_eq!(polls(&blocked).len(), 0);
    vote(school, &leaves, &[0]).await;
    school
        .change("DELETE FROM guardians WHERE parent_id IN (SELECT id FROM people WHERE surname = 'Волкова')")
        .await;
    // What was answered in time stands; what comes after doesn't count, nor does the survey tell any more.
    vote(school, &leaves, &[2]).await;
    tutor.press("Обновить").await;
    assert!(tutor.screen().contains("чт 26.11, 18:30 — 1"), "{}", tutor.screen());
    assert!(tutor.screen().contains("не смогу — 0"), "{}", tutor.screen());
    let poll = polls(&leaves).pop().unwrap();
    let about = poll.key("Об опросе").unwrap().data.clone().unwrap();
    leaves.press_data(poll.message_id, &about).await;
    assert!(leaves.toast().starts_with("Этот опрос не ваш"), "{}", leaves.toast());
}
