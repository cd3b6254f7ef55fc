//! What stories are told with: a school in a database of its own, the real bot, the model of Telegram, phones.

pub mod child;
pub mod databases;
pub mod phone;
pub mod school;
pub mod workbook;

/// Tells a story on both databases: `story!(name)` for an `async fn name(school: &School)` beside it.
///
/// On PostgreSQL it runs when `TEST_POSTGRES_URL` is set; unset, it prints one line.
macro_rules! story {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[test]
            fn sqlite() {
                crate::support::tell(async {
                    let school = crate::support::school::School::open(crate::support::databases::sqlite().await).await;
                    super::$name(&school).await;
                    school.finish().await;
                });
            }

            #[test]
            fn postgres() {
                crate::support::tell(async {
                    if let Some(database) = crate::support::databases::postgres().await {
                        let school = crate::support::school::School::open(database).await;
                        super::$name(&school).await;
                        school.finish().await;
                    }
                });
            }
        }
    )+};
}
pub(crate) use story;

/// Runs a story to its end. It is told twice, and both times its screens look the same.
pub fn tell(story: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    insta::allow_duplicates! { runtime.block_on(story) }
}
