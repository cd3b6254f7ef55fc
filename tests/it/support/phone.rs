//! A phone in a person's hand: presses the button that says «…», writes, and sees the chat.

use zhurnal::demo::telegram::{Sent, Shown, Telegram};

/// One person's phone.
pub struct Phone {
    /// The person's account.
    pub user: i64,
    telegram: Telegram,
}

impl Phone {
    /// A phone of an account.
    pub fn new(telegram: Telegram, user: i64) -> Self {
        telegram.meet(user, "Имя");
        Self { user, telegram }
    }

    /// The model of Telegram, to look into.
    pub fn telegram(&self) -> &Telegram {
        &self.telegram
    }

    /// Presses the button with this label, waits for the answer and for the screen that follows.
    pub async fn press(&self, label: &str) {
        let wanted = as_typed(label);
        self.finds(label, |it| it == wanted).await;
        let shows = self.shows();
        let callback = self
            .telegram
            .press_label(self.user, &self.as_it_stands(label))
            .unwrap_or_else(|failure| panic!("«{label}»: {failure}\n{}", self.screen()));
        self.answered(&callback, shows).await;
    }

    /// Presses the one button of the newest screen whose label ends with these words: what stands before them says how
    /// far a lesson is filled.
    pub async fn press_ending(&self, words: &str) {
        self.press_one(words, |label| label.ends_with(words)).await;
    }

    /// Presses the one button of the newest screen whose label begins with this word.
    pub async fn press_starting(&self, word: &str) {
        self.press_one(word, |label| label.starts_with(word)).await;
    }

    async fn press_one(&self, words: &str, fits: impl Fn(&str) -> bool) {
        let user = self.user;
        let newest = |it: &Telegram| {
            it.last(user)
                .is_some_and(|last| last.labels().into_iter().any(|it| fits(&with_usual_hyphens(it))))
        };
        // What is wrong with the screen is told below.
        let _ = self.telegram.until(words, |it| newest(it).then_some(())).await;
        let labels = self.labels();
        let fitting: Vec<&String> = labels.iter().filter(|label| fits(label)).collect();
        let [label] = fitting.as_slice() else {
            panic!("«{words}» fits {} buttons of\n{}", fitting.len(), self.screen());
        };
        self.press(label).await;
    }

    /// Waits for a button of any message: a person looks for it, and what came before the screen that has it is no reason
    /// to give up.
    async fn finds(&self, words: &str, fits: impl Fn(&str) -> bool) {
        let user = self.user;
        let found = self
            .telegram
            .until(words, |it| {
                let chat = it.chat(user);
                let labels = chat.iter().flat_map(Shown::labels);
                labels.map(as_typed).any(|label| fits(&label)).then_some(())
            })
            .await;
        found.unwrap_or_else(|failure| panic!("no «{words}»: {failure}\n{}", self.chat()));
    }

    /// Presses a button of an older message, or sends whatever data a forger would.
    pub async fn press_data(&self, message: i32, data: &str) {
        let shows = self.shows();
        let callback = self.telegram.press(self.user, message, data);
        self.answered(&callback, shows).await;
    }

    /// Presses a button under the message that says this.
    pub async fn press_under(&self, text: &str, label: &str) {
        let letter = self.gets(text).await;
        let data = letter.key(label).unwrap().data.clone().unwrap();
        self.press_data(letter.message_id, &data).await;
    }

    async fn answered(&self, callback: &str, shows: usize) {
        let user = self.user;
        let alert = self
            .telegram
            .until("an answer to a press", |it| {
                it.toasts(user)
                    .into_iter()
                    .find(|toast| toast.callback_id == callback)
                    .map(|toast| toast.alert)
            })
            .await
            .unwrap_or_else(|failure| panic!("{failure}\n{}", self.screen()));
        // An alert may leave the screen as it is; anything else is followed by one.
        if !alert {
            self.shown_after(shows).await;
        }
    }

    /// Writes a message and waits for what is shown.
    pub async fn says(&self, text: &str) -> i32 {
        let shows = self.shows();
        let message = self.telegram.say(self.user, text);
        self.shown_after(shows).await;
        message
    }

    /// Answers a message by Telegram's own reply and waits for what is shown.
    pub async fn replies(&self, to: i32, text: &str) {
        let shows = self.shows();
        self.telegram.reply(self.user, to, text);
        self.shown_after(shows).await;
    }

    /// Changes a message and waits for what is shown.
    pub async fn edits(&self, message: i32, text: &str) {
        let shows = self.shows();
        self.telegram.edit(self.user, message, text);
        self.shown_after(shows).await;
    }

    /// Sends several things at once, as one album, and waits until each was answered.
    pub async fn sends_album(&self, album: Vec<Sent>) {
        let (shows, n) = (self.shows(), album.len());
        self.telegram.send_album(self.user, album);
        let shown = self
            .telegram
            .until("an answer to each", |_| (self.shows() >= shows + n).then_some(()))
            .await;
        shown.unwrap_or_else(|failure| panic!("{failure}\n{}", self.screen()));
    }

    /// Answers a message with something that isn't a text.
    pub async fn replies_with(&self, to: i32, what: Sent) {
        let shows = self.shows();
        self.telegram.reply_with(self.user, to, what);
        self.shown_after(shows).await;
    }

    /// Sends something that isn't a text and waits for what is shown.
    pub async fn sends(&self, what: Sent) {
        let shows = self.shows();
        self.telegram.send(self.user, what);
        self.shown_after(shows).await;
    }

    /// Calls of the bot that drew something in this chat.
    fn shows(&self) -> usize {
        let drew = |method: &str| {
            matches!(
                method,
                "sendMessage" | "editMessageText" | "editMessageMedia" | "sendPhoto" | "sendDocument" | "sendVoice"
            )
        };
        self.telegram
            .count_calls(|call| call.chat == Some(self.user) && call.ended && drew(&call.method))
    }

    async fn shown_after(&self, shows: usize) {
        let shown = self
            .telegram
            .until("a screen", |_| (self.shows() > shows).then_some(()))
            .await;
        shown.unwrap_or_else(|failure| panic!("{failure}\n{}", self.screen()));
    }

    /// Waits until the newest message says this.
    pub async fn sees(&self, text: &str) {
        let user = self.user;
        let seen = self
            .telegram
            .until(text, |it| {
                it.last(user)
                    .filter(|shown| with_usual_hyphens(&shown.text).contains(text))
                    .map(drop)
            })
            .await;
        seen.unwrap_or_else(|failure| panic!("{failure}\n{}", self.screen()));
    }

    /// Waits until some message of the bot's says this; returns it.
    pub async fn gets(&self, text: &str) -> Shown {
        let user = self.user;
        let found = self
            .telegram
            .until(text, |it| {
                it.chat(user)
                    .into_iter()
                    .rfind(|shown| shown.from_bot && with_usual_hyphens(&shown.text).contains(text))
            })
            .await;
        found.unwrap_or_else(|failure| panic!("{failure}\n{}", self.chat()))
    }

    /// How many messages of the bot's say this.
    pub fn count(&self, text: &str) -> usize {
        self.telegram
            .chat(self.user)
            .iter()
            .filter(|shown| shown.from_bot && with_usual_hyphens(&shown.text).contains(text))
            .count()
    }

    /// The newest message as it is seen: the text, then the buttons row by row.
    pub fn screen(&self) -> String {
        self.telegram
            .last(self.user)
            .map(|shown| draw(&shown))
            .unwrap_or_default()
    }

    /// The whole chat.
    pub fn chat(&self) -> String {
        self.telegram
            .chat(self.user)
            .iter()
            .map(draw)
            .collect::<Vec<_>>()
            .join("\n---\n")
    }

    /// What came by itself: the notices, which have three buttons and no way back.
    pub fn letters(&self) -> String {
        let letters: Vec<String> = self
            .telegram
            .chat(self.user)
            .iter()
            .filter(|shown| {
                shown.from_bot && matches!(shown.labels().as_slice(), ["Дневник", "Вопрос учителю", "Уведомления"])
            })
            .map(draw)
            .collect();
        letters.join("\n---\n")
    }

    /// The newest message.
    pub fn last(&self) -> Shown {
        self.telegram.last(self.user).expect("the chat is empty")
    }

    /// The word at the top after the last press.
    pub fn toast(&self) -> String {
        self.telegram
            .toasts(self.user)
            .pop()
            .map(|toast| toast.text)
            .unwrap_or_default()
    }

    /// The buttons of the newest message.
    pub fn labels(&self) -> Vec<String> {
        self.last().labels().into_iter().map(with_usual_hyphens).collect()
    }

    /// The label of a button of any message as it stands there, with its own hyphens and spaces.
    fn as_it_stands(&self, label: &str) -> String {
        let chat = self.telegram.chat(self.user);
        let labels = chat.iter().rev().flat_map(|shown| shown.labels());
        labels
            .into_iter()
            .find(|it| as_typed(it) == as_typed(label))
            .unwrap_or(label)
            .to_owned()
    }

    /// What the button with this label carries.
    pub fn data(&self, label: &str) -> (i32, String) {
        let shown = self.last();
        let key = shown
            .key(&self.as_it_stands(label))
            .unwrap_or_else(|| panic!("no «{label}» on\n{}", self.screen()));
        (shown.message_id, key.data.clone().expect("the button carries nothing"))
    }
}

/// A message as a person sees it.
pub fn draw(shown: &Shown) -> String {
    let mut drawn = if shown.from_bot {
        shown.text.clone()
    } else {
        format!("> {}", shown.text)
    };
    for row in &shown.keyboard {
        let row: Vec<String> = row.iter().map(|key| format!("[{}]", key.label)).collect();
        drawn.push('\n');
        drawn.push_str(&row.join(" "));
    }
    with_usual_hyphens(&drawn).replace('\u{a0}', " ")
}

/// A hyphen at which no line breaks looks like any other.
pub fn with_usual_hyphens(text: &str) -> String {
    text.replace('\u{2011}', "-")
}

/// The same with spaces at which no line breaks: as a person types it.
fn as_typed(text: &str) -> String {
    with_usual_hyphens(text).replace('\u{a0}', " ")
}
