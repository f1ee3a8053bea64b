//! The load: some instances of a workflow with actions, failures, attempts and chains, all
//! at once, each until it has been through its rounds.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use inflight::store::InstanceId;
use inflight::{OpenError, Resolution};
use tokio::task::JoinSet;

use crate::chance::hash;
use crate::said::{Refusal, Said, hear, say};
use crate::subject::{Opened, Subject};
use crate::telling::{Tell, Telling};

inflight::workflow!("load.workflow");

use parcel::{State, Transition};

/// What is to be done.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// How many instances
    #[arg(long)]
    pub(crate) instances: u64,
    /// How many rounds each goes through
    #[arg(long)]
    pub(crate) rounds: i64,
    /// How often the store is compacted meanwhile
    #[arg(long)]
    pub(crate) compactions: u32,
    /// From which it follows how long notes are, and which actions fail
    #[arg(long)]
    pub(crate) seed: u64,
}

/// The loaded process: it opens a store when it hears a line, loads it when it hears
/// another, and says all that it does.
#[derive(Args, Debug)]
pub(crate) struct Load {
    /// Which store
    #[arg(long)]
    store: Subject,
    /// Where it is
    #[arg(long)]
    path: PathBuf,
    /// Open it in place of its owner
    #[arg(long)]
    take_over: bool,
    #[command(flatten)]
    plan: Plan,
}

impl Load {
    pub(crate) fn run(&self) {
        say(&Said::Ready);
        hear();
        let opened = match self.store.open(&self.path, self.take_over) {
            Ok(opened) => opened,
            Err(error) => return say(&Said::NotOpened((&error).into())),
        };
        say(&Said::Opened);
        hear();
        self.plan.carry_out(&opened, Arc::new(|said| say(&said)));
        say(&Said::Done);
        say(&match opened.close() {
            Ok(()) => Said::Closed,
            Err(error) => Said::NotClosed((&error).into()),
        });
    }
}

impl Plan {
    /// The instances, by name.
    pub(crate) fn instances(&self) -> impl Iterator<Item = InstanceId> + use<> {
        (0..self.instances).map(|number| InstanceId::new("parcel", format!("parcel/{number}")))
    }

    /// Brings every instance to its end, from wherever it is.
    pub(crate) fn carry_out(&self, on: &Opened, tell: Tell) {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.build().unwrap();
        runtime.block_on(async {
            let mut all = JoinSet::new();
            for id in self.instances() {
                let store = Telling::new(Arc::clone(&on.store), Arc::clone(&tell));
                let (plan, tell) = (*self, Arc::clone(&tell));
                all.spawn(async move {
                    if let Err(stuck) = plan.finish(store, &id, Arc::clone(&tell)).await {
                        tell(Said::Stuck(id, stuck));
                    }
                });
            }
            let (compact, tell) = (Arc::clone(&on.compact), Arc::clone(&tell));
            let times = self.compactions;
            all.spawn(async move {
                for _ in 0..times {
                    if let Err(error) = compact().await {
                        return tell(Said::NotCompacted((&error).into()));
                    }
                }
            });
            while let Some(ended) = all.join_next().await {
                ended.unwrap();
            }
        });
    }

    async fn finish(&self, store: Telling, id: &InstanceId, tell: Tell) -> Result<(), Refusal> {
        let hands = Hands {
            plan: *self,
            glued: 0,
            tell,
        };
        let workflow = match parcel::Workflow::open(store, id.instance.clone(), hands).await {
            Ok(workflow) => workflow,
            Err(OpenError::Store(error)) => return Err((&*error).into()),
            Err(error) => panic!("`{id}` does not open: {error:?}"),
        };
        let mut parcel = workflow.lock().await;
        loop {
            let next = match parcel.state() {
                State::Idle => Some(1),
                State::Sent { round } if *round < self.rounds => Some(round + 1),
                State::Sent { .. } if parcel.inflight().is_none() => return Ok(()),
                _ => None,
            };
            let outcome = match (parcel.inflight(), next) {
                (Some(_), _) if workflow.record().is_parked() => {
                    parcel.resolve(Resolution::Retry).await
                }
                (None, Some(round)) => {
                    let note = self.note(id, round);
                    parcel.fire(Transition::Take { round, note }).await
                }
                (None, None) if parcel.state().is_broken() => parcel.fire(Transition::Mend).await,
                _ => parcel.synchronize().await,
            };
            outcome.map_err(|error| Refusal::from(&error))?;
        }
    }

    /// A note of any length: some fit into a sector many times, some are longer than a page.
    fn note(&self, id: &InstanceId, round: i64) -> String {
        let chance = self.chance(&id.instance, round, 0);
        let length = match chance % 16 {
            0 => 4_000 + chance % 3_000,
            1..4 => chance % 1_500,
            _ => chance % 100,
        };
        let letter = |at| char::from(b'a' + u8::try_from(hash(&[chance, at]) % 26).unwrap());
        (0..length).map(letter).collect()
    }

    fn chance(&self, instance: &str, round: i64, more: u64) -> u64 {
        let number = instance
            .bytes()
            .fold(0, |sum, byte| sum * 31 + u64::from(byte));
        hash(&[self.seed, number, round.cast_unsigned(), more])
    }
}

/// What does the work, or fails to.
struct Hands {
    plan: Plan,
    /// The last round in which something was glued.
    glued: i64,
    tell: Tell,
}

impl Hands {
    /// Says that it runs, and whether it is to fail, one time in so many.
    fn fails(&self, cx: &parcel::Context, round: i64, one_in: u64) -> bool {
        let ran = Said::Ran(cx.instance().clone(), cx.execution().to_owned());
        (self.tell)(ran);
        let more = [u64::from(cx.attempt()), cx.transition() as u64, 1];
        let chance = self
            .plan
            .chance(&cx.instance().instance, round, hash(&more));
        chance.is_multiple_of(one_in)
    }
}

impl parcel::Actions for Hands {
    type Error = &'static str;

    async fn pack(
        &mut self,
        round: i64,
        note: String,
        cx: &parcel::Context,
    ) -> Result<(), &'static str> {
        match self.fails(cx, round, 2) && note != "mended" {
            true => Err("it slipped"),
            false => Ok(()),
        }
    }

    async fn glue(&mut self, round: i64, cx: &parcel::Context) -> Result<(), &'static str> {
        match self.fails(cx, round, 3) && self.glued < round {
            true => {
                self.glued = round;
                Err("it does not stick")
            }
            false => Ok(()),
        }
    }

    async fn send(&mut self, round: i64, cx: &parcel::Context) -> Result<(), &'static str> {
        match self.fails(cx, round, 3) && cx.attempt() < 3 {
            true => Err("nobody is there"),
            false => Ok(()),
        }
    }
}
