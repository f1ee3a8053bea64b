//! A fleet of services in memory, whose process can die.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "each test takes the part it needs, and fails where something is amiss"
)]

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use inflight::fleet::{Event, FleetError, Recovery};
use inflight::store::{InstanceId, MemoryStore, ReadStore};
use inflight::testing::{HandClock, notation};
use inflight::{Fleet, Members, Options};

use crate::support::{Script, now, poll, serve, service};

pub struct World {
    /// What outlives the process.
    pub store: MemoryStore,
    pub clock: HandClock,
    pub scripts: Scripts,
    pub fleet: Fleet,
    pub services: Members<service::Definition, Script>,
    pub told: Arc<Mutex<Vec<String>>>,
    shown: BTreeMap<String, usize>,
}

/// The script of each instance, made when it is first asked for.
#[derive(Clone, Default)]
pub struct Scripts(Arc<Mutex<BTreeMap<String, Script>>>);

pub type Run = Pin<Box<dyn Future<Output = Result<(), FleetError>> + Send>>;

impl Scripts {
    pub fn of(&self, name: &str) -> Script {
        let mut scripts = self.0.lock().unwrap();
        scripts.entry(name.to_owned()).or_default().clone()
    }
}

impl World {
    pub fn new() -> Self {
        Self::on(MemoryStore::new(), HandClock::new(), Scripts::default())
    }

    fn on(store: MemoryStore, clock: HandClock, scripts: Scripts) -> Self {
        let (fleet, services) = fleet(store.clone(), &clock, &scripts);
        let told = Arc::<Mutex<Vec<String>>>::default();
        let heard = Arc::clone(&told);
        fleet.observe(move |event: &Event| heard.lock().unwrap().push(event.to_string()));
        Self {
            store,
            clock,
            scripts,
            fleet,
            services,
            told,
            shown: BTreeMap::new(),
        }
    }

    /// One with these services, all of which serve.
    pub fn serving(names: &[&str]) -> Self {
        let mut world = Self::new();
        for name in names {
            world.fire(name, service::Transition::Install);
            world.fire(name, serve());
            world.news(name);
            world.script(name).calls();
        }
        world
    }

    /// Dies and comes back.
    pub fn reborn(self) -> Self {
        let Self {
            store,
            clock,
            scripts,
            fleet,
            services,
            shown,
            ..
        } = self;
        drop((fleet, services));
        let reborn = Self::on(store, clock, scripts);
        Self { shown, ..reborn }
    }

    pub fn script(&self, name: &str) -> Script {
        self.scripts.of(name)
    }

    pub fn fire(&self, name: &str, transition: service::Transition) {
        now(async {
            let mut service = self.services.lock(name).await.unwrap();
            service.fire(transition).await.unwrap();
        });
    }

    /// Fires, and drops the future when it does not go on.
    pub fn fire_and_leave(&self, name: &str, transition: service::Transition) {
        let services = self.services.clone();
        let fire = async move {
            let mut service = services.lock(name).await.unwrap();
            service.fire(transition).await.unwrap();
        };
        assert!(poll(Box::pin(fire).as_mut()).is_none());
    }

    pub fn run(&self) -> Run {
        Box::pin(self.fleet.run())
    }

    /// Recovers all, which waits for nothing.
    pub fn recover(&self) -> Recovery {
        now(self.fleet.recover(2, |_| {})).unwrap()
    }

    /// Lets it go on, and says for how long it sleeps then.
    pub fn sleeps(&self, run: &mut Run) -> Vec<u64> {
        assert!(poll(run.as_mut()).is_none());
        let sleeping = self.clock.sleeping();
        sleeping.iter().map(|left| left.as_secs()).collect()
    }

    /// What was persisted of an instance since this was asked last.
    pub fn news(&mut self, name: &str) -> String {
        let history = now(self.store.history(&id(name))).unwrap();
        let shown = self.shown.entry(name.to_owned()).or_default();
        let news = notation(&history[*shown..]);
        *shown = history.len();
        news
    }

    /// What observers were told since this was asked last.
    pub fn told(&self) -> Vec<String> {
        std::mem::take(&mut self.told.lock().unwrap())
    }
}

pub fn fleet(
    store: impl inflight::store::Store,
    clock: &HandClock,
    scripts: &Scripts,
) -> (Fleet, Members<service::Definition, Script>) {
    let options = Options::new().clock(clock.clone()).random(|| u64::MAX);
    let fleet = Fleet::with(store, options);
    let scripts = scripts.clone();
    let services = fleet.register::<service::Definition, _>(move |name| scripts.of(name));
    (fleet, services.unwrap())
}

pub fn id(name: &str) -> InstanceId {
    InstanceId::new("service", name)
}
