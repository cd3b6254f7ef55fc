//! The program itself as a child process, told by environment alone where everything is.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use zhurnal::demo::telegram::Telegram;

/// The model of Telegram behind a port of this machine.
pub struct Server {
    /// The model.
    pub telegram: Telegram,
    /// Its address.
    pub url: String,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    /// A model by the machine's own time.
    pub async fn start() -> Self {
        let telegram = Telegram::new(machine_time);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = telegram.router();
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { telegram, url, task }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The machine's time, for schools that are made for today.
pub fn machine_time() -> chrono::DateTime<chrono::Utc> {
    use zhurnal::clock::Clock as _;
    zhurnal::clock::SystemClock.now()
}

/// Starts `zhurnal` with these arguments; nothing of this process's environment but the path reaches it.
pub fn zhurnal(args: &[&str], folder: &Path, env: &[(&str, &str)]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_zhurnal"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .envs(env.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}

/// Waits for the end of a child; returns whether it ended well, and what it said.
pub async fn ended(mut child: Child) -> (bool, String) {
    let (mut out, mut err) = (String::new(), String::new());
    let (mut stdout, mut stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let all = async {
        let read = tokio::join!(
            stdout.read_to_string(&mut out),
            stderr.read_to_string(&mut err),
            child.wait()
        );
        read.2.unwrap()
    };
    let status = tokio::time::timeout(Duration::from_secs(30), all)
        .await
        .expect("the program doesn't end");
    (status.success(), format!("{out}{err}"))
}

/// Sends a signal.
pub async fn send(child: &Child, signal: &str) {
    let id = child.id().expect("the program has ended").to_string();
    assert!(
        Command::new("kill")
            .args([signal, &id])
            .status()
            .await
            .unwrap()
            .success()
    );
}
