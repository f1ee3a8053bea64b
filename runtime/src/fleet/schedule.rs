//! When the instances of a fleet have something due.

use std::collections::{BTreeSet, HashMap};
use std::time::Instant;

use crate::due::{Asked, Due};
use crate::fleet::group::Moment;
use crate::surroundings::Member;

/// When the instances of a fleet have something due, those that have.
#[derive(Debug, Default)]
pub(super) struct Schedule {
    entries: HashMap<Member, Entry>,
    order: BTreeSet<(Instant, Member)>,
}

#[derive(Debug, Default)]
struct Entry {
    /// What was tried before.
    asked: Asked,
    /// What is due when.
    next: Option<(Instant, Moment)>,
    /// Whether what was due is being fired.
    fires: bool,
}

impl Schedule {
    /// What was tried of an instance before; `None` while something is, after which it is
    /// looked at anyway.
    pub(super) fn asked(&self, member: Member) -> Option<Asked> {
        match self.entries.get(&member) {
            None => Some(Asked::default()),
            Some(entry) => (!entry.fires).then_some(entry.asked),
        }
    }

    /// Notes when something is due of this version of an instance's record.
    pub(super) fn set(&mut self, member: Member, version: u64, due: &Due, now: Instant) {
        let next = match due {
            Due::Over => return self.forget(member),
            Due::Unknown => None,
            Due::In(wait, falling) => {
                let falling = *falling;
                let moment = Moment { version, falling };
                // What is too far away to be counted is never due.
                now.checked_add(*wait).map(|at| (at, moment))
            }
        };
        if next.is_none() && !self.entries.contains_key(&member) {
            return;
        }
        let entry = self.entries.entry(member).or_default();
        if let Some((before, _)) = entry.next.take() {
            self.order.remove(&(before, member));
        }
        self.order.extend(next.map(|(at, _)| (at, member)));
        entry.next = next;
    }

    /// Forgets an instance.
    pub(super) fn forget(&mut self, member: Member) {
        let entry = self.entries.remove(&member);
        if let Some((at, _)) = entry.and_then(|entry| entry.next) {
            self.order.remove(&(at, member));
        }
    }

    /// When the next is due.
    pub(super) fn first(&self) -> Option<Instant> {
        self.order.first().map(|(at, _)| *at)
    }

    /// Takes out what is due now, as something that is being fired.
    pub(super) fn take(&mut self, now: Instant) -> Option<(Member, Moment)> {
        let (at, member) = *self.order.first()?;
        if at > now {
            return None;
        }
        self.order.remove(&(at, member));
        let entry = self.entries.get_mut(&member)?;
        let (_, moment) = entry.next.take()?;
        entry.asked.note(moment.version, moment.falling);
        entry.fires = true;
        Some((member, moment))
    }

    /// What was due has been fired.
    pub(super) fn fired(&mut self, member: Member) {
        if let Some(entry) = self.entries.get_mut(&member) {
            entry.fires = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Schedule;
    use crate::due::{Due, Falling};
    use crate::surroundings::Member;

    #[test]
    fn what_is_being_fired_is_not_looked_at() {
        let (mut schedule, now) = (Schedule::default(), Instant::now());
        let member = Member {
            workflow: 0,
            instance: 1,
        };
        let due = Due::In(Duration::ZERO, Falling::Attempt);
        schedule.set(member, 1, &due, now);
        schedule.set(member, 2, &due, now + Duration::from_secs(1));
        assert!(schedule.take(now).is_none(), "it is due later now");
        let taken = schedule.take(now + Duration::from_secs(1));
        assert!(taken.is_some_and(|(_, moment)| moment.version == 2));
        assert!(schedule.asked(member).is_none());
        schedule.fired(member);
        assert!(schedule.asked(member).is_some());
        schedule.set(member, 3, &due, now);
        schedule.forget(member);
        assert_eq!(schedule.first(), None);
    }
}
