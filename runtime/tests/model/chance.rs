//! What happens by chance: the same from the same seed, on every machine.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::life::{Fault, Operation};
use crate::unruly::Act;

/// A generator whose numbers are the same on every machine (splitmix64).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    /// About every twentieth commit goes wrong.
    pub fn faults(&mut self, commits: usize) -> BTreeMap<usize, Fault> {
        let mut faults = BTreeMap::new();
        for number in 1..commits {
            let fault = match self.below(80) {
                0 => Fault::Before,
                1 => Fault::After,
                2 => Fault::Unseen,
                3 => Fault::Lost,
                _ => continue,
            };
            faults.insert(number, fault);
        }
        faults
    }

    pub fn operation(&mut self, frail: bool) -> Operation {
        if frail && self.below(4) > 0 {
            return Operation::Synchronize;
        }
        let text = ["", "a", "\u{0}\u{1f600}\"\\"];
        let by = text[usize::try_from(self.below(3)).unwrap()];
        let (transition, inputs): (_, Json) = match self.below(28) {
            0 | 1 => ("begin", json!({ "by": by })),
            2 => ("roll", json!({})),
            3 => ("back", json!({})),
            4 => ("fall", json!({ "why": by })),
            5 => ("push", json!({})),
            6 => ("slip", json!({ "count": i64::MIN + 1 })),
            7 => ("turn", json!({})),
            8 => ("mend", json!({ "by": by })),
            9 if self.below(8) == 0 => ("halt", json!({})),
            9..=11 => return Operation::Go(by),
            12..=14 => return Operation::Synchronize,
            15 => return Operation::Retry,
            16 if self.below(2) == 0 => return Operation::Abandon,
            17 => return Operation::Skip,
            18 => ("tick", json!({})),
            19 => ("sag", json!({})),
            20..=23 => return Operation::Drive,
            24 | 25 => return Operation::Pass(self.below(40)),
            26 if self.below(3) == 0 => return Operation::SetBack(self.below(40)),
            _ => return Operation::Reopen,
        };
        Operation::Fire {
            transition,
            inputs,
            cause: (self.below(2) == 0).then(|| format!("request {by}")),
        }
    }

    pub fn acts(&mut self, frail: bool) -> Vec<Act> {
        let act = |_| match self.below(if frail { 30 } else { 12 }) {
            0 | 1 => Act::Fail(""),
            2 => Act::Fail("no space left"),
            3 | 12..20 => Act::Interrupt,
            4 | 20..25 => Act::Panic,
            5 | 25..30 => Act::Hang,
            6 => Act::NotDone,
            7 if self.below(2) == 0 => Act::Unknown,
            _ => Act::Well,
        };
        (0..6).map(act).collect()
    }
}
