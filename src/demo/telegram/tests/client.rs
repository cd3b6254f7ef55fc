//! A real client reads everything the model writes, and is understood.

use teloxide::{
    payloads::{
        AnswerCallbackQuerySetters as _, EditMessageTextSetters as _, GetUpdatesSetters as _, SendDocumentSetters as _,
        SendMessageSetters as _, SendPollSetters as _,
    },
    prelude::Requester as _,
    types::{
        ChatId, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, InputMedia, InputMediaPhoto, InputPollOption,
        MediaKind, MessageKind, ParseMode, ReplyParameters, UpdateKind,
    },
};

use super::*;

#[tokio::test]
async fn a_real_client_talks_with_the_model() {
    let stage = Stage::open().await;
    let bot = stage.bot();
    assert_eq!(bot.get_me().await.unwrap().username(), BOT_USERNAME);
    stage.telegram.say(ANN, "/start code_1");

    let updates = bot.get_updates().timeout(0).await.unwrap();
    let [update] = updates.as_slice() else {
        panic!("{updates:?}")
    };
    let UpdateKind::Message(hello) = &update.kind else {
        panic!("{update:?}")
    };
    assert_eq!(hello.text(), Some("/start code_1"));
    assert_eq!(hello.entities().unwrap().len(), 1);

    let rows = [
        vec![
            InlineKeyboardButton::callback("5", "m5"),
            InlineKeyboardButton::callback("4", "m4"),
        ],
        vec![InlineKeyboardButton::url(
            "Сайт",
            "https://school.example/".parse().unwrap(),
        )],
    ];
    let sent = bot
        .send_message(ChatId(ANN), "<b>Алгебра</b> &amp; <i>7А</i>")
        .parse_mode(ParseMode::Html)
        .reply_markup(InlineKeyboardMarkup::new(rows))
        .reply_parameters(ReplyParameters::new(hello.id))
        .await
        .unwrap();
    assert_eq!(sent.reply_to_message().map(|it| it.id), Some(hello.id));
    assert_eq!(sent.reply_markup().unwrap().inline_keyboard.len(), 2);

    let press = stage.telegram.press_label(ANN, "4").unwrap();
    let offset = i32::try_from(update.id.0 + 1).unwrap();
    let updates = bot.get_updates().offset(offset).timeout(1).await.unwrap();
    let UpdateKind::CallbackQuery(query) = &updates[0].kind else {
        panic!("{updates:?}")
    };
    assert_eq!(
        (query.id.0.as_str(), query.data.as_deref()),
        (press.as_str(), Some("m4"))
    );
    assert_eq!(query.regular_message().unwrap().id, sent.id);
    bot.answer_callback_query(query.id.clone())
        .text("Записано")
        .show_alert(true)
        .await
        .unwrap();
    let toast = Toast {
        callback_id: press,
        text: "Записано".to_owned(),
        alert: true,
    };
    assert_eq!(stage.telegram.toasts(ANN), [toast]);
    assert!(stage.telegram.unanswered().is_empty());
}

#[tokio::test]
async fn a_real_client_edits() {
    let stage = Stage::with_ann().await;
    let bot = stage.bot();
    let keys = InlineKeyboardMarkup::new([[InlineKeyboardButton::callback("5", "m5")]]);
    let sent = bot.send_message(ChatId(ANN), "Урок").reply_markup(keys).await.unwrap();
    let edited = bot
        .edit_message_text(ChatId(ANN), sent.id, "<b>Готово</b>")
        .parse_mode(ParseMode::Html)
        .await
        .unwrap();
    assert!(edited.edit_date().is_some());
    let shown = stage.telegram.last(ANN).unwrap();
    assert_eq!((shown.html.as_str(), shown.text.as_str()), ("<b>Готово</b>", "Готово"));
    assert!(shown.keyboard.is_empty() && shown.edited);
}

#[tokio::test]
async fn a_real_client_sends_polls() {
    let stage = Stage::with_ann().await;
    let bot = stage.bot();
    let options = ["Да", "Нет"].map(InputPollOption::new);
    let poll = bot
        .send_poll(ChatId(ANN), "Идём в музей?", options)
        .is_anonymous(false)
        .await
        .unwrap();
    stage.telegram.vote(ANN, poll.id.0, &[1]);
    let updates = bot.get_updates().await.unwrap();
    let UpdateKind::PollAnswer(answer) = &updates[0].kind else {
        panic!("{updates:?}")
    };
    assert_eq!(answer.option_ids, [1]);
    let closed = bot.stop_poll(ChatId(ANN), poll.id).await.unwrap();
    assert!(closed.is_closed && closed.options[1].voter_count == 1);
}

#[tokio::test]
async fn a_real_client_sends_files_and_forwards() {
    let stage = Stage::with_ann().await;
    let bot = stage.bot();
    stage.telegram.acquaint(BOB, "Борис");
    let file = InputFile::memory(b"PK-sheet".to_vec()).file_name("7А.xlsx");
    let sent = bot.send_document(ChatId(ANN), file).caption("Ведомость").await.unwrap();
    let id = sent.document().unwrap().file.id.clone();
    let shown = stage.telegram.last(ANN).unwrap();
    let document = shown.document.unwrap();
    assert_eq!(
        (document.name.as_str(), &document.bytes[..]),
        ("7А.xlsx", &b"PK-sheet"[..])
    );
    assert_eq!((shown.text.as_str(), shown.caption), ("Ведомость", true));
    bot.send_document(ChatId(BOB), InputFile::file_id(id.clone()))
        .await
        .unwrap();

    let file = bot.get_file(id).await.unwrap();
    let url = format!("http://{}/file/bot1:x/{}", stage.address, file.path.replace('/', "%2F"));
    assert_eq!(
        &stage.client.get(url).send().await.unwrap().bytes().await.unwrap()[..],
        b"PK-sheet"
    );

    let forwarded = bot.forward_message(ChatId(BOB), ChatId(ANN), sent.id).await.unwrap();
    assert!(forwarded.forward_origin().is_some());
    bot.copy_message(ChatId(BOB), ChatId(ANN), sent.id).await.unwrap();
    assert_eq!(stage.telegram.chat(BOB).len(), 3);
}

#[tokio::test]
async fn a_real_client_sends_pictures() {
    let stage = Stage::with_ann().await;
    let bot = stage.bot();
    let photo = bot
        .send_photo(ChatId(ANN), InputFile::memory(png(800, 600)))
        .await
        .unwrap();
    assert_eq!(photo.photo().unwrap()[0].width, 800);
    let media = InputMedia::Photo(InputMediaPhoto::new(InputFile::memory(png(400, 300))).caption("Неделя"));
    bot.edit_message_media(ChatId(ANN), photo.id, media).await.unwrap();
    let shown = stage.telegram.last(ANN).unwrap();
    assert_eq!((shown.photo.unwrap().width, shown.text.as_str()), (400, "Неделя"));
}

#[tokio::test]
async fn everything_that_people_send_is_read_by_a_real_client() {
    let stage = Stage::open().await;
    let telegram = &stage.telegram;
    let first = telegram.say(ANN, "Здравствуйте");
    telegram.reply(ANN, first, "И ещё");
    telegram.edit(ANN, first, "Здравствуйте!");
    for what in [
        Sent::Sticker,
        Sent::Voice,
        Sent::Photo {
            bytes: png(10, 10),
            caption: "Справка".to_owned(),
        },
        Sent::Document {
            name: "список.xlsx".to_owned(),
            mime: "application/vnd.ms-excel".to_owned(),
            bytes: vec![1, 2, 3],
            caption: String::new(),
        },
        Sent::Contact { user_id: ANN },
        Sent::Location,
        Sent::Forwarded {
            text: "/start чужое".to_owned(),
        },
    ] {
        telegram.send(ANN, what);
    }
    telegram.say_in_group(-500, ANN, "/today");
    telegram.press(ANN, 999, "forged");
    telegram.block(ANN);
    telegram.unblock(ANN);

    let updates = stage.bot().get_updates().await.unwrap();
    let kinds: Vec<String> = updates
        .iter()
        .map(|it| match &it.kind {
            UpdateKind::Message(message) => match &message.kind {
                MessageKind::Common(common) => match &common.media_kind {
                    MediaKind::Text(it) => format!("text {}", it.text),
                    MediaKind::Sticker(_) => "sticker".to_owned(),
                    MediaKind::Voice(_) => "voice".to_owned(),
                    MediaKind::Photo(it) => format!("photo {:?}", it.caption),
                    MediaKind::Document(it) => format!("document {:?}", it.document.file_name),
                    MediaKind::Contact(it) => format!("contact {:?}", it.contact.user_id),
                    MediaKind::Location(_) => "location".to_owned(),
                    other => format!("{other:?}"),
                },
                other => format!("{other:?}"),
            },
            UpdateKind::EditedMessage(it) => format!("edited {}", it.text().unwrap()),
            UpdateKind::CallbackQuery(it) => {
                format!("press, message there: {}", it.regular_message().is_some())
            }
            UpdateKind::MyChatMember(it) => format!("member: {:?}", it.new_chat_member.status()),
            other => format!("{other:?}"),
        })
        .collect();
    insta::assert_snapshot!(kinds.join("\n"), @r#"
    text Здравствуйте
    text И ещё
    edited Здравствуйте!
    sticker
    voice
    photo Some("Справка")
    document Some("список.xlsx")
    contact Some(UserId(101))
    location
    text /start чужое
    member: Member
    text /today
    press, message there: false
    member: Banned
    member: Member
    "#);
}

#[tokio::test]
async fn parameters_come_in_any_form() {
    let stage = Stage::with_ann().await;
    let url = format!("http://{}/bot1:x/SENDMESSAGE?chat_id={ANN}&text=query", stage.address);
    stage.client.get(url).send().await.unwrap().error_for_status().unwrap();
    let url = format!("http://{}/bot1:x/sendMessage", stage.address);
    let form = stage
        .client
        .post(&url)
        .header("content-type", "application/x-www-form-urlencoded");
    form.body(format!("chat_id={ANN}&text=form"))
        .send()
        .await
        .unwrap()
        .error_for_status()
        .unwrap();
    let texts: Vec<_> = stage.telegram.chat(ANN).into_iter().map(|it| it.text).collect();
    assert_eq!(texts, ["/start", "query", "form"]);
    assert_eq!(stage.telegram.calls().last().unwrap().method, "sendMessage");
}
