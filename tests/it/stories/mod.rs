//! Stories in the school's words, each on both databases.

mod absences;
mod access;
mod addressees;
mod alarms;
mod announcements;
mod aside;
mod asked;
mod charts;
mod consent;
mod control;
mod corrections;
mod day;
mod diary;
mod entering;
mod family;
mod feedback;
mod grid;
mod history;
mod homework;
mod lesson;
mod letters;
mod lock;
mod marks;
mod notices;
mod odd_input;
mod passes;
mod phones;
mod replay;
mod review;
mod rights;
mod search;
mod shown;
mod signed;
mod surveys;
mod talk_rules;
mod threads;
mod ticks;
mod together;
mod told;
mod two_schools;
mod waiting;
mod weather;
mod week;
mod workbook;

use zhurnal::demo::telegram::Sent;

use crate::support::phone::Phone;
use crate::support::school::School;

/// Opens one of today's lessons by what its button ends with.
async fn open(teacher: &Phone, lesson: &str) {
    teacher.says("/today").await;
    teacher.press_ending(lesson).await;
}

/// Presses several buttons, one after another.
async fn press_all(phone: &Phone, labels: &[&str]) {
    for label in labels {
        phone.press(label).await;
    }
}

/// The administrator turns a switch.
async fn turn(administrator: &Phone, label: &str) {
    administrator.says("/start").await;
    press_all(administrator, &["Правила переписки", label]).await;
}

/// A picture with words under it.
fn picture(caption: &str) -> Sent {
    Sent::Photo {
        bytes: vec![0xff, 0xd8],
        caption: caption.to_owned(),
    }
}

/// A finished lesson of algebra on Tuesday: Anna has a 5 and a 4 for a control work, homework is set for Wednesday.
async fn algebra(school: &School) -> Phone {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    teacher.says("Линейное уравнение").await;
    teacher.says("§ 13, № 8, 10").await;
    press_all(&teacher, &["Посещаемость и отметки", "5", "Волкова А.", "Белова К."]).await;
    press_all(
        &teacher,
        &["Вид", "Контрольная ×2", "4", "5 Волкова А.", "Ещё одна: 5 и 4"],
    )
    .await;
    press_all(&teacher, &["Готово", "Закончить так"]).await;
    school.quiet().await;
    teacher
}
