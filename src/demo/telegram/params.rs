//! The parameters of a call, however they came: as JSON, a form, a query or multipart.

use std::collections::HashMap;

use axum::{
    body::Bytes,
    extract::{Form, FromRequest, Multipart, Query, Request},
    http::header::CONTENT_TYPE,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{keyboard, keyboard::Keyboard, refusal::Refusal};

/// Nothing larger is read; Telegram takes files of 50 MB.
const BODY_LIMIT: usize = 52 << 20;

/// What a call was given.
#[derive(Debug, Default)]
pub(super) struct Params {
    pub(super) values: Map<String, Value>,
    /// Parts of multipart that are files, by their name.
    pub(super) uploads: HashMap<String, Upload>,
}

/// A file that came with the call.
#[derive(Clone, Debug)]
pub(super) struct Upload {
    pub(super) name: String,
    pub(super) mime: String,
    pub(super) bytes: Bytes,
}

impl Params {
    /// Reads the whole request.
    pub(super) async fn read(request: Request) -> Result<Self, Refusal> {
        let mut params = Self::default();
        if let Ok(Query(pairs)) = Query::<Vec<(String, String)>>::try_from_uri(request.uri()) {
            params
                .values
                .extend(pairs.into_iter().map(|(k, v)| (k, Value::String(v))));
        }
        let kind = request.headers().get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let kind = kind.unwrap_or_default().to_ascii_lowercase();
        if kind.starts_with("multipart/form-data") {
            params.read_multipart(request).await?;
        } else if kind.starts_with("application/x-www-form-urlencoded") {
            let Form(pairs) = Form::<Vec<(String, String)>>::from_request(request, &())
                .await
                .map_err(|_| Refusal::bad("can't parse the form"))?;
            params
                .values
                .extend(pairs.into_iter().map(|(k, v)| (k, Value::String(v))));
        } else {
            let body = axum::body::to_bytes(request.into_body(), BODY_LIMIT)
                .await
                .map_err(|_| Refusal::new(413, "Request Entity Too Large"))?;
            if !body.is_empty() {
                let values: Map<String, Value> =
                    serde_json::from_slice(&body).map_err(|_| Refusal::bad("can't parse JSON object"))?;
                params.values.extend(values);
            }
        }
        Ok(params)
    }

    async fn read_multipart(&mut self, request: Request) -> Result<(), Refusal> {
        let broken = |_| Refusal::bad("can't parse multipart data");
        let mut parts = Multipart::from_request(request, &())
            .await
            .map_err(|_| Refusal::bad("can't parse multipart data"))?;
        while let Some(part) = parts.next_field().await.map_err(broken)? {
            let Some(key) = part.name().map(str::to_owned) else {
                continue;
            };
            let name = part.file_name().map(str::to_owned);
            let mime = part.content_type().unwrap_or("application/octet-stream").to_owned();
            let bytes = part
                .bytes()
                .await
                .map_err(|_| Refusal::new(413, "Request Entity Too Large"))?;
            if let Some(name) = name {
                self.uploads.insert(key, Upload { name, mime, bytes });
            } else {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                self.values.insert(key, Value::String(text));
            }
        }
        Ok(())
    }

    /// A string; a number counts as its digits.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.values.get(key).and_then(Value::as_str)
    }

    /// A whole number, also when it came as a string.
    pub(super) fn int(&self, key: &str) -> Option<i64> {
        let value = self.values.get(key)?;
        value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
    }

    /// Whether a flag is set; forms say it in words.
    pub(super) fn flag(&self, key: &str) -> bool {
        match self.values.get(key) {
            Some(Value::Bool(it)) => *it,
            Some(Value::String(it)) => {
                matches!(it.to_ascii_lowercase().as_str(), "true" | "1" | "yes")
            }
            Some(Value::Number(it)) => it.as_i64() == Some(1),
            _ => false,
        }
    }

    /// An object or a list, also when it came as a string with JSON in it.
    pub(super) fn json(&self, key: &str) -> Result<Option<Value>, Refusal> {
        match self.values.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text)
                .map(Some)
                .map_err(|_| Refusal::bad(format!("can't parse {key} JSON object"))),
            Some(value) => Ok(Some(value.clone())),
        }
    }

    /// The same, read as a `T`.
    pub(super) fn parse<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Refusal> {
        self.json(key)?
            .map(serde_json::from_value)
            .transpose()
            .map_err(|_| Refusal::bad(format!("can't parse {key}")))
    }

    /// The inline keyboard of the call.
    pub(super) fn keyboard(&self) -> Result<Keyboard, Refusal> {
        match self.values.get("reply_markup") {
            Some(Value::Object(_)) => keyboard::parse(self.values.get("reply_markup")),
            _ => keyboard::parse(self.json("reply_markup")?.as_ref()),
        }
    }

    /// The id of the message that the call is about.
    pub(super) fn message_id(&self) -> Result<i32, Refusal> {
        self.int("message_id")
            .and_then(|it| i32::try_from(it).ok())
            .ok_or_else(|| Refusal::bad("message identifier is not specified"))
    }
}
