//! A browser in a person's hands: what is pressed and typed, what is seen, and what its console says.

use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// How long something is waited for.
const PATIENCE: Duration = Duration::from_secs(15);
/// Waits in the page for a condition, looking again before each picture that is painted.
const UNTIL: &str = "const done = arguments[arguments.length - 1], given = [...arguments].slice(0, -1);
    const look = new Function(given.shift()), ends = Date.now() + given.shift();
    (function again() {
        const seen = look(...given);
        if (seen || Date.now() > ends) done(seen || null); else requestAnimationFrame(again);
    })();";

/// A Chromium of one test.
pub struct Browser {
    client: Client,
    driver: Child,
    /// The session's address, for what only Chromium's driver can do.
    session: String,
    http: reqwest::Client,
    _profile: TempDir,
}

impl Browser {
    /// Opens the browser that `TEST_BROWSER` names; none when it names none.
    pub async fn open() -> Option<Self> {
        let Ok(browser) = std::env::var("TEST_BROWSER") else {
            println!("TEST_BROWSER isn't set: this test looked at no page");
            return None;
        };
        let (driver, address) = start_driver(Path::new(&browser)).await;
        let profile = TempDir::new().unwrap();
        let args = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            &format!("--user-data-dir={}", profile.path().display()),
        ];
        let capabilities = json!({
            "goog:loggingPrefs": {"browser": "ALL"},
            "goog:chromeOptions": {"binary": browser, "args": args},
        });
        let Value::Object(capabilities) = capabilities else {
            unreachable!("it is written as an object");
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&address)
            .await
            .expect("TEST_BROWSER is set, but its browser doesn't start");
        let id = client.session_id().await.unwrap().expect("a session has an id");
        Some(Self {
            client,
            driver,
            session: format!("{address}/session/{id}"),
            http: reqwest::Client::new(),
            _profile: profile,
        })
    }

    /// Opens an address.
    pub async fn goto(&self, url: &str) {
        self.client.goto(url).await.unwrap();
    }

    /// Looks at the page once.
    pub async fn see(&self, script: &str) -> Value {
        self.client.execute(script, vec![]).await.unwrap()
    }

    /// Waits until a script returns something that is true, and returns it.
    pub async fn until(&self, script: &str, given: &[&str]) -> Value {
        let mut args = vec![json!(script), json!(u64::try_from(PATIENCE.as_millis()).unwrap())];
        args.extend(given.iter().map(|it| json!(it)));
        let seen = self.client.execute_async(UNTIL, args).await.unwrap();
        if seen.is_null() {
            let body = self.see("return document.body.innerText").await;
            panic!(
                "waited in vain for {script} {given:?} on\n{}",
                body.as_str().unwrap_or_default()
            );
        }
        seen
    }

    /// Waits until a phone's chat says this.
    pub async fn says(&self, side: &str, text: &str) {
        let script = "return document.querySelector(`#${arguments[0]} .log`).innerText.includes(arguments[1])";
        self.until(script, &[side, text]).await;
    }

    /// Clicks what a selector finds.
    pub async fn click(&self, css: &str) {
        self.click_on(Locator::Css(css)).await;
    }

    /// Presses the newest button of a phone's chat whose label ends with these words.
    pub async fn press(&self, side: &str, words: &str) {
        let ends = format!(
            "substring(normalize-space(), string-length(normalize-space()) - {})",
            words.chars().count() - 1
        );
        let newest = format!("(//section[@id='{side}']//button[contains(@class, 'key')][{ends} = '{words}'])[last()]");
        self.click_on(Locator::XPath(&newest)).await;
    }

    async fn click_on(&self, what: Locator<'_>) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let found = self.client.wait().at_most(PATIENCE).for_element(what).await;
            let found = found.unwrap_or_else(|failure| panic!("{what:?}: {failure}"));
            match found.click().await {
                Ok(()) => return,
                // The screen was changed between a look and a click: a person looks again.
                Err(CmdError::Standard(_)) if tokio::time::Instant::now() < deadline => {}
                Err(failure) => panic!("{what:?}: {failure}"),
            }
        }
    }

    /// Types into whatever has the keyboard's focus.
    pub async fn types(&self, keys: &str) {
        let focused = self.client.active_element().await.unwrap();
        focused.send_keys(keys).await.unwrap();
    }

    /// Puts a file into a phone's picker.
    pub async fn picks(&self, side: &str, file: &Path) {
        let css = format!("#{side} input[type=file]");
        let picker = self.client.find(Locator::Css(&css)).await.unwrap();
        picker.send_keys(file.to_str().unwrap()).await.unwrap();
    }

    /// The name of what has the focus, as a screen reader says it, or its text.
    pub async fn focused(&self) -> String {
        let name = "const it = document.activeElement; return it.getAttribute('aria-label') || it.textContent.trim()";
        self.see(name).await.as_str().unwrap_or_default().to_owned()
    }

    /// The size of the window's inside.
    pub async fn resize(&self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 760});
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
        // The window answers before the page has got its new size. Whoever scrolls in between scrolls the old page.
        let script = "return innerWidth === Number(arguments[0]) && innerHeight === Number(arguments[1])
            && document.readyState === 'complete'";
        self.until(script, &[&width.to_string(), &height.to_string()]).await;
    }

    /// What the machine prefers: dark or light, and no motion, so that colours are there at once.
    pub async fn prefer(&self, scheme: &str) {
        let media = json!({"features": [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]});
        self.devtools("Emulation.setEmulatedMedia", media).await;
        self.until(
            "return document.documentElement.dataset.theme === arguments[0]",
            &[scheme],
        )
        .await;
    }

    /// Whatever can be pressed or filled in and has no name for a screen reader.
    pub async fn nameless(&self) -> Vec<String> {
        let tree = self.devtools("Accessibility.getFullAXTree", json!({})).await;
        let nodes = tree["nodes"].as_array().expect("a tree has nodes");
        let role = |node: &Value| node["role"]["value"].as_str().unwrap_or_default().to_owned();
        let wants_name = |node: &&Value| {
            let roles =
                "button link textbox searchbox combobox option tab menuitem checkbox dialog alertdialog listbox";
            node["ignored"] != true && roles.split(' ').any(|it| it == role(node))
        };
        let all: Vec<&Value> = nodes.iter().filter(wants_name).collect();
        assert!(all.len() > 5, "the tree of the page is nearly empty");
        all.into_iter()
            .filter(|node| node["name"]["value"].as_str().unwrap_or_default().trim().is_empty())
            .map(|node| format!("{}: {node}", role(node)))
            .collect()
    }

    async fn devtools(&self, command: &str, params: Value) -> Value {
        self.ask("goog/cdp/execute", json!({"cmd": command, "params": params}))
            .await
    }

    async fn ask(&self, path: &str, body: Value) -> Value {
        let post = self.http.post(format!("{}/{path}", self.session)).json(&body);
        let answer: Value = post.send().await.unwrap().json().await.unwrap();
        assert!(answer["value"]["error"].is_null(), "{path}: {answer}");
        answer["value"].clone()
    }

    /// Closes the browser: its console has said nothing, of the page's rules for scripts neither.
    pub async fn close(mut self) {
        let said = self.ask("se/log", json!({"type": "browser"})).await;
        assert_eq!(said, json!([]), "the browser's console is silent");
        self.client.close().await.unwrap();
        self.driver.kill().await.unwrap();
    }
}

/// Starts the driver that stands beside the browser or on the `PATH`, at a free port; its address.
async fn start_driver(browser: &Path) -> (Child, String) {
    let beside = browser.with_file_name("chromedriver");
    let path = if beside.exists() {
        beside
    } else {
        PathBuf::from("chromedriver")
    };
    let mut driver = Command::new(path)
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("TEST_BROWSER is set, but there is no chromedriver beside it or on the PATH");
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        if let Some((_, port)) = line.rsplit_once("on port ").filter(|_| line.contains("success")) {
            return (driver, format!("http://127.0.0.1:{}", port.trim_end_matches('.')));
        }
    }
    panic!("chromedriver ended before it listened");
}
