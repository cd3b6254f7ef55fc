//! P7: what families see of surveys: their own list, and the results with the chart.

use insta::assert_snapshot;

use super::press_all;
use super::surveys::polls;
use crate::support::phone::{Phone, draw};
use crate::support::school::School;
use crate::support::story;

story!(
    p7_results_come_to_the_families_with_the_chart,
    p7_a_family_finds_what_it_was_asked,
    p7_a_head_compares_classes_with_enough_answers,
);

async fn ask(school: &School, tutor: &Phone, text: &str) {
    tutor.says("/survey").await;
    tutor.press("Новый опрос").await;
    tutor.says(text).await;
    tutor.press_starting("Отправить").await;
    school.quiet().await;
}

async fn vote(school: &School, phone: &Phone, option: u8) {
    let poll = polls(phone).pop().expect("no poll in the chat");
    school.telegram.vote(phone.user, poll.message_id, &[option]);
    school.handled().await;
}

async fn closed_and_shown(school: &School, tutor: &Phone) {
    press_all(tutor, &["Закрыть опрос", "Закрыть опрос"]).await;
    school.quiet().await;
    tutor.press("Показать родителям").await;
    school.quiet().await;
}

async fn p7_results_come_to_the_families_with_the_chart(school: &School) {
    let mut parents = Vec::new();
    for surname in ["Волкова", "Белова", "Егорова"] {
        parents.push(school.parent(surname).await);
    }
    let tutor = school.staff("Смирнова").await;
    ask(school, &tutor, "Когда удобно собрание?\nв четверг\nв пятницу").await;
    vote(school, &parents[0], 0).await;
    vote(school, &parents[1], 1).await;
    // One of them reads English, and one blocks the bot before the results come.
    school.change("UPDATE chats SET locale = 'en' WHERE account IN (SELECT a.account FROM accounts a JOIN people p ON p.id = a.person_id WHERE p.surname = 'Белова')").await;
    school.telegram.block(parents[2].user);
    closed_and_shown(school, &tutor).await;
    let shown = parents[0].gets("Итоги опроса").await;
    assert_snapshot!(draw(&shown), @"
    Итоги опроса 7А — ответили 2 из 3 семей
    Когда удобно собрание?
    в четверг — 1 (50 %) · в пятницу — 1 (50 %)
    ");
    assert_eq!(shown.photo.expect("no picture").width, 1080);
    let english = parents[1].gets("Results of the survey").await;
    assert!(english.photo.is_some());
    // Nobody needs the pictures any more.
    school.expect_failures(1);
    assert_eq!(
        school
            .number("SELECT COUNT(*) FROM files WHERE created_at <= $1", school.now())
            .await,
        0
    );

    // What is too long to stand under a picture stands below it.
    let option = "Очень подробный ответ, который занимает почти всю строку опроса и ещё немного, номер";
    let options: Vec<String> = (1..=10).map(|n| format!("{option} {n}")).collect();
    ask(school, &tutor, &format!("Что взять с собой?\n{}", options.join("\n"))).await;
    vote(school, &parents[0], 3).await;
    closed_and_shown(school, &tutor).await;
    let chat = parents[0].telegram().chat(parents[0].user);
    let [picture, words] = chat.as_slice().last_chunk().expect("no letters");
    assert!(picture.photo.is_some() && picture.silent, "{}", parents[0].chat());
    assert_eq!(picture.text, "Что взять с собой?\nИтоги на вт\u{a0}24.11, 10:40.");
    assert!(
        words.photo.is_none() && words.text.starts_with("Итоги опроса 7А"),
        "{}",
        words.text
    );
    // Words alone have no bars.
    ask(school, &tutor, "Что изменить в классе?").await;
    closed_and_shown(school, &tutor).await;
    let chat = parents[0].telegram().chat(parents[0].user);
    let words = chat
        .iter()
        .rfind(|it| it.text.contains("Итоги опроса 7А"))
        .expect("no results");
    assert!(
        words.text.contains("Что изменить") && words.photo.is_none(),
        "{}",
        draw(words)
    );
}

async fn p7_a_family_finds_what_it_was_asked(school: &School) {
    let mother = school.parent("Волкова").await;
    school.parent("Белова").await;
    let tutor = school.staff("Смирнова").await;
    mother.says("/messages").await;
    assert_snapshot!(mother.screen(), @"
    Сообщения
    Разговоров ещё нет. «Новое» — кому написать.
    [Объявления] [Опросы]
    [Предложение школе]
    [Новое] [Меню]
    ");
    mother.press("Опросы").await;
    assert_snapshot!(mother.screen(), @"
    Опросы
    Пока ни одного. Новый придёт сюда сам.
    [Меню]
    ");
    ask(school, &tutor, "Когда удобно собрание?\nв четверг\nв пятницу").await;
    vote(school, &mother, 0).await;
    ask(
        school,
        &tutor,
        "Кто поедет на экскурсию «Город и река» в субботу?\nя\nне смогу",
    )
    .await;
    mother.says("/messages").await;
    mother.press("Опросы").await;
    assert_snapshot!(mother.screen(), @"
    Опросы · ждут ответа 1
    • Кто поедет на экскурсию «Город и река» в субботу? До чт 26.11
    [К опросу: Кто поедет на экскурсию…]
    [✓ Когда удобно собрание?]
    [Меню]
    ");
    let before = polls(&mother).len();
    mother.press_starting("К опросу").await;
    assert_eq!(mother.toast(), "Опрос ниже в чате");
    school.quiet().await;
    assert_eq!(polls(&mother).len(), before + 1);
    vote(school, &mother, 1).await;
    mother.press("‹ Опросы").await;
    assert!(
        mother.screen().contains("[✓ Когда удобно собрание?]"),
        "{}",
        mother.screen()
    );
    // One is over and shown, the other is over.
    for question in ["• Когда удобно собрание?", "• Кто поедет на экскурсию"]
    {
        tutor.says("/survey").await;
        tutor.press_starting(question).await;
        if question.contains("собрание") {
            closed_and_shown(school, &tutor).await;
        } else {
            press_all(&tutor, &["Закрыть опрос", "Закрыть опрос"]).await;
            school.quiet().await;
        }
    }
    mother.says("/messages").await;
    mother.press("Опросы").await;
    assert_snapshot!(mother.screen(), @"
    Опросы
    [вт 24.11 Кто поедет на экскурсию…]
    [вт 24.11 Когда удобно собрание?]
    [Меню]
    ");
    mother.press_ending("Когда удобно собрание?").await;
    assert_snapshot!(mother.screen(), @"
    Итоги опроса 7А — ответили 1 из 2 семей
    Когда удобно собрание?
    в четверг — 1 (100 %) · в пятницу — 0 (0 %)
    Опрос закрыт.
    [‹ Опросы] [Меню]
    ");
    mother.press("‹ Опросы").await;
    mother.press_starting("вт\u{a0}24.11 Кто поедет").await;
    assert!(mother.screen().contains("Опрос закрыт"), "{}", mother.screen());
    assert!(
        !mother.screen().contains("(100"),
        "results that weren't shown: {}",
        mother.screen()
    );
    // Whoever isn't a parent there any more finds nothing.
    school.change("DELETE FROM guardians").await;
    let list = zhurnal::chat::Payload::of(&zhurnal::surveys::press::View::Mine(0));
    mother.press_data(mother.last().message_id, list.as_str()).await;
    assert!(mother.screen().contains("Пока ни одного"), "{}", mother.screen());
}

async fn p7_a_head_compares_classes_with_enough_answers(school: &School) {
    let mut parents = Vec::new();
    for surname in [
        "Волкова",
        "Белова",
        "Егорова",
        "Лебедева",
        "Новикова",
        "Богданова",
        "Гаврилова",
        "Андреева",
        "Кузьмина",
        "Мартынова",
    ] {
        parents.push(school.parent(surname).await);
    }
    let head = school.staff("Артемьева").await;
    head.says("/survey").await;
    head.press("Новый опрос").await;
    head.says("Как вам новое расписание?\n1–5").await;
    head.press_starting("Отправить").await;
    school.quiet().await;
    // The last of 7Б keeps silent.
    for (idx, parent) in parents.iter().take(9).enumerate() {
        vote(school, parent, if idx < 5 { 4 } else { 2 }).await;
    }
    head.press("По классам").await;
    let chart = "Диаграмма по классам".to_owned();
    assert!(head.screen().contains("7Б: ответов пока мало"), "{}", head.screen());
    assert!(!head.labels().contains(&chart), "one class alone: {}", head.screen());
    vote(school, &parents[9], 0).await;
    press_all(&head, &["‹ Итоги", "По классам"]).await;
    let counted = ["7А: 0 · 0 · 0 · 0 · 5", "7Б: 1 · 0 · 4 · 0 · 0"];
    assert!(counted.iter().all(|it| head.screen().contains(it)), "{}", head.screen());
    head.press(&chart).await;
    school.quiet().await;
    let picture = head.gets("Итоги на").await.photo.expect("no picture");
    assert_eq!(picture.width, 1080);
}
