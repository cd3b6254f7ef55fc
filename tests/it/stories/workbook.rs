//! The school's workbook sent to the bot (P1).

use insta::assert_snapshot;
use zhurnal::demo::telegram::{DocumentShown, Sent, Trouble, TroubleKind};
use zhurnal::people::{self, Invitee};
use zhurnal::school::import::{How, NewName, Outcome, Source, import_as};

use super::{open, press_all};
use crate::support::databases::sample;
use crate::support::phone::{Phone, draw};
use crate::support::school::School;
use crate::support::story;
use crate::support::workbook::{Sample, school_of_today};

story!(
    i1_a_workbook_is_checked_then_confirmed_then_loaded,
    i1_what_is_wrong_is_told_and_marked_in_a_copy,
    i1_the_empty_workbook_comes_as_a_file,
    i1_others_hear_who_sends_it,
    i1_files_that_are_no_workbook,
    i1_another_title_of_the_school_is_asked_about,
    i1_telegram_gives_the_file_later,
    i1_telegram_never_gives_the_file,
    i2_what_waits_is_dropped_or_forgotten,
    i2_what_changed_meanwhile_is_checked_again,
    i2_what_another_has_loaded_meanwhile_is_told_as_it_was,
    i2_whoever_lost_the_duty_loads_nothing,
    i2_what_was_awaited_still_is,
    i2_nobody_loads_what_another_sent,
    i1_of_two_schools_the_right_one_is_found,
);

const PEOPLE: &str = "SELECT COUNT(*) FROM people WHERE $1 IS NOT NULL";
const KEPT: &str = "SELECT COUNT(*) FROM workbooks WHERE bytes IS NOT NULL AND $1 IS NOT NULL";
const SENT: &str = "SELECT COUNT(*) FROM workbooks WHERE $1 IS NOT NULL";

async fn sends(phone: &Phone, name: &str, bytes: Vec<u8>) {
    phone
        .sends(Sent::Document {
            name: name.to_owned(),
            mime: "application/octet-stream".to_owned(),
            bytes,
            caption: String::new(),
        })
        .await;
}

/// With one more pupil than the sample.
fn with_a_newcomer() -> Vec<u8> {
    let newcomer = ["п901", "Ёлкина", "Ярослава", "Игоревна", "03.03.2013", "7А"];
    Sample::read().with("Ученики", &newcomer).bytes()
}

fn document(phone: &Phone, words: &str) -> DocumentShown {
    let chat = phone.telegram().chat(phone.user);
    let shown = chat.into_iter().rfind(|it| it.text.contains(words));
    shown.and_then(|it| it.document).expect("a message with a file")
}

async fn i1_a_workbook_is_checked_then_confirmed_then_loaded(school: &School) {
    let administrator = school.staff("Савельева").await;
    let n = school.number(PEOPLE, school.now()).await;
    administrator.says("/start").await;
    administrator.press("Загрузка базы").await;
    assert_snapshot!(administrator.screen(), @"
    Загрузка базы · Учебная школа
    Пришлите сюда рабочую книгу школы файлом .xlsx или .ods, до 20 МБ. Журнал сначала проверит её и скажет, что изменится. Без вашего «Загрузить» ничего не запишется.
    Последняя загрузка — вт 24.11, 10:40 · на сервере · «школа»: новых 713, изменено 0, удалено 0.
    [Пустой файл] [Что загружено]
    [Меню]
    ");
    let file = with_a_newcomer();
    sends(&administrator, "школа-2026.xlsx", file.clone()).await;
    let check = administrator.gets("Проверка: школа-2026.xlsx").await;
    assert_snapshot!(draw(&check), @"
    Проверка: школа-2026.xlsx
    В журнале пока ничего не изменилось. Станет: новых 2.
    Люди: новых 1
    Списки классов: новых 1
    Файл ждёт вашего слова сутки.
    [Загрузить: новых 2]
    [Не загружать]
    ");
    assert_eq!(school.number(PEOPLE, school.now()).await, n, "a check writes nothing");
    administrator.press("Загрузить: новых 2").await;
    let loaded = administrator.gets("Загружено, 10:40").await;
    assert_snapshot!(draw(&loaded), @"
    Загружено, 10:40: школа-2026.xlsx
    Новых 2, изменено 0, удалено 0. Уроки и отметки прежние.
    Новым людям дайте доступ: сотрудникам — в «Людях», семьям дадут тьюторы.
    [Меню]
    ");
    assert_eq!(school.number(PEOPLE, school.now()).await, n + 1);
    // The same file once more.
    sends(&administrator, "школа-2026.xlsx", file.clone()).await;
    let same = administrator.gets("загружать нечего").await;
    assert_snapshot!(draw(&same), @"
    школа-2026.xlsx
    Всё это в журнале уже есть, загружать нечего.
    [‹ Загрузка] [Меню]
    ");
    press_all(&administrator, &["‹ Загрузка", "Что загружено"]).await;
    assert_snapshot!(administrator.screen(), @"
    Что загружено · Учебная школа
    вт 24.11, 10:40 · Савельева О. Б. · «школа-2026.xlsx»: новых 2, изменено 0, удалено 0.
    вт 24.11, 10:40 · на сервере · «школа»: новых 713, изменено 0, удалено 0.
    [Прислать последнюю книгу]
    [‹ Загрузка] [Меню]
    ");
    administrator.press("Прислать последнюю книгу").await;
    administrator.gets("Загружена последней: школа-2026.xlsx").await;
    assert!(
        document(&administrator, "Загружена последней").bytes == file,
        "another file came back"
    );
    assert_eq!(
        school.number(KEPT, school.now()).await,
        1,
        "only what was loaded last is kept"
    );
    administrator.says("/start").await;
    administrator.press("Действия людей").await;
    administrator.sees("база загружена").await;
}

async fn i1_what_is_wrong_is_told_and_marked_in_a_copy(school: &School) {
    let administrator = school.staff("Савельева").await;
    let wrong = Sample::read()
        .with("Ученики", &["п901", "О'Нил", "Шон", "", "3 марта", "7А"])
        .with("Ученики", &["п902", "Ким", "Ян 🙂", "", "03.03.2013", "7В"]);
    sends(&administrator, "школа <2026>.xlsx", wrong.bytes()).await;
    let check = administrator.gets("Проверка: школа <2026>.xlsx").await;
    assert_snapshot!(draw(&check), @"
    Проверка: школа <2026>.xlsx
    В журнале ничего не изменилось. Исправить нужно 2 места.
    «Ученики», строка 92, «Дата рождения»: «3 марта» — нужна дата: 03.03.2013.
    «Ученики», строка 93, «Класс»: 7В нет в листе «Классы». Напишите 7А или 7Б либо добавьте класс.
    Пришлите исправленный файл — журнал проверит его снова.
    [Файл с пометками]
    [Не загружать]
    ");
    administrator.press("Файл с пометками").await;
    assert_eq!(administrator.toast(), "Готовлю файл, пришлю сюда");
    administrator.gets("Отмеченные ячейки залиты цветом").await;
    let still = administrator.gets("Проверка: школа <2026>.xlsx").await;
    assert_eq!(draw(&still), draw(&check), "the list stays where it was");
    let copy = document(&administrator, "Отмеченные ячейки");
    assert_eq!(copy.name, "школа <2026> с пометками.xlsx");
    // The copy is a workbook as good as the one that was sent: sent as it is, it has the same places to mend.
    sends(&administrator, &copy.name, copy.bytes.to_vec()).await;
    let again = administrator.gets("Проверка: школа <2026> с пометками.xlsx").await;
    let problems = |text: &str| text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(problems(&again.text), problems(&check.text));
    administrator.press("Не загружать").await;
    administrator.sees("Не загружено").await;
}

async fn i1_the_empty_workbook_comes_as_a_file(school: &School) {
    let administrator = school.staff("Савельева").await;
    administrator.says("/start").await;
    press_all(&administrator, &["Загрузка базы", "Пустой файл"]).await;
    administrator.gets("Пустая рабочая книга").await;
    let file = document(&administrator, "Пустая рабочая книга");
    assert_eq!(file.name, "Школа.xlsx");
    // Nothing of its examples is loaded.
    sends(&administrator, &file.name, file.bytes.to_vec()).await;
    let check = administrator.gets("Проверка: Школа.xlsx").await;
    assert!(check.text.contains("Исправить нужно"), "{}", check.text);
}

async fn i1_others_hear_who_sends_it(school: &School) {
    for phone in [school.staff("Смирнова").await, school.parent("Волкова").await] {
        sends(&phone, "школа.xlsx", sample().to_vec()).await;
        phone
            .sees("Её присылает администратор журнала; этот файл никуда не записан.")
            .await;
    }
    // A stranger learns nothing of it.
    let stranger = school.stranger(77);
    sends(&stranger, "школа.xlsx", sample().to_vec()).await;
    assert!(
        !stranger.chat().contains("администратор журнала;"),
        "{}",
        stranger.chat()
    );
    assert_eq!(school.number(SENT, school.now()).await, 0);
}

async fn i1_files_that_are_no_workbook(school: &School) {
    let administrator = school.staff("Савельева").await;
    sends(&administrator, "приказ.docx", vec![0; 9]).await;
    administrator.sees("Этого файла журнал не ждал").await;
    sends(&administrator, "Ученики.csv", b"a;b".to_vec()).await;
    administrator.sees("CSV — это один лист").await;
    sends(&administrator, "школа.xlsx", vec![0; 20 * 1024 * 1024 + 1]).await;
    administrator.sees("Файл больше 20 МБ.").await;
    assert_eq!(school.number(SENT, school.now()).await, 0);
    sends(
        &administrator,
        "старая.xls",
        vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    )
    .await;
    administrator.gets("Это старый формат XLS").await;
    sends(&administrator, "не книга.xlsx", b"PK and nothing more".to_vec()).await;
    let check = administrator.gets("Файл не читается как книга.").await;
    assert_snapshot!(draw(&check), @"
    Проверка: не книга.xlsx
    В журнале ничего не изменилось. Исправить нужно 1 место.
    Файл не читается как книга. Откройте его в Excel или LibreOffice и сохраните как .xlsx.
    Пришлите исправленный файл — журнал проверит его снова.
    [Не загружать]
    ");
    sends(&administrator, "чужая.xlsx", school_of_today(school.now())).await;
    administrator.gets("Это книга другой школы: «Малая школа».").await;
}

async fn i1_another_title_of_the_school_is_asked_about(school: &School) {
    let administrator = school.staff("Савельева").await;
    let renamed = Sample::read().saying("Школа", ("Учебная школа", "Учебная гимназия"));
    sends(&administrator, "школа.xlsx", renamed.bytes()).await;
    let check = administrator.gets("Проверка: школа.xlsx").await;
    assert_snapshot!(draw(&check), @"
    Проверка: школа.xlsx
    В журнале ничего не изменилось. Исправить нужно 1 место.
    В книге школа «Учебная гимназия», а в журнале эти люди — из школы «Учебная школа». Исправьте название в листе «Школа». Школу правда переименовали — так и ответьте: в чате кнопкой под этим сообщением, на сервере — командой import --rename.
    Пришлите исправленный файл — журнал проверит его снова.
    [Да, школу переименовали]
    [Не загружать]
    ");
    administrator.press("Да, школу переименовали").await;
    administrator.gets("Станет: изменится 1").await;
    administrator.press("Загрузить: изменить 1").await;
    administrator.gets("Загружено, 10:40").await;
    administrator.says("/start").await;
    administrator.sees("Учебная гимназия").await;
}

fn no_file(school: &School, times: usize) {
    school.telegram.trouble(Trouble {
        method: Some("getFile".to_owned()),
        chat: None,
        times,
        kind: TroubleKind::Status {
            code: 400,
            description: "Bad Request: wrong file_id or the file is temporarily unavailable".to_owned(),
        },
    });
}

async fn i1_telegram_gives_the_file_later(school: &School) {
    let administrator = school.staff("Савельева").await;
    no_file(school, 1);
    sends(&administrator, "школа.xlsx", with_a_newcomer()).await;
    failed_once(school, 1).await;
    administrator.press("Как идёт?").await;
    administrator.sees("Проверяю: школа.xlsx").await;
    school.minutes_pass(1);
    administrator.gets("Проверка: школа.xlsx").await;
}

async fn i1_telegram_never_gives_the_file(school: &School) {
    let administrator = school.staff("Савельева").await;
    no_file(school, 5);
    sends(&administrator, "школа.xlsx", with_a_newcomer()).await;
    for n in 1..5 {
        failed_once(school, n).await;
        school.minutes_pass(10);
    }
    let failed = administrator.gets("Не получилось: школа.xlsx").await;
    assert_snapshot!(draw(&failed), @"
    Не получилось: школа.xlsx
    Telegram не отдал файл или журнал не смог его записать. Что загружено, видно в «Что загружено». Пришлите файл снова; не выйдет — скажите тому, кто ведёт сервер журнала.
    [‹ Загрузка] [Меню]
    ");
}

/// Waits until the job has failed so often.
async fn failed_once(school: &School, times: i64) {
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(15);
    let tries = "SELECT COALESCE(MAX(tries), 0) FROM jobs WHERE kind = 'check_workbook' AND $1 IS NOT NULL";
    while school.number(tries, school.now()).await < times {
        assert!(tokio::time::Instant::now() < deadline, "the job doesn't fail");
        tokio::task::yield_now().await;
    }
}

async fn i2_what_waits_is_dropped_or_forgotten(school: &School) {
    let administrator = school.staff("Савельева").await;
    sends(&administrator, "первая.xlsx", with_a_newcomer()).await;
    administrator.gets("Проверка: первая.xlsx").await;
    let (message, load) = administrator.data("Загрузить: новых 2");
    administrator.press("Не загружать").await;
    assert_snapshot!(administrator.screen(), @"
    Не загружено: первая.xlsx
    Журнал прежний. Передумаете — пришлите файл снова.
    [‹ Загрузка] [Меню]
    ");
    assert_eq!(school.number(KEPT, school.now()).await, 0);
    // The button of a former screen.
    administrator.press_data(message, &load).await;
    assert_eq!(administrator.toast(), "С этим файлом уже решено");
    sends(&administrator, "вторая.xlsx", with_a_newcomer()).await;
    administrator.gets("Проверка: вторая.xlsx").await;
    assert_eq!(school.number(KEPT, school.now()).await, 1);
    school.minutes_pass(24 * 60);
    school.quiet().await;
    assert_eq!(school.number(KEPT, school.now()).await, 0);
    administrator.press("Загрузить: новых 2").await;
    administrator.sees("Файла больше нет: вторая.xlsx").await;
}

async fn i2_what_changed_meanwhile_is_checked_again(school: &School) {
    let administrator = school.staff("Савельева").await;
    let two = Sample::read()
        .with(
            "Ученики",
            &["п901", "Ёлкина", "Ярослава", "Игоревна", "03.03.2013", "7А"],
        )
        .with("Ученики", &["п902", "Ёлкин", "Ярослав", "Игоревич", "03.03.2013", "7А"]);
    sends(&administrator, "одна.xlsx", with_a_newcomer()).await;
    administrator.gets("Проверка: одна.xlsx").await;
    let (message, first) = administrator.data("Загрузить: новых 2");
    sends(&administrator, "двое.xlsx", two.bytes()).await;
    administrator.gets("Проверка: двое.xlsx").await;
    let (_, both) = administrator.data("Загрузить: новых 4");
    administrator.press_data(message, &first).await;
    administrator.gets("Загружено, 10:40: одна.xlsx").await;
    administrator.press_data(message, &both).await;
    let again = administrator.gets("Пока файл ждал, журнал изменился").await;
    assert_snapshot!(draw(&again), @"
    Проверка: двое.xlsx
    Пока файл ждал, журнал изменился, поэтому он проверен снова.
    В журнале пока ничего не изменилось. Станет: новых 2.
    Люди: новых 1
    Списки классов: новых 1
    Файл ждёт вашего слова сутки.
    [Загрузить: новых 2]
    [Не загружать]
    ");
    administrator.press("Загрузить: новых 2").await;
    administrator.gets("Загружено, 10:40: двое.xlsx").await;
    // A second press of the same button loads nothing again.
    administrator.press_data(message, &first).await;
    assert_eq!(administrator.toast(), "С этим файлом уже решено");
}

async fn i2_whoever_lost_the_duty_loads_nothing(school: &School) {
    let administrator = school.staff("Савельева").await;
    let n = school.number(PEOPLE, school.now()).await;
    sends(&administrator, "школа.xlsx", with_a_newcomer()).await;
    administrator.gets("Проверка: школа.xlsx").await;
    let (message, load) = administrator.data("Загрузить: новых 2");
    school
        .change("DELETE FROM staff_roles WHERE role = 'administrator'")
        .await;
    administrator.press_data(message, &load).await;
    assert!(
        !administrator.screen().contains("Загрузка базы"),
        "{}",
        administrator.screen()
    );
    assert_eq!(school.number(PEOPLE, school.now()).await, n);
}

async fn i2_what_was_awaited_still_is(school: &School) {
    // The administrator is a teacher too, with a lesson open that awaits its topic.
    school
        .change("UPDATE loads SET teacher_id = (SELECT id FROM people WHERE code = 'с13') WHERE teacher_id = (SELECT id FROM people WHERE code = 'с1')")
        .await;
    let administrator = school.staff("Савельева").await;
    open(&administrator, "7А алгебра").await;
    sends(&administrator, "школа.xlsx", with_a_newcomer()).await;
    administrator.gets("Проверка: школа.xlsx").await;
    administrator.says("Линейное уравнение").await;
    administrator.sees("✓ Тема: Линейное уравнение").await;
}

async fn i2_nobody_loads_what_another_sent(school: &School) {
    let administrator = school.staff("Савельева").await;
    school
        .change("INSERT INTO staff_roles (person_id, role, from_grade, to_grade) SELECT id, 'administrator', 1, 11 FROM people WHERE code = 'с14'")
        .await;
    let another = school.staff("Воронцов").await;
    let n = school.number(PEOPLE, school.now()).await;
    sends(&administrator, "школа.xlsx", with_a_newcomer()).await;
    administrator.gets("Проверка: школа.xlsx").await;
    let (_, load) = administrator.data("Загрузить: новых 2, удалить 1");
    another.press_data(another.last().message_id, &load).await;
    assert_eq!(another.toast(), "Этого раздела у вас нет.");
    assert_eq!(school.number(PEOPLE, school.now()).await, n);
}

async fn i1_of_two_schools_the_right_one_is_found(school: &School) {
    let administrator = school.staff("Савельева").await;
    let small = school_of_today(school.now());
    let how = How {
        new_name: NewName::Another,
        ..How::default()
    };
    let loaded = import_as(&school.db, Source::File(small.clone()), &how, school.now()).await;
    assert!(matches!(loaded, Ok(Outcome::Done(_))), "{loaded:?}");
    let invitee = Invitee::Staff(String::new());
    let found = people::store::invitable(&mut school.db.snapshot().await.unwrap(), &invitee).await;
    let (herself, _) = found.unwrap().into_iter().find(|(_, code)| code == "т1").unwrap();
    school.admit(&administrator, &herself).await;
    // Each school has a door of its own.
    administrator.says("/start").await;
    for school in ["Загрузка базы · Учебная школа", "Загрузка базы · Малая школа"]
    {
        administrator.press(school).await;
        assert!(
            administrator.screen().starts_with("Загрузка базы · "),
            "{}",
            administrator.screen()
        );
        let title = school.trim_start_matches("Загрузка базы · ");
        assert!(administrator.screen().contains(title), "{}", administrator.screen());
        administrator.press("Меню").await;
    }
    sends(&administrator, "малая.xlsx", small).await;
    administrator.gets("загружать нечего").await;
    sends(&administrator, "учебная.xlsx", with_a_newcomer()).await;
    administrator.gets("Проверка: учебная.xlsx").await;
    administrator.press("Загрузить: новых 2").await;
    administrator.gets("Загружено, 10:40: учебная.xlsx").await;
}

async fn i2_what_another_has_loaded_meanwhile_is_told_as_it_was(school: &School) {
    school
        .change(
            "INSERT INTO staff_roles (person_id, role, from_grade, to_grade)
             SELECT id, 'administrator', 1, 11 FROM people WHERE surname = 'Воронцов'",
        )
        .await;
    let (one, other) = (school.staff("Савельева").await, school.staff("Воронцов").await);
    let newcomer = ["п901", "Ёлкина", "Ярослава", "Игоревна", "03.03.2013", "7А"];
    let file = Sample::read()
        .with("Ученики", &newcomer)
        .saying("Сотрудники", ("директор", "директор, администратор"));
    for administrator in [&one, &other] {
        sends(administrator, "школа.xlsx", file.bytes()).await;
        administrator.gets("Проверка: школа.xlsx").await;
    }
    school.minutes_pass(2);
    one.press("Загрузить: новых 2").await;
    one.gets("Загружено, 10:42: школа.xlsx").await;
    school.minutes_pass(3);
    other.press("Загрузить: новых 2").await;
    assert_snapshot!(draw(&other.gets("загружать нечего").await), @"
    школа.xlsx
    Всё это в журнале уже есть, загружать нечего.
    Пока файл ждал вашего слова, его содержимое уже загружено: вт 24.11, 10:42 · Савельева О. Б. · «школа.xlsx»: новых 2, изменено 0, удалено 0.
    [‹ Загрузка] [Меню]
    ");
    assert!(!other.chat().contains("Загружено,"), "{}", other.chat());
}
