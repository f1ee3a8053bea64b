//! What was asked of a store and what it acknowledged, and so what must be found in it.

use std::collections::BTreeMap;

use inflight::store::{InstanceId, ReadStore, StoredRecord};

use crate::said::{Refusal, Said};
use crate::subject::RETENTION;

/// What a store must hold, whatever befell it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    pages: BTreeMap<InstanceId, Page>,
    /// How many commits were acknowledged.
    pub(crate) acknowledged: u64,
    /// How many refusals named a later owner.
    pub(crate) fenced: u64,
    /// Whether the process that was heard last has opened the store.
    pub(crate) opened: bool,
    /// Whether a commit of it has failed.
    failed: bool,
    /// What else became of it.
    pub(crate) ended: Vec<String>,
}

/// One instance.
#[derive(Clone, Debug, Default)]
struct Page {
    /// Every record that is durable, oldest first: acknowledged, or found since.
    durable: Vec<StoredRecord>,
    /// The one that may be: asked for, and not acknowledged.
    pending: Option<StoredRecord>,
    /// Whether that was asked for after another commit had failed.
    hopeless: bool,
}

impl Ledger {
    /// Takes down what a process said, and checks that it may say so.
    pub(crate) fn hear(&mut self, said: Said) {
        match said {
            Said::Asked(instance, record) => {
                let page = self.pages.entry(instance).or_default();
                assert!(page.pending.is_none(), "two commits at once: {page:?}");
                assert_eq!(record.version, page.durable.len() as u64 + 1, "{page:?}");
                page.pending = Some(*record);
                page.hopeless = self.failed;
            }
            Said::Told(instance, version) => {
                let page = self.pages.get_mut(&instance).unwrap();
                let record = page.pending.take().unwrap();
                assert_eq!(record.version, version);
                assert!(
                    !page.hopeless,
                    "REVIVED: acknowledged after a commit failed"
                );
                page.durable.push(record);
                self.acknowledged += 1;
            }
            Said::Refused {
                instance,
                nothing,
                error,
                ..
            } => {
                if nothing {
                    self.pages.get_mut(&instance).unwrap().pending = None;
                }
                self.fenced += u64::from(error.fenced);
                self.failed |= !nothing;
                self.refused(&error);
            }
            Said::Ran(instance, execution) => self.ran(&instance, &execution),
            Said::Ready => self.opened = false,
            Said::Opened => {
                self.opened = true;
                self.failed = false;
            }
            Said::Done | Said::Closed => self.ended.push(format!("{said:?}").to_lowercase()),
            Said::NotOpened(refusal)
            | Said::Stuck(_, refusal)
            | Said::NotCompacted(refusal)
            | Said::NotClosed(refusal) => self.refused(&refusal),
        }
    }

    fn refused(&mut self, refusal: &Refusal) {
        self.ended.push(match refusal.fenced {
            true => "fenced".to_owned(),
            false => format!("refused: {}", refusal.told),
        });
    }

    /// No action runs before it is acknowledged that its transition is in flight.
    fn ran(&self, instance: &InstanceId, execution: &str) {
        let page = &self.pages[instance];
        assert!(page.pending.is_none(), "ran beside a commit: {page:?}");
        let inflight = page.durable.last().and_then(|it| it.inflight.as_ref());
        assert!(
            inflight.is_some_and(|inflight| &*inflight.execution == execution),
            "`{instance}`: {execution} runs and is not in flight: {page:?}"
        );
    }

    /// Checks what is found: of every instance the records that were acknowledged, at most
    /// the one more that was asked for, in order and without a gap, and no other instance.
    /// What is found is durable from now on.
    pub(crate) async fn check(&mut self, store: &dyn ReadStore) {
        let mut current = Vec::new();
        for (instance, page) in &mut self.pages {
            let found = store.history(instance).await.unwrap();
            page.check(instance, &found);
            if let Some(last) = found.last() {
                assert_eq!(store.load(instance).await.unwrap().as_ref(), Some(last));
                let source = store.source(&instance.workflow, last.fingerprint);
                assert!(source.await.unwrap().is_some(), "the text is lost");
                current.push((instance.clone(), last.clone()));
            }
        }
        assert_eq!(store.current().await.unwrap(), current);
        let listed: Vec<_> = current.into_iter().map(|(instance, _)| instance).collect();
        assert_eq!(store.list().await.unwrap(), listed);
    }

    /// Checks what was found when somebody took over from a process that has ended since:
    /// no commit was acknowledged that is not there.
    pub(crate) fn check_found(&mut self, found: &BTreeMap<InstanceId, Vec<StoredRecord>>) {
        for (instance, found) in found {
            let page = self.pages.entry(instance.clone()).or_default();
            let last = found.last().map_or(0, |record| record.version);
            let acknowledged = page.durable.len() as u64;
            assert!(
                acknowledged <= last,
                "STALE: version {acknowledged} of `{instance}` was acknowledged after somebody \
                 took over at {last}"
            );
            page.check(instance, found);
        }
    }

    /// Whether nothing was acknowledged.
    pub(crate) fn is_empty(&self) -> bool {
        self.pages.values().all(|page| page.durable.is_empty())
    }
}

impl Page {
    fn check(&mut self, instance: &InstanceId, found: &[StoredRecord]) {
        let last = found.last().map_or(0, |record| record.version);
        let acknowledged = self.durable.len() as u64;
        assert!(
            last >= acknowledged,
            "LOST: `{instance}` is at version {last}, and {acknowledged} was acknowledged"
        );
        let mut all = self.durable.clone();
        if last > acknowledged {
            all.extend(self.pending.clone());
        }
        assert_eq!(
            last,
            all.len() as u64,
            "INVENTED: `{instance}` is at version {last}, and {acknowledged} was acknowledged"
        );
        let kept = &all[all.len() - found.len().min(all.len())..];
        assert_eq!(found, kept, "CHANGED: the records of `{instance}`");
        assert!(
            found.len() >= all.len().min(RETENTION),
            "LOST: {} records of `{instance}` are left of {}",
            found.len(),
            all.len()
        );
        self.durable = all;
        self.pending = None;
    }
}
