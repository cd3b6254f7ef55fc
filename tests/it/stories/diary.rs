//! What a family finds by itself (T5): days and weeks, homework, timetable, marks with their lessons and what stood before.

use insta::assert_snapshot;

use super::{algebra, open, press_all};
use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;

story!(
    m0_a_parents_menu_is_about_the_chosen_child,
    m0_a_teacher_who_is_a_parent_has_a_door_to_the_children,
    p5_a_day_opens_its_lessons,
    p5_any_day_is_chosen_from_a_month,
    p5_a_day_outside_the_school_year_is_said_to_be,
    p6_a_week_says_what_was_earned_and_missed,
    t5_tomorrows_homework_is_two_taps_away,
    t5_the_weeks_timetable_is_two_taps_away,
    t5_a_pupil_reads_the_own_pages,
    t5_commands_lead_to_the_pages,
    t5_a_tutor_and_those_who_oversee_read_a_diary,
    t5_nothing_of_another_opens,
);

async fn m0_a_parents_menu_is_about_the_chosen_child(school: &School) {
    algebra(school).await;
    let parent = school.parent("Волкова").await;
    parent.press("Меню").await;
    assert_snapshot!(parent.screen(), @"
    Пётр, 3Б · вт 24.11 · завтра 4 урока с 8:30
    [✓ Пётр, 3Б] [Анна, 7А]
    [Дневник] [Отметки]
    [ДЗ] [Расписание]
    [Графики]
    [Сообщить о пропуске]
    [Объявления]
    [Сообщения]
    [Настройки] [Помощь]
    ");
    parent.press("Анна, 7А").await;
    assert_snapshot!(parent.screen(), @"
    Анна, 7А · вт 24.11 · алгебра 5, 4к · завтра 6 уроков с 8:30
    [Пётр, 3Б] [✓ Анна, 7А]
    [Дневник] [Отметки]
    [ДЗ] [Расписание]
    [Графики]
    [Сообщить о пропуске]
    [Объявления]
    [Сообщения]
    [Настройки] [Помощь]
    ");
    // The child stays chosen from page to page and back.
    press_all(
        &parent,
        &["Отметки", "Меню", "ДЗ", "Меню", "Расписание", "Неделя", "Меню"],
    )
    .await;
    assert!(parent.screen().starts_with("Анна, 7А"), "{}", parent.screen());
    press_all(&parent, &["Дневник", "Пётр, 3Б", "Неделя", "Меню"]).await;
    assert!(parent.screen().starts_with("Пётр, 3Б"), "{}", parent.screen());
}

async fn m0_a_teacher_who_is_a_parent_has_a_door_to_the_children(school: &School) {
    let teacher = school.staff("Смирнова").await;
    press_all(&teacher, &["Меню", "Мои дети"]).await;
    assert_snapshot!(teacher.screen(), @"
    Матвей, 3Б · вт 24.11 · завтра 4 урока с 8:30
    [Дневник] [Отметки]
    [ДЗ] [Расписание]
    [Графики]
    [Сообщить о пропуске]
    [Объявления]
    [Меню]
    ");
    press_all(&teacher, &["Дневник", "Меню"]).await;
    assert!(
        teacher.labels().contains(&"Мои уроки сегодня".to_owned()),
        "{}",
        teacher.screen()
    );
}

async fn p5_a_day_opens_its_lessons(school: &School) {
    algebra(school).await;
    let parent = school.parent("Волкова").await;
    press_all(&parent, &["Меню", "Анна, 7А", "Дневник"]).await;
    assert_snapshot!(parent.screen(), @"
    Анна, 7А · вт 24.11
    1. 8:30 Литература — ещё не внесено
    2. 9:25 Геометрия — ещё не внесено
    3. 10:40 Алгебра — 5, 4 (контрольная). ДЗ к ср 25.11: § 13, № 8, 10
    4. 11:40 Английский язык, гр. 1
    5. 12:35 История
    6. 13:30 Биология
    [Пётр, 3Б] [✓ Анна, 7А]
    [1] [2] [3] [4] [5] [6]
    [‹ пн 23] [Неделя] [ср 25 ›]
    [Дата] [Меню]
    ");
    parent.press("3").await;
    assert_snapshot!(parent.screen(), @"
    Алгебра · Анна, 7А · вт 24.11, 3-й урок
    5 (ответ), 4 (контрольная, вес 2)
    Тема: Контрольная работа. Линейное уравнение
    ДЗ к ср 25.11: § 13, № 8, 10
    10:40–11:25, каб. 14 · Смирнова Е. В.
    [‹ День] [Меню]
    ");
    parent.press("‹ День").await;
    assert!(
        parent.screen().starts_with("Анна, 7А · вт 24.11"),
        "{}",
        parent.screen()
    );
    // What is to be done for Wednesday's first lesson stands there too.
    press_all(&parent, &["ср\u{a0}25 ›", "1"]).await;
    assert_snapshot!(parent.screen(), @"
    Алгебра · Анна, 7А · ср 25.11, 1-й урок
    К этому уроку: § 13, № 8, 10
    8:30–9:15, каб. 14 · Смирнова Е. В.
    [‹ День] [Меню]
    ");
    // A lesson that somebody gives for another names both.
    let other = school.parent("Ефимова").await;
    press_all(&other, &["Меню", "Дневник", "6"]).await;
    assert_snapshot!(other.screen(), @"
    География · Мария, 7Б · вт 24.11, 6-й урок
    13:30–14:15, каб. 25 · Замена: Смирнова Е. В., вместо: Фролов А. И.
    [‹ День] [Меню]
    ");
}

async fn p5_any_day_is_chosen_from_a_month(school: &School) {
    let parent = school.parent("Белова").await;
    press_all(&parent, &["Меню", "Дневник", "Дата"]).await;
    assert_snapshot!(parent.screen(), @"
    Ксения, 7А · ноябрь 2026
    Выберите день. Точка — уроков нет.
    [·] [·] [·] [·] [·] [·] [·]
    [·] [3] [·] [5] [6] [·] [·]
    [9] [10] [11] [12] [13] [·] [·]
    [16] [17] [18] [19] [20] [·] [·]
    [23] [24] [25] [26] [27] [·] [·]
    [30] [·] [·] [·] [·] [·] [·]
    [‹ октябрь] [декабрь ›]
    [Сегодня] [Меню]
    ");
    press_all(&parent, &["‹ октябрь", "‹ сентябрь", "1"]).await;
    assert!(
        parent.screen().starts_with("Ксения, 7А · вт 01.09"),
        "{}",
        parent.screen()
    );
    assert!(
        !parent.labels().iter().any(|label| label.starts_with('‹')),
        "the year begins here\n{}",
        parent.screen()
    );
    press_all(&parent, &["Дата", "октябрь ›", "ноябрь ›", "декабрь ›", "январь ›"]).await;
    assert!(
        !parent.labels().contains(&"5".to_owned()),
        "holidays\n{}",
        parent.screen()
    );
    press_all(&parent, &["Сегодня"]).await;
    assert!(
        parent.screen().starts_with("Ксения, 7А · вт 24.11"),
        "{}",
        parent.screen()
    );
}

async fn p5_a_day_outside_the_school_year_is_said_to_be(school: &School) {
    let parent = school.parent("Белова").await;
    press_all(&parent, &["Меню", "Дневник"]).await;
    let message = parent.last().message_id;
    for (date, nearest) in [((2019, 5, 6), "01.09"), ((2199, 5, 6), "26.05")] {
        let day = chrono::NaiveDate::from_ymd_opt(date.0, date.1, date.2).unwrap();
        parent
            .press_data(message, &diary_of(school, "Белова Ксения", Some(day)).await)
            .await;
        assert!(parent.screen().contains(nearest), "{}", parent.screen());
        assert!(
            parent
                .screen()
                .contains("Тот день — вне учебного года, показан ближайший."),
            "{}",
            parent.screen()
        );
    }
    school.minutes_pass(40 * 24 * 60);
    for page in ["/diary", "/homework", "/timetable", "/marks"] {
        parent.says(page).await;
    }
    parent.says("/diary").await;
    assert_snapshot!(parent.screen(), @"
    Ксения, 7А · вс 03.01
    Уроков нет: каникулы до вс 10.01.
    [‹ сб 2] [Неделя] [пн 4 ›]
    [Дата] [Меню]
    ");
    parent.press("Неделя").await;
    assert_snapshot!(parent.screen(), @"
    Ксения, 7А · 28.12–01.01
    Отметок 0, пропусков 0.
    [пн] [вт] [ср]
    [‹ 21–25.12] [4–8.01 ›]
    [Сегодня] [Меню]
    ");
}

async fn p6_a_week_says_what_was_earned_and_missed(school: &School) {
    let teacher = algebra(school).await;
    open(&teacher, "7А геометрия").await;
    press_all(
        &teacher,
        &["Посещаемость и отметки", "Волкова А.", "Готово", "Закончить так"],
    )
    .await;
    school.quiet().await;
    let parent = school.parent("Волкова").await;
    press_all(&parent, &["Меню", "Анна, 7А", "Дневник", "Неделя"]).await;
    assert_snapshot!(parent.screen(), @"
    Анна, 7А · 23–27.11
    Отметок 2, пропусков 1.
    вт: геометрия н, алгебра 5, 4к
    [Пётр, 3Б] [✓ Анна, 7А]
    [пн] [вт] [ср] [чт] [пт]
    [‹ 16–20.11] [30.11–04.12 ›]
    [Сегодня] [Меню]
    ");
    parent.press("‹ 16–20.11").await;
    assert_snapshot!(parent.screen(), @"
    Анна, 7А · 16–20.11
    Отметок 0, пропусков 0.
    [Пётр, 3Б] [✓ Анна, 7А]
    [пн] [вт] [ср] [чт] [пт]
    [‹ 9–13.11] [23–27.11 ›]
    [Сегодня] [Меню]
    ");
    parent.press("пн").await;
    assert!(
        parent.last().html.contains("<s>6. 13:30 Музыка</s> — отменён"),
        "{}",
        parent.last().html
    );
}

async fn t5_tomorrows_homework_is_two_taps_away(school: &School) {
    algebra(school).await;
    let parent = school.parent("Белова").await;
    press_all(&parent, &["Меню", "ДЗ"]).await;
    assert_snapshot!(parent.screen(), @"
    ДЗ · Ксения, 7А · на ср 25.11
    6 уроков с 8:30
    1. Алгебра — § 13, № 8, 10
    2. История — ещё не внесено
    3. Русский язык — ещё не внесено
    4. География — ещё не внесено
    5. Физическая культура — ещё не внесено
    6. Информатика — ещё не внесено
    [1] [2] [3] [4] [5] [6]
    [‹ вт 24] [Неделя] [чт 26 ›]
    [Меню]
    ");
    parent.press("1").await;
    assert!(
        parent.screen().contains("К этому уроку: § 13, № 8, 10"),
        "{}",
        parent.screen()
    );
    press_all(&parent, &["‹ ДЗ", "Неделя"]).await;
    assert_snapshot!(parent.screen(), @"
    ДЗ · Ксения, 7А · 23–27.11
    ср 25.11
    Алгебра — § 13, № 8, 10
    [пн] [вт] [ср] [чт] [пт]
    [‹ 16–20.11] [30.11–04.12 ›]
    [Меню]
    ");
}

async fn t5_the_weeks_timetable_is_two_taps_away(school: &School) {
    let parent = school.parent("Белова").await;
    press_all(&parent, &["Меню", "Расписание"]).await;
    assert_snapshot!(parent.screen(), @"
    Расписание · Ксения, 7А · ср 25.11
    1. 8:30 Алгебра, каб. 14 · Смирнова Е. В.
    2. 9:25 История, каб. 27 · Титов В. А.
    3. 10:40 Русский язык, каб. 11 · Фомина Т. А.
    4. 11:40 География, каб. 25 · Фролов А. И.
    5. 12:35 Физическая культура, спортзал · Гусев Р. П.
    6. 13:30 Информатика, каб. 19 · Осипов Д. О.
    [‹ вт 24] [Неделя] [чт 26 ›]
    [Звонки] [Меню]
    ");
    parent.press("Неделя").await;
    assert_snapshot!(parent.screen(), @"
    Расписание · Ксения, 7А · 23–27.11
    пн 23.11
    1. Литература, каб. 11
    2. Обществознание, каб. 27
    3. Геометрия, каб. 14
    4. Русский язык, каб. 11
    5. Физика, каб. 21
    6. Музыка, каб. 8
    вт 24.11
    1. Литература, каб. 11
    2. Геометрия, каб. 14
    3. Алгебра, каб. 14
    4. Английский язык, каб. 31
    5. История, каб. 27
    6. Биология, каб. 23
    ср 25.11
    1. Алгебра, каб. 14
    2. История, каб. 27
    3. Русский язык, каб. 11
    4. География, каб. 25
    5. Физическая культура, спортзал
    6. Информатика, каб. 19
    чт 26.11
    1. Русский язык, каб. 11
    2. Физическая культура, спортзал
    3. Алгебра, каб. 14
    4. Биология, каб. 23
    5. Английский язык, каб. 31
    пт 27.11
    1. Русский язык, каб. 11
    2. Английский язык, каб. 31
    3. Алгебра, каб. 14
    4. Физика, каб. 21
    5. География, каб. 25
    6. Физическая культура, спортзал
    [пн] [вт] [ср] [чт] [пт]
    [‹ 16–20.11] [30.11–04.12 ›]
    [Звонки] [Меню]
    ");
    parent.press("Звонки").await;
    assert_snapshot!(parent.screen(), @"
    Звонки · Ксения, 7А
    1. 8:30–9:15
    2. 9:25–10:10
    3. 10:40–11:25
    4. 11:40–12:25
    5. 12:35–13:20
    6. 13:30–14:15
    [‹ Расписание] [Меню]
    ");
}

async fn t5_a_pupil_reads_the_own_pages(school: &School) {
    algebra(school).await;
    let pupil = school.pupil("Волкова Анна").await;
    pupil.press("Меню").await;
    assert_snapshot!(pupil.screen(), @"
    Мой дневник · вт 24.11 · алгебра 5, 4к · завтра 6 уроков с 8:30
    [Дневник] [Отметки]
    [ДЗ] [Расписание]
    [Графики]
    [Объявления]
    [Сообщения]
    [Настройки] [Помощь]
    ");
    for (button, title) in [
        ("Дневник", "Мой дневник · вт 24.11"),
        ("Отметки", "Мои отметки · II четверть"),
        ("ДЗ", "Моё ДЗ · на ср 25.11"),
        ("Расписание", "Моё расписание · ср 25.11"),
    ] {
        pupil.press(button).await;
        assert!(pupil.screen().starts_with(title), "{}", pupil.screen());
        pupil.press("Меню").await;
    }
    press_all(&pupil, &["Отметки", "Алгебра", "24.11 · 4к"]).await;
    assert!(
        pupil.screen().starts_with("Алгебра · вт 24.11, 3-й урок"),
        "{}",
        pupil.screen()
    );
    // In English the words are English, the journal's entries aren't.
    press_all(&pupil, &["Меню", "Настройки", "English", "Menu", "Marks"]).await;
    assert_snapshot!(pupil.screen(), @"
    My marks · II четверть
    Алгебра: 5 4к · too few marks yet
    No marks yet: Английский язык, Биология, География, Геометрия, Информатика, История, Литература, Музыка, Обществознание, Русский язык, Физика, Физическая культура.
    [Алгебра] [Английский язык]
    [Биология] [География]
    [Геометрия] [Информатика]
    [История] [Литература]
    [Музыка] [Обществознание]
    [Русский язык] [Физика]
    [Физическая культура]
    [‹ I четверть] [Year]
    [Charts] [Menu]
    ");
    press_all(&pupil, &["Menu", "Diary"]).await;
    assert_snapshot!(pupil.screen(), @"
    My diary · Tue 24.11
    1. 8:30 Литература — not entered yet
    2. 9:25 Геометрия — not entered yet
    3. 10:40 Алгебра — 5, 4 (контрольная). Homework for Wed 25.11: § 13, № 8, 10
    4. 11:40 Английский язык, гр. 1
    5. 12:35 История
    6. 13:30 Биология
    [1] [2] [3] [4] [5] [6]
    [‹ Mon 23] [Week] [Wed 25 ›]
    [Date] [Menu]
    ");
}

async fn t5_commands_lead_to_the_pages(school: &School) {
    let parent = school.parent("Волкова").await;
    for (command, title) in [
        ("/diary", "Анна, 7А · вт 24.11"),
        ("/marks", "Отметки · Анна, 7А · II четверть"),
        ("/homework", "ДЗ · Анна, 7А · на ср 25.11"),
        ("/timetable", "Расписание · Анна, 7А · ср 25.11"),
    ] {
        // Two children: the command asks whose.
        parent.says(command).await;
        assert_eq!(parent.labels(), ["Пётр, 3Б", "Анна, 7А", "Меню"], "{command}");
        parent.press("Анна, 7А").await;
        assert!(parent.screen().starts_with(title), "{command}\n{}", parent.screen());
    }
    let one = school.parent("Белова").await;
    one.says("/marks").await;
    assert!(one.screen().starts_with("Отметки · Ксения, 7А"), "{}", one.screen());
    let teacher = school.staff("Титов").await;
    for (command, title) in [("/diary", "Мой класс · 10А"), ("/timetable", "Мои уроки · вт 24.11")]
    {
        teacher.says(command).await;
        assert!(teacher.screen().starts_with(title), "{command}\n{}", teacher.screen());
    }
    // A teacher, the tutor of a class and a mother at once.
    let all = school.staff("Смирнова").await;
    all.says("/diary").await;
    assert_snapshot!(all.screen(), @"
    Дневник · чей?
    [7А]
    [Матвей, 3Б]
    [Меню]
    ");
    all.press("7А").await;
    assert!(all.screen().starts_with("Мой класс · 7А"), "{}", all.screen());
    all.says("/timetable").await;
    assert_snapshot!(all.screen(), @"
    Расписание · чьё?
    [Мои уроки]
    [Матвей, 3Б]
    [Меню]
    ");
    all.press("Мои уроки").await;
    assert!(all.screen().starts_with("Мои уроки · вт 24.11"), "{}", all.screen());
    all.says("/marks").await;
    assert!(all.screen().starts_with("Отметки · Матвей, 3Б"), "{}", all.screen());
    for command in ["/marks", "/homework"] {
        teacher.says(command).await;
        assert!(
            teacher.screen().starts_with("Этого раздела у вас нет."),
            "{command}\n{}",
            teacher.screen()
        );
    }
}

/// What a button of the diary of a pupil carries.
async fn diary_of(school: &School, pupil: &str, date: Option<chrono::NaiveDate>) -> String {
    use zhurnal::chat::Payload;
    use zhurnal::diary::press::View;
    let person = school
        .person(&zhurnal::people::Invitee::Pupil(String::new()), pupil)
        .await;
    Payload::of(&View::Day(person.id, date)).as_str().to_owned()
}

async fn t5_a_tutor_and_those_who_oversee_read_a_diary(school: &School) {
    let data = diary_of(school, "Волкова Анна", None).await;
    for (surname, may) in [("Смирнова", true), ("Титов", false)] {
        let reader = school.staff(surname).await;
        let message = reader.last().message_id;
        reader.press_data(message, &data).await;
        let opened = reader.screen().starts_with("Волкова Анна, 7А · вт 24.11");
        assert_eq!(opened, may, "{surname}\n{}", reader.screen());
        if !may {
            assert_eq!(
                reader.toast(),
                "Этот дневник вам не открыт. Вопросы — к тьютору класса."
            );
            continue;
        }
        // The pages of the class's pupil lead on and back, and the tutor's own child isn't among them.
        press_all(&reader, &["Неделя", "Сегодня", "3", "‹ День"]).await;
        assert!(!reader.screen().contains("Матвей"), "{}", reader.screen());
        press_all(&reader, &["‹ Класс", "Волкова А.", "Неделя", "‹ Класс"]).await;
        assert!(reader.screen().starts_with("Мой класс · 7А"), "{}", reader.screen());
        reader.press("Меню").await;
        assert!(
            reader.labels().contains(&"Мои уроки сегодня".to_owned()),
            "{}",
            reader.screen()
        );
    }
}

async fn t5_nothing_of_another_opens(school: &School) {
    use chrono::NaiveDate;
    use zhurnal::chat::{Door, Payload};
    use zhurnal::diary::press::{Back, Period, View};
    use zhurnal::ids::SubjectId;
    let teacher = algebra(school).await;
    let pupil = &zhurnal::people::Invitee::Pupil(String::new());
    let (mine, other) = (
        school.person(pupil, "Белова Ксения").await.id,
        school.person(pupil, "Волкова Анна").await.id,
    );
    let parent = school.parent("Белова").await;
    let owner = school.parent("Волкова").await;
    press_all(&owner, &["Меню", "Анна, 7А", "Дневник"]).await;
    let (_, open) = owner.data("3");
    let Some(key) = key_of(&open) else {
        panic!("no lesson behind «3»")
    };
    let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let views = [
        View::Day(other, Some(day)),
        View::Week(other, None),
        View::Month(other, day),
        View::Lesson(other, key, Back::Day),
        View::Homework(other, None),
        View::HomeworkWeek(other, None),
        View::Timetable(other, None),
        View::TimetableWeek(other, None),
        View::Bells(other),
        View::Marks(other, Period::Year),
        View::Subject(other, SubjectId(1), Period::Now, 0),
    ];
    let message = parent.last().message_id;
    let stranger = school.staff("Титов").await;
    for view in &views {
        let data = Payload::of(view);
        for phone in [&parent, &stranger] {
            phone.press_data(phone.last().message_id, data.as_str()).await;
            assert_eq!(
                phone.toast(),
                "Этот дневник вам не открыт. Вопросы — к тьютору класса.",
                "{view:?}"
            );
        }
    }
    // The menu with another's child chosen is the menu with one's own.
    parent
        .press_data(message, Payload::of(&Door::Child(other)).as_str())
        .await;
    assert!(parent.screen().starts_with("Ксения, 7А"), "{}", parent.screen());
    // A lesson of another class, and one that never was, under one's own child.
    open_lesson_of_another_class(&teacher, &parent, mine).await;
    let never = zhurnal::timetable::LessonKey {
        date: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
        ..key
    };
    let data = Payload::of(&View::Lesson(mine, never, Back::Day));
    parent.press_data(message, data.as_str()).await;
    assert_eq!(parent.toast(), "Этого урока в дневнике нет.");
    assert!(!parent.chat().contains("Анна"), "{}", parent.chat());
    // A guardian no longer: nothing opens from the next press on.
    press_all(&owner, &["Неделя"]).await;
    school
        .change("DELETE FROM guardians WHERE pupil_id IN (SELECT id FROM people WHERE surname = 'Волкова' AND name = 'Анна')")
        .await;
    owner.press("‹ 16–20.11").await;
    assert_eq!(owner.toast(), "Этот дневник вам не открыт. Вопросы — к тьютору класса.");
}

fn key_of(data: &str) -> Option<zhurnal::timetable::LessonKey> {
    let (_, packed) = zhurnal::chat::Payload::open(data)?;
    match zhurnal::chat::unpack(&packed)? {
        zhurnal::diary::press::View::Lesson(_, key, _) => Some(key),
        _ => None,
    }
}

async fn open_lesson_of_another_class(teacher: &Phone, parent: &Phone, mine: zhurnal::ids::PersonId) {
    use zhurnal::chat::Payload;
    use zhurnal::diary::press::{Back, View};
    use zhurnal::lessons::press::Act;
    teacher.says("/today").await;
    let label = teacher
        .labels()
        .into_iter()
        .find(|it| it.ends_with("7Б алгебра"))
        .unwrap();
    let (_, data) = teacher.data(&label);
    let (_, packed) = Payload::open(&data).unwrap();
    let Some(Act::Open(key)) = zhurnal::chat::unpack(&packed) else {
        panic!("the button opens no lesson")
    };
    let message = parent.last().message_id;
    parent
        .press_data(message, Payload::of(&View::Lesson(mine, key, Back::Day)).as_str())
        .await;
    assert_eq!(parent.toast(), "Этого урока в дневнике нет.");
}
