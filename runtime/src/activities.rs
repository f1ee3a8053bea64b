//! What runs while an instance rests in certain states.

use tracing::Instrument;

use crate::definition::{Dispatch, Name};
use crate::instance::Instance;
use crate::work::Work;

/// What this process has started of an instance's activities.
#[derive(Debug)]
pub(crate) struct Activities {
    /// Whether they follow the record.
    follow: bool,
    /// By activity; `None` where starting or stopping was cut short.
    running: Vec<Option<bool>>,
}

impl Activities {
    /// Nothing runs of so many, and nothing follows the record yet.
    pub(crate) fn stopped(count: usize) -> Self {
        Self {
            follow: false,
            running: vec![Some(false); count],
        }
    }
}

impl<D: Dispatch<A>, A: Send + 'static> Instance<D, A> {
    /// Starts and stops activities, so that those run which the record calls for.
    ///
    /// Cancel safe: what is cut short is done again.
    pub(crate) async fn align(&mut self) {
        self.activities.follow = true;
        let state = self.state_name().index();
        let inflight = self.record.inflight.as_ref();
        let inflight = inflight.map(|inflight| inflight.name().index());
        for on in [false, true] {
            for (number, row) in D::TABLES.activities.iter().enumerate() {
                if row.runs(state, inflight) == on {
                    self.switch(number, on).await;
                }
            }
        }
    }

    /// Aligns activities with what became of a commit that nobody waited for, if they
    /// follow the record.
    pub(crate) async fn realign(&mut self) {
        if self.activities.follow && self.sound().is_ok() {
            self.align().await;
        }
    }

    /// Stops all activities; they follow the record again after the next commit.
    pub(crate) async fn stop_activities(&mut self) {
        self.activities.follow = false;
        for number in 0..D::TABLES.activities.len() {
            self.switch(number, false).await;
        }
    }

    async fn switch(&mut self, number: usize, on: bool) {
        let Some(running) = self.activities.running.get_mut(number) else {
            return;
        };
        if *running == Some(on) {
            return;
        }
        *running = None;
        let name = D::TABLES.activities.get(number).map_or("", |row| row.name);
        let span = tracing::info_span!(
            "activity",
            instance = %self.shared.instance,
            activity = name,
            on,
        );
        if let Some(switching) = D::switch(&mut self.actions, number, on) {
            let work = if on {
                Work::Start(name)
            } else {
                Work::Stop(name)
            };
            self.shared
                .around
                .tested
                .work(work, switching.instrument(span))
                .await;
        }
        if let Some(running) = self.activities.running.get_mut(number) {
            *running = Some(on);
        }
    }
}
