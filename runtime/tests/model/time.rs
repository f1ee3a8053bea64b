//! What happens by the passing of time.

use crate::life::{End, Inflight};
use crate::rules::Model;
use crate::table::{rule, timers};

impl Model {
    /// Fires what falls due, as long as somebody waits for it.
    pub fn drive(&mut self) -> Result<&'static str, End> {
        let mut asked = None;
        loop {
            if self.poisoned {
                return Err(End::Refused("poisoned"));
            }
            if self.record.inflight.is_some() {
                return Err(End::Dropped);
            }
            if self.record.state == "done" {
                return Ok("over");
            }
            let timers = self.timers();
            let after = match self.record.entered {
                None if timers.is_empty() => return Err(End::Dropped),
                None => 0,
                Some(entered) => {
                    let next = timers.iter().find(|(_, after)| asked < Some(*after));
                    let Some((_, after)) = next else {
                        return Err(End::Dropped);
                    };
                    let elapsed = (self.now - entered).max(asked.unwrap_or(0));
                    if elapsed < *after {
                        self.sleep(after - elapsed)?;
                    }
                    *after
                }
            };
            asked = match self.expire(after, &mut Vec::new())? {
                Some(_) => None,
                None => Some(after),
            };
        }
    }

    /// Fires what is due, if the state was entered at least so long ago.
    pub fn expire(
        &mut self,
        at_least: i64,
        steps: &mut Vec<String>,
    ) -> Result<Option<&'static str>, End> {
        if self.record.inflight.is_some() {
            return Ok(None);
        }
        let timers = self.timers();
        let Some(entered) = self.record.entered else {
            if timers.is_empty() {
                return Ok(None);
            }
            self.commit(self.record.clone())?;
            return Ok(Some("nothing to do"));
        };
        let elapsed = (self.now - entered).max(at_least);
        let due = timers
            .into_iter()
            .find(|(timer, after)| *after <= elapsed && self.holds(timer, &self.record));
        match due {
            None => Ok(None),
            Some((timer, _)) => self.set_off_alone(timer, steps).map(Some),
        }
    }

    /// What leaves the state after some time and has not fired since it was entered.
    fn timers(&self) -> Vec<(&'static str, i64)> {
        let mut timers = timers(&self.record.state);
        timers.retain(|(timer, _)| !self.record.spent.iter().any(|it| it == timer));
        timers
    }

    /// The transition in flight has failed and is tried again.
    pub fn retry(&mut self, failed: Inflight, failure: String) -> Result<(), End> {
        let waits = rule(&failed.transition).waits;
        let wait = waits.map(|waits| waits[usize::from(failed.attempt > 1)]);
        let mut record = self.record.clone();
        record.inflight = Some(Inflight {
            attempt: failed.attempt + 1,
            until: wait.map(|wait| self.now + wait),
            last_failure: Some(failure),
            ..failed
        });
        self.commit(record)
    }

    /// Waits until the next attempt, if that is not over already.
    pub fn wait(&mut self, transition: &str, until: i64) -> Result<(), End> {
        let longest = rule(transition).waits.map_or(0, |waits| waits[2]);
        let left = (until - self.now).min(longest);
        if left > 0 {
            self.sleep(left)?;
        }
        let mut record = self.record.clone();
        if let Some(inflight) = &mut record.inflight {
            inflight.until = None;
        }
        self.commit(record)
    }

    /// Time passes, if somebody still waits for it.
    pub fn sleep(&mut self, seconds: i64) -> Result<(), End> {
        if self.patience == 0 {
            return Err(End::Dropped);
        }
        self.patience -= 1;
        self.now += seconds;
        Ok(())
    }
}
