//! The workbook on the command line (P1): tried, loaded, loaded again, renamed, one more school, the empty one.

use super::run::Folder;
use crate::support::databases::sample;
use crate::support::workbook::Sample;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_workbook_is_tried_loaded_and_loaded_again() {
    let school = Folder::new().await;
    school.put("school.xlsx", sample());
    let (tried, said) = school.run(&["import", "school.xlsx", "--dry-run"], None).await;
    assert!(tried && said.contains("В журнале пока ничего не изменилось."), "{said}");
    let (loaded, said) = school.run(&["import", "school.xlsx"], None).await;
    assert!(
        loaded && said.contains("Загружено: новых 713, изменено 0, удалено 0."),
        "{said}"
    );
    let (loaded, said) = school.run(&["import", "school.xlsx"], None).await;
    assert!(loaded && said.contains("Всё уже загружено"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_name_of_the_school_is_loaded_only_when_it_is_meant() {
    let school = Folder::new().await;
    school.put("school.xlsx", sample());
    let (loaded, said) = school.run(&["import", "school.xlsx"], None).await;
    assert!(loaded, "{said}");
    let renamed = Sample::read().saying("Школа", ("Учебная школа", "Учебная гимназия"));
    school.put("renamed.xlsx", &renamed.bytes());
    let (loaded, said) = school.run(&["import", "renamed.xlsx"], None).await;
    assert!(!loaded && said.contains("import --rename"), "{said}");
    let (loaded, said) = school.run(&["import", "renamed.xlsx", "--rename"], None).await;
    assert!(
        loaded && said.contains("Загружено: новых 0, изменено 1, удалено 0."),
        "{said}"
    );
    // The former name is a name that the journal doesn't have now.
    let (loaded, said) = school.run(&["import", "school.xlsx", "--add-school"], None).await;
    assert!(loaded && said.contains("Загружено: новых 713"), "{said}");
    let (both, said) = school
        .run(&["import", "renamed.xlsx", "--rename", "--add-school"], None)
        .await;
    assert!(!both && said.contains("--add-school"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_workbook_is_written_where_there_is_no_file() {
    let school = Folder::new().await;
    let (written, said) = school.run(&["template", "empty.xlsx"], None).await;
    assert!(written && said.contains("Пустой файл: empty.xlsx"), "{said}");
    let empty = school.read("empty.xlsx").unwrap();
    let (written, said) = school.run(&["template", "empty.xlsx"], None).await;
    assert!(!written && said.contains("is there already"), "{said}");
    assert!(school.read("empty.xlsx").unwrap() == empty, "the file was written over");
    // Its examples aren't a school.
    let (loaded, said) = school.run(&["import", "empty.xlsx"], None).await;
    assert!(!loaded && said.contains("empty-marked.xlsx"), "{said}");
    assert!(school.read("empty-marked.xlsx").is_some());
}
