//! A lesson logged on the page: with the mouse, and with the keyboard alone.

use fantoccini::key::Key;

use super::browser::Browser;
use super::stage::{Stage, person};
use crate::support::databases;
use crate::support::school::School;

/// An account of nobody.
const STRANGER: i64 = 90_001;

/// The school with its page, its teacher and a parent; none without a browser.
async fn open() -> Option<(School, Stage, i64, i64)> {
    let browser = Browser::open().await?;
    let school = School::open(databases::sqlite().await).await;
    let teacher = school.staff("Смирнова").await;
    let parent = school.parent("Волкова").await;
    teacher.says("/today").await;
    let people = vec![
        person(teacher.user, "Смирнова Е. В.", "алгебра", "Сотрудники"),
        person(parent.user, "Волкова\u{a0}О.\u{a0}П.", "Волкова Анна", "Родители"),
        person(STRANGER, "Чужой телефон", "без доступа", "Чужие телефоны"),
    ];
    let stage = Stage::open(browser, school.telegram.clone(), people).await;
    stage.browser.resize(1280, 860).await;
    Some((school, stage, teacher.user, parent.user))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mark_tapped_on_the_left_arrives_on_the_right() {
    let Some((school, stage, teacher, parent)) = open().await else {
        return;
    };
    let browser = &stage.browser;
    stage.shows(teacher, STRANGER).await;
    browser.press("left", "7А алгебра").await;
    browser.says("left", "Напишите тему").await;
    browser.click("#left textarea").await;
    browser.types(&format!("Линейное уравнение{}", Key::Enter)).await;
    browser.says("left", "✓ Тема: Линейное уравнение").await;
    browser.types(&format!("§ 13{}", Key::Enter)).await;
    browser.says("left", "§ 13").await;
    browser.press("left", "Посещаемость и отметки").await;
    // The mark in hand is the one that is ticked.
    browser.press("left", "4").await;
    browser.says("left", "✓ 4").await;
    browser.press("left", "Волкова А.").await;
    browser.says("left", "4 Волкова А.").await;
    browser.press("left", "Готово").await;
    browser.press("left", "Закончить так").await;

    // The message waits in a chat that nobody looks at: the header and the list count it, and the chat takes it away.
    let waiting = "return document.querySelector('#right .who .badge:not([hidden])')?.textContent === '1'";
    browser.until(waiting, &[]).await;
    browser.click("#right .who").await;
    let counted =
        "return [...document.querySelectorAll('#right .person')].map(it => it.getAttribute('aria-label')).join('|')";
    let counted = browser.see(counted).await;
    assert!(
        counted
            .as_str()
            .unwrap()
            .contains("Волкова\u{a0}О.\u{a0}П., Волкова Анна, не прочитано: 1"),
        "{counted}"
    );
    browser.types(&format!("волкова о{}", Key::Enter)).await;
    browser.says("right", "Анна, алгебра: 4").await;
    browser
        .until("return document.querySelector('#right .who .badge').hidden", &[])
        .await;
    let kept = browser.see("return location.hash").await;
    assert_eq!(kept, format!("#left={teacher}&right={parent}"));

    // Who has scrolled up stays there, and is told below that there is something new.
    browser.resize(1280, 420).await;
    browser.see("document.querySelector('#right .log').scrollTop = 0").await;
    browser
        .until("return !document.querySelector('#right .down').hidden", &[])
        .await;
    for label in ["Исправить", "4 Волкова А.", "4 → 5", "Не та кнопка"] {
        browser.press("left", label).await;
    }
    browser
        .until(
            "return document.querySelector('#right .down .badge:not([hidden])')?.textContent === '1'",
            &[],
        )
        .await;
    assert_eq!(
        browser
            .see("return document.querySelector('#right .log').scrollTop")
            .await,
        0
    );
    browser.click("#right .down").await;
    let at_the_end = "const it = document.querySelector('#right .log');
        return it.scrollTop + it.clientHeight > it.scrollHeight - 2 && document.querySelector('#right .down').hidden";
    browser.until(at_the_end, &[]).await;
    stage.close().await;
    school.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_keyboard_alone_logs_a_lesson() {
    let Some((school, stage, _, parent)) = open().await else {
        return;
    };
    let browser = &stage.browser;
    stage.shows(parent, STRANGER).await;
    let tab_to = async |name: &str| {
        let mut passed = Vec::new();
        for _ in 0..60 {
            browser.types(&Key::Tab.to_string()).await;
            let focused = browser.focused().await;
            let ring = "const it = document.activeElement; return it === document.body || getComputedStyle(it).outlineStyle !== 'none'";
            assert_eq!(browser.see(ring).await, true, "the focus on «{focused}» isn't seen");
            if focused.contains(name) {
                return;
            }
            passed.push(focused);
        }
        panic!("Tab doesn't come to «{name}»: {passed:?}");
    };
    // The list: arrows walk, Esc leaves everything as it is, Enter takes.
    tab_to("Чей телефон: Волкова").await;
    browser.types(&Key::Enter.to_string()).await;
    browser
        .until("return document.activeElement.matches('#left .list input')", &[])
        .await;
    browser.types(&format!("{}{}", Key::Down, Key::Escape)).await;
    assert!(browser.focused().await.starts_with("Чей телефон: Волкова"));
    browser.types(&Key::Enter.to_string()).await;
    browser
        .until("return document.activeElement.matches('#left .list input')", &[])
        .await;
    browser.types(&format!("{}{}", Key::Up, Key::Enter)).await;
    browser
        .until(
            "return document.querySelector('#left .two b').textContent === 'Смирнова Е. В.'",
            &[],
        )
        .await;
    browser.says("left", "Мои уроки").await;

    tab_to("7А геометрия").await;
    browser.types(&Key::Down.to_string()).await;
    assert!(browser.focused().await.ends_with("7А алгебра"));
    browser.types(&Key::Enter.to_string()).await;
    browser.says("left", "Напишите тему").await;
    // The screen was edited in place; the focus is still on it.
    let on_screen = "return !!document.activeElement.closest('#left .keys')";
    browser.until(on_screen, &[]).await;
    let told = "return document.querySelector('#left .says').textContent.includes(arguments[0])";
    browser.until(told, &["Алгебра · 7А"]).await;
    tab_to("Сообщение").await;
    browser.types(&format!("Линейное уравнение{}", Key::Enter)).await;
    browser.says("left", "✓ Тема: Линейное уравнение").await;
    assert_eq!(browser.focused().await, "Сообщение");
    stage.close().await;
    assert_eq!(
        school
            .number(
                "SELECT COUNT(*) FROM lessons WHERE topic = 'Линейное уравнение' AND last_press_at <= $1",
                school.now()
            )
            .await,
        1
    );
    school.finish().await;
}
