//! A screen: a text in HTML with a keyboard under it, and the limits it must keep.

use super::{Door, Payload, Pressable};

/// Telegram's limits and the narrower ones of the house, which the second messenger needs too.
pub mod limits {
    /// The longest text, in UTF-16 units after the entities are taken out.
    pub const TEXT_UNITS: usize = 4096;
    /// UTF-16 units of the words under a file.
    pub const CAPTION: usize = 1024;
    /// What a button can carry.
    pub const PAYLOAD_BYTES: usize = 64;
    /// Buttons in a row.
    pub const ROW: usize = 7;
    /// Rows of a keyboard.
    pub const ROWS: usize = 30;
    /// Buttons of a keyboard.
    pub const BUTTONS: usize = 100;
    /// The word at the top, by our own rule.
    pub const TOAST: usize = 60;
    /// An alert's text, by Telegram's.
    pub const ALERT: usize = 200;

    /// A poll's question, in UTF-16 units.
    pub const POLL_QUESTION: usize = 300;
    /// An option of a poll.
    pub const POLL_OPTION: usize = 100;
    /// Options of a poll: older apps of Telegram show no more.
    pub const POLL_OPTIONS: usize = 10;

    /// How wide a label may be when its row has so many columns.
    pub fn label_width(columns: usize) -> usize {
        match columns {
            0 | 1 => 34,
            2 => 15,
            3 => 9,
            4 => 6,
            5 => 4,
            6 => 3,
            _ => 2,
        }
    }
}

/// The word at the top after a press.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Toast {
    /// Plain text.
    pub text: String,
    /// With an «OK» to be pressed.
    pub alert: bool,
}

/// What people see in the chat.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Screen {
    /// HTML.
    pub text: String,
    /// Rows of buttons.
    pub rows: Vec<Vec<Button>>,
    /// A picture above the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Drawing>,
}

/// A picture as it is drawn, in SVG: it becomes pixels when it is shown. What is in it is nobody's business in a log.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Drawing(pub String);

impl std::fmt::Debug for Drawing {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Drawing({} bytes)", self.0.len())
    }
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Button {
    /// What stands on it; plain text.
    pub label: String,
    /// What a press sends.
    pub payload: Payload,
}

impl Button {
    /// A button for an act or a view of a feature.
    pub fn new<P: Pressable>(label: impl Into<String>, value: &P) -> Self {
        Self {
            label: label.into(),
            payload: Payload::of(value),
        }
    }

    /// A button into another feature.
    pub fn door(label: impl Into<String>, door: Door) -> Self {
        Self::new(label, &door)
    }

    /// A button under a notice.
    pub fn notice(label: impl Into<String>, door: Door) -> Self {
        Self {
            label: label.into(),
            payload: Payload::notice_door(door),
        }
    }
}

impl Screen {
    /// A text without buttons.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            rows: Vec::new(),
            picture: None,
        }
    }

    /// Puts a picture above the text.
    #[must_use]
    pub fn picture(mut self, drawing: Drawing) -> Self {
        self.picture = Some(drawing);
        self
    }

    /// Adds a row; an empty one isn't.
    #[must_use]
    pub fn row(mut self, buttons: impl IntoIterator<Item = Button>) -> Self {
        let row: Vec<Button> = buttons.into_iter().collect();
        if !row.is_empty() {
            self.rows.push(row);
        }
        self
    }

    /// Adds buttons in rows of so many columns.
    #[must_use]
    pub fn grid(mut self, buttons: &[Button], columns: usize) -> Self {
        self.rows.extend(buttons.chunks(columns).map(<[Button]>::to_vec));
        self
    }

    /// Before the first line stands of which school it is, where that doesn't go without saying.
    #[must_use]
    pub fn of_school(mut self, school: Option<&str>) -> Self {
        if let Some(school) = school {
            let school = crate::words::escape(&crate::words::names::of_school(school));
            self.text = format!("{school} · {}", self.text);
        }
        self
    }

    /// Adds a line to the text.
    pub fn line(&mut self, line: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(line);
    }

    /// Adds lines to the text below a picture while they have room; `more` says how many there are beside.
    pub fn lines_below(&mut self, lines: &[String], more: impl Fn(usize) -> String) {
        let units = |text: &str| crate::words::visible(text).encode_utf16().count();
        for (idx, line) in lines.iter().enumerate() {
            let left = lines.len() - idx;
            let rest = if left > 1 { units(&more(left - 1)) + 1 } else { 0 };
            if units(&self.text) + 1 + units(line) + rest > limits::CAPTION {
                self.line(&more(left));
                return;
            }
            self.line(line);
        }
    }

    /// What is wrong with the screen, by the limits; empty when all is well.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let units = crate::words::visible(&self.text).encode_utf16().count();
        let most = if self.picture.is_some() {
            limits::CAPTION
        } else {
            limits::TEXT_UNITS
        };
        if units == 0 || units > most {
            faults.push(format!("the text has {units} units"));
        }
        if self.rows.len() > limits::ROWS {
            faults.push(format!("{} rows", self.rows.len()));
        }
        for row in &self.rows {
            if row.len() > limits::ROW {
                faults.push(format!("{} buttons in a row", row.len()));
            }
            for button in row {
                let width = button.label.chars().count();
                if width == 0 || width > limits::label_width(row.len()) {
                    faults.push(format!("«{}» is {width} wide in {} columns", button.label, row.len()));
                }
                if button.payload.as_str().len() > limits::PAYLOAD_BYTES {
                    faults.push(format!("«{}» carries too much", button.label));
                }
            }
        }
        faults
    }
}
