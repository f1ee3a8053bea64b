//! Actions of the workflow `service` that do what a test tells them.

use std::collections::VecDeque;
use std::future::pending;
use std::sync::{Arc, Mutex};

use inflight::Probe;
use tokio::sync::Notify;

#[path = "stop.rs"]
mod stop;
pub use stop::Stop;

use super::service;

/// What an action does when it is called, or a question about it, or an activity that is
/// started or stopped.
#[derive(Clone, Debug)]
pub enum Act {
    Well,
    Fail(&'static str),
    Interrupt,
    Panic,
    /// Never ends: its future is dropped, as when the process dies.
    Hang,
    /// Waits for a word.
    Await(Arc<Notify>),
    NotDone,
    Unknown,
}

/// What outlives the process: what is done, in the order in which it is called, and what
/// was called.
#[derive(Clone, Default)]
pub struct Script {
    acts: Arc<Mutex<VecDeque<Act>>>,
    switches: Arc<Mutex<VecDeque<Act>>>,
    calls: Arc<Mutex<Vec<String>>>,
    pub patient: bool,
    /// Is shown every call before it does anything, and whether it is about an action;
    /// says whether the process dies there.
    pub witness: Option<Witness>,
}

pub type Witness = Arc<dyn Fn(&str, Option<&service::Context>) -> bool + Send + Sync>;

impl Script {
    /// Whether the process dies here.
    fn dies(&self, call: &str, cx: Option<&service::Context>) -> bool {
        let witness = self.witness.as_ref();
        witness.is_some_and(|witness| witness(call, cx))
    }

    async fn act(&self, call: String, cx: &service::Context) -> Result<Probe, Stop> {
        let dies = self.dies(&call, Some(cx));
        self.calls.lock().unwrap().push(call);
        if dies {
            return pending().await;
        }
        let act = self.acts.lock().unwrap().pop_front();
        match act.unwrap_or(Act::Well) {
            Act::Well => Ok(Probe::Done(())),
            Act::NotDone => Ok(Probe::NotDone),
            Act::Unknown => Ok(Probe::Unknown),
            Act::Fail(text) => Err(Stop::Failed(text)),
            Act::Interrupt => Err(Stop::Interrupted),
            Act::Panic => panic!("an action panics"),
            Act::Hang => pending().await,
            Act::Await(word) => {
                word.notified().await;
                Ok(Probe::Done(()))
            }
        }
    }

    async fn switch(&self, call: &str) {
        let dies = self.dies(call, None);
        self.calls.lock().unwrap().push(call.to_owned());
        if dies {
            return pending().await;
        }
        let act = self.switches.lock().unwrap().pop_front();
        if let Some(Act::Hang) = act {
            pending().await
        }
    }

    /// What was called since this was asked last.
    pub fn calls(&self) -> Vec<String> {
        std::mem::take(&mut self.calls.lock().unwrap())
    }

    /// What actions do from now on; beyond it they do well.
    pub fn acts(&self, acts: &[Act]) {
        *self.acts.lock().unwrap() = acts.iter().cloned().collect();
    }

    /// What activities do from now on when they are started or stopped.
    pub fn switches(&self, acts: &[Act]) {
        *self.switches.lock().unwrap() = acts.iter().cloned().collect();
    }
}

/// The call, and how often it was tried and interrupted before.
fn call(text: String, cx: &service::Context) -> String {
    let mut text = text;
    if cx.attempt() > 1 {
        text += &format!(", attempt {}", cx.attempt());
    }
    if cx.interruptions() > 0 {
        text += &format!(", interrupted {}", cx.interruptions());
    }
    text
}

impl service::Actions for Script {
    type Error = Stop;

    async fn prepare(&mut self, step: String, cx: &service::Context) -> Result<(), Stop> {
        self.act(call(step, cx), cx).await.map(drop)
    }

    async fn bind(
        &mut self,
        host: String,
        cx: &service::Context,
    ) -> Result<service::results::Bind, Stop> {
        self.act(call(format!("bind {host}"), cx), cx).await?;
        Ok(service::results::Bind { port: 80 })
    }

    async fn probe_prepare(&mut self, step: String, cx: &service::Context) -> Result<Probe, Stop> {
        self.act(call(format!("{step} done?"), cx), cx).await
    }

    async fn probe_bind(
        &mut self,
        host: String,
        cx: &service::Context,
    ) -> Result<Probe<service::results::Bind>, Stop> {
        Ok(
            match self.act(call(format!("bound {host}?"), cx), cx).await? {
                Probe::Done(()) => Probe::Done(service::results::Bind { port: 81 }),
                Probe::NotDone => Probe::NotDone,
                Probe::Unknown => Probe::Unknown,
            },
        )
    }

    fn patient(&self, _: &service::State) -> bool {
        self.patient
    }

    async fn start_server(&mut self) {
        self.switch("+server").await;
    }

    async fn stop_server(&mut self) {
        self.switch("-server").await;
    }

    async fn start_diary(&mut self) {
        self.switch("+diary").await;
    }

    async fn stop_diary(&mut self) {
        self.switch("-diary").await;
    }

    async fn start_alarm(&mut self) {
        self.switch("+alarm").await;
    }

    async fn stop_alarm(&mut self) {
        self.switch("-alarm").await;
    }
}
